package io.ponder.examples.bench;

import io.ponder.examples.report.CrossoverPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says from how many samples on a device is faster than one thread of the processor, for each work that was timed on both. */
public final class Crossover {
    private static final String ROW = "%-12s %9s %12s %12s %12s   %s";

    /** Milliseconds on the processor and on the device; NaN where not timed. */
    private record Pair(double cpu, double device) {
        double ratio() {
            return device / cpu;
        }
    }

    private final Map<String, SortedMap<Integer, Pair>> works = new LinkedHashMap<>();
    private String device = "";

    Crossover() {}

    /** Takes a measurement in, if its parameters name a work, samples and a backend. */
    void add(Map<String, Object> parameters, double millis) {
        if (!(parameters.get("work") instanceof String work) || !(parameters.get("samples") instanceof Integer samples)) return;
        boolean onCpu = "cpu".equals(parameters.get("backend"));
        if (parameters.get("device") instanceof String name) device = name;
        works.computeIfAbsent(work, name -> new TreeMap<>())
                .merge(samples, onCpu ? new Pair(millis, Double.NaN) : new Pair(Double.NaN, millis), (before, now) ->
                        onCpu ? new Pair(now.cpu(), before.device()) : new Pair(before.cpu(), now.device()));
    }

    /** Tells whether nothing was timed on both. */
    public boolean isEmpty() {
        return works.values().stream().allMatch(sizes -> sizes.values().stream().noneMatch(pair -> Double.isFinite(pair.ratio())));
    }

    /** Returns the device. */
    public String device() {
        return device;
    }

    /** Returns a table: the smallest samples from which the device is faster at this and all larger sizes, and both times at the ends. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("Where the device (" + device + ") takes over from one thread of the processor; device / processor, below 1 where it pays:");
        lines.add(String.format(Locale.ROOT, ROW, "work", "samples", "processor", "device", "ratio", "device faster"));
        works.forEach((work, sizes) -> {
            SortedMap<Integer, Pair> both = timedOnBoth(sizes);
            both.forEach((samples, pair) -> lines.add(String.format(Locale.ROOT, ROW, work, samples, millis(pair.cpu()), millis(pair.device()),
                    Benchmarks.number(pair.ratio()), samples.equals(both.lastKey()) ? from(both) : "").stripTrailing()));
        });
        return lines;
    }

    private static SortedMap<Integer, Pair> timedOnBoth(SortedMap<Integer, Pair> sizes) {
        SortedMap<Integer, Pair> both = new TreeMap<>(sizes);
        both.values().removeIf(pair -> !Double.isFinite(pair.ratio()));
        return both;
    }

    private static String millis(double value) {
        return Benchmarks.number(value) + " ms";
    }

    /** Returns in words from which size on the device is faster. */
    private static String from(SortedMap<Integer, Pair> both) {
        int first = -1;
        for (Map.Entry<Integer, Pair> size : both.entrySet()) {
            if (size.getValue().ratio() >= 1) first = -1;
            else if (first < 0) first = size.getKey();
        }
        return first < 0 ? "none up to " + both.lastKey() : "from " + first + " on";
    }

    /** Returns the picture as SVG: the ratio over the samples, a line for each work. */
    public String svg() {
        List<CrossoverPicture.Line> lines = new ArrayList<>();
        works.forEach((work, sizes) -> {
            SortedMap<Integer, Pair> both = timedOnBoth(sizes);
            if (both.isEmpty()) return;
            double[] samples = both.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
            double[] ratios = both.values().stream().mapToDouble(Pair::ratio).toArray();
            lines.add(new CrossoverPicture.Line(work + ": " + from(both), samples, ratios));
        });
        return CrossoverPicture.svg(device, lines);
    }
}

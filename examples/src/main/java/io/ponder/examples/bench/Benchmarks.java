package io.ponder.examples.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ponder.planners.evolution.CmaEs;
import io.ponder.planners.evolution.SepCmaEs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Runs benchmark cases and shows them as a table; the JSON lines are returned. */
public final class Benchmarks {
    private static final List<BenchCase> CASES = List.of(
            new GemmCase(),
            new EnsembleForwardCase(),
            new EnsembleFitCase(),
            new MppiPendulumCase(),
            new MppiCostmapCase(),
            new GpuCase(),
            new CemPetsCase(),
            new IlqrCartPoleCase(),
            new EvolutionCase("cma-es", CmaEs::new),
            new EvolutionCase("sep-cma-es", SepCmaEs::new),
            new EnvironmentStepCase(),
            new PlayoutsCase(),
            new FirstPlanCase(),
            new LatencyCase(10_000),
            new BatchCase(),
            TreeCase.muzero(),
            TreeCase.gumbel(),
            new UctCase("uct-tictactoe", "tictactoe", 10_000),
            new UctCase("uct-connect4", "connect4", 10_000),
            new UctCase("uct-breakthrough6", "breakthrough6", 10_000),
            new UctCase("uct-othello", "othello8", 2_000),
            new SearchMlpCase(),
            new MuzeroTrainCase());
    private static final String ROW = "%-17s %-38s %3s  %-20s %11s %11s %11s";

    private final Stopwatch stopwatch;
    private final Consumer<String> out;
    private final Crossover crossover = new Crossover();

    /**
     * Creates a runner.
     *
     * @param runs runs a measurement, at least 1
     * @param out  takes the lines of the table
     */
    public Benchmarks(int runs, Consumer<String> out) {
        this.stopwatch = new Stopwatch(runs, Stopwatch.DEFAULT.warmUpMillis(), Stopwatch.DEFAULT.runMillis());
        this.out = out;
    }

    /** Returns the names of all cases. */
    public static List<String> names() {
        return CASES.stream().map(BenchCase::name).toList();
    }

    /**
     * Runs cases one after the other.
     *
     * @param names   cases, each one of {@link #names}
     * @param threads threads a call may use, where the case can
     * @param only    values that parameters must have; a case that has none of these sizes is left out
     * @return one JSON object a measurement, in the order of the table
     */
    public List<String> run(List<String> names, int threads, Map<String, String> only) {
        List<String> lines = new ArrayList<>();
        out.accept(String.format(Locale.ROOT, ROW, "case", "parameters", "thr", "metric", "median", "min", "max"));
        for (BenchCase benchCase : CASES) {
            if (!names.contains(benchCase.name())) continue;
            int used = benchCase.threaded() ? threads : 1;
            for (Map<String, Object> parameters : benchCase.parameterSets()) {
                if (!matches(parameters, only)) continue;
                Measurement found = benchCase.measure(parameters, used, stopwatch);
                out.accept(row(benchCase.name(), parameters, used, found));
                if (benchCase instanceof GpuCase) crossover.add(parameters, found.median());
                lines.add(json(found.toJson(benchCase.name(), parameters, used)));
            }
        }
        return lines;
    }

    /** Returns what was found about the device in all runs so far. */
    public Crossover crossover() {
        return crossover;
    }

    /** Returns the parameter names of the given cases. */
    public static List<String> parameterNames(List<String> names) {
        return CASES.stream()
                .filter(c -> names.contains(c.name()))
                .flatMap(c -> c.parameterSets().stream())
                .flatMap(p -> p.keySet().stream())
                .distinct()
                .toList();
    }

    /** Returns the values that a parameter has in the given cases. */
    public static List<String> parameterValues(List<String> names, String parameter) {
        return CASES.stream()
                .filter(c -> names.contains(c.name()))
                .flatMap(c -> c.parameterSets().stream())
                .filter(p -> p.containsKey(parameter))
                .map(p -> String.valueOf(p.get(parameter)))
                .distinct()
                .toList();
    }

    /** Tells whether any size of the given cases has these values. */
    public static boolean any(List<String> names, Map<String, String> only) {
        return CASES.stream()
                .filter(c -> names.contains(c.name()))
                .flatMap(c -> c.parameterSets().stream())
                .anyMatch(parameters -> matches(parameters, only));
    }

    private static boolean matches(Map<String, Object> parameters, Map<String, String> only) {
        for (var wish : only.entrySet()) {
            Object value = parameters.get(wish.getKey());
            if (value == null || !value.toString().equalsIgnoreCase(wish.getValue())) return false;
        }
        return true;
    }

    private static String row(String name, Map<String, Object> parameters, int threads, Measurement found) {
        var shown = new StringBuilder();
        parameters.forEach((key, value) -> shown.append(shown.isEmpty() ? "" : " ").append(key).append('=').append(value));
        found.beside().forEach((key, value) -> shown.append(' ').append(key).append('=').append(number(value)));
        return String.format(Locale.ROOT, ROW, name, shown, threads, found.metric(),
                number(found.median()), number(found.min()), number(found.max()));
    }

    /** Writes a number with about four significant digits. */
    static String number(double value) {
        if (value >= 1e6) return String.format(Locale.ROOT, "%.2fM", value / 1e6);
        if (value >= 1000) return String.format(Locale.ROOT, "%.0f", value);
        return String.format(Locale.ROOT, value >= 100 ? "%.1f" : value >= 1 ? "%.2f" : "%.4f", value);
    }

    private static String json(Map<String, Object> line) {
        try {
            return new ObjectMapper().writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

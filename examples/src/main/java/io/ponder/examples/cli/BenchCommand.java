package io.ponder.examples.cli;

import io.ponder.engine.plan.Backend;
import io.ponder.engine.plan.RolloutExecutorProvider;
import io.ponder.engine.tensor.KernelChoice;
import io.ponder.examples.NearestMatch;
import io.ponder.examples.bench.Benchmarks;
import io.ponder.examples.bench.Crossover;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times the benchmark cases. */
@Command(
        name = "bench",
        description = "Times kernels, networks, planners, tree searches, environments, games and devices; prints a table and writes JSON lines.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CASE", arity = "0..*", completionCandidates = HelpLists.Cases.class,
            description = "What to time: ${COMPLETION-CANDIDATES}; all of these where none is named, which takes long.")
    private List<String> cases = List.of();

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Threads that a call may use, where the case can (default: 1).")
    private String threads = "1";

    @Option(names = "--runs", paramLabel = "N", defaultValue = "7", description = "Runs of each measurement (default: 7, at least 5).")
    private String runs = "7";

    @Option(names = "--only", paramLabel = "NAME=VALUE,...", description = "Only the sizes with these values, such as 'm=256' of gemm or"
            + " 'simulations=50' of tree-muzero.")
    private @Nullable String only;

    @Option(names = "--json", paramLabel = "FILE", description = "Write one JSON object a measurement to this file.")
    private @Nullable String json;

    @Option(names = "--picture", paramLabel = "FILE", description = "Draw when the OpenCL device pays, as SVG (case gpu).")
    private @Nullable String picture;

    @Override
    public Integer call() {
        List<String> chosen = cases.isEmpty()
                ? Benchmarks.names()
                : OptionValues.choices("CASE", String.join(",", cases), Benchmarks.names());
        int threadCount = OptionValues.wholeNumber("--threads", threads, 1, 256);
        int runCount = OptionValues.wholeNumber("--runs", runs, 5, 1000);
        Map<String, String> wishes = wishes(chosen);
        if (!Benchmarks.any(chosen, wishes)) {
            throw new UsageException("--only is '" + only + "', but no size of " + String.join(", ", chosen) + " has these values.",
                    "choose from " + String.join("; ", wishes.keySet().stream().map(name -> name + "="
                            + String.join(", ", Benchmarks.parameterValues(chosen, name))).toList()) + ".");
        }
        Path file = json == null ? null : OutputFile.prepare("--json", json);
        Path drawing = picture == null ? null : drawing(chosen, picture);

        PrintWriter out = spec.commandLine().getOut();
        KernelChoice kernels = KernelChoice.current();
        out.println("Java " + System.getProperty("java.version") + ", " + kernels.name() + " kernels (" + kernels.lanes()
                + " lanes). Machines are noisy: compare figures of one run.");
        var benchmarks = new Benchmarks(runCount, line -> {
            out.println(line);
            out.flush();
        });
        List<String> lines = benchmarks.run(chosen, threadCount, wishes);
        Crossover crossover = benchmarks.crossover();
        if (!crossover.isEmpty()) crossover.table().forEach(out::println);
        if (drawing != null) OutputFile.write(drawing, crossover.svg());
        if (file != null) OutputFile.write(file, String.join("\n", lines) + "\n");
        return 0;
    }

    private static Path drawing(List<String> chosen, String value) {
        if (!chosen.contains("gpu")) {
            throw new UsageException("--picture shows the case gpu, but the cases are " + String.join(", ", chosen) + ".", "run 'bench gpu'.");
        }
        List<String> devices = Backend.openCl().map(RolloutExecutorProvider::devices).orElse(List.of());
        if (devices.isEmpty()) {
            throw new UsageException("--picture compares an OpenCL device with the processor, but there is no device.",
                    "install a driver; './ponder doctor' tells which are found.");
        }
        return OutputFile.prepare("--picture", value);
    }

    private Map<String, String> wishes(List<String> chosen) {
        Map<String, String> wishes = new LinkedHashMap<>();
        if (only == null) return wishes;
        List<String> names = Benchmarks.parameterNames(chosen);
        for (String part : only.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--only is '" + only + "', but it must be NAME=VALUE, several separated by commas.",
                        "write --only " + names.get(0) + "=...");
            }
            String name = part.substring(0, equals).trim();
            if (!names.contains(name)) {
                throw new UsageException("--only names '" + name + "', but the parameters here are " + String.join(", ", names) + ".",
                        NearestMatch.advice(name, names, "write --only " + names.get(0) + "=" + Benchmarks.parameterValues(chosen, names.get(0)).get(0) + "."));
            }
            wishes.put(name, part.substring(equals + 1).trim());
        }
        return wishes;
    }
}

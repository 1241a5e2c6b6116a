package io.ponder.examples.cli;

import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.evidence.Evidence;
import io.ponder.examples.evidence.Starts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder results}: measures the promised results, one row and seed at a time, and continues where it was stopped. */
@Command(
        name = "results",
        description = "Measures the results that the project promises and says which are kept.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Each measurement is stored as soon as it is there; run it again to continue. At the end all are written to results.json, with a"
            + " page results.md. Exit code 1 where one failed."})
final class ResultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ROW", arity = "0..*", description = "Rows to measure; all where none is named. --list shows them.")
    private List<String> rows = List.of();

    @Option(names = "--seeds", paramLabel = "N", description = "Number of seeds, 1 to 1000. Default: 5.")
    private String seeds = "5";

    @Option(names = "--threads", paramLabel = "N", description = "Measurements side by side, 1 to 1024. Default: the number of cores.")
    private @Nullable String threads;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the measurements, made if missing. Default: "
            + "ponder-results/goals; with --tuning ponder-results/tuning.")
    private @Nullable String out;

    @Option(names = "--tuning", description = "Measure with other starts and seeds than those of the results, to choose settings by.")
    private boolean tuning;

    @Option(names = "--list", description = "List the rows and their goals, and measure nothing.")
    private boolean list;

    @Option(names = "--afresh", description = "Measure the named rows again, also where they are stored.")
    private boolean afresh;

    @Override
    public Integer call() {
        PrintWriter writer = spec.commandLine().getOut();
        if (list) {
            Evidence.goals().forEach((id, goal) -> writer.printf("%-24s %s%n", id, goal));
            writer.flush();
            return 0;
        }
        List<String> ids = List.copyOf(Evidence.goals().keySet());
        List<String> chosen = new ArrayList<>();
        for (String row : rows) chosen.add(OptionValues.choice("ROW", row, ids));
        int count = OptionValues.wholeNumber("--seeds", seeds, 1, 1000);
        int cores = Runtime.getRuntime().availableProcessors();
        int sideBySide = threads == null ? cores : OptionValues.wholeNumber("--threads", threads, 1, 1024);
        Path folder = OutputFolder.prepare("--out", out != null ? out : tuning ? "ponder-results/tuning" : "ponder-results/goals");
        var cancellation = new Cancellation();
        try (var interruption = new Interruption(cancellation::request)) {
            var evidence = new Evidence(
                    tuning ? Starts.TUNING : Starts.SCORING, chosen.isEmpty() ? ids : chosen, count, folder, cancellation,
                    line -> say(writer, line));
            if (afresh) evidence.forget();
            evidence.measure(sideBySide);
            evidence.write();
            say(writer, "\n" + evidence.table());
            if (cancellation.requested()) say(writer, "Interrupted: run it again to continue.");
            Map<String, String> failures = evidence.failures();
            if (failures.isEmpty()) return 0;
            Map.Entry<String, String> first = failures.entrySet().iterator().next();
            throw new RunFailedException(
                    failures.size() + " measurements failed, the first was " + first.getKey() + ": " + first.getValue()
                            + "\nMaybe run it alone, with --debug.",
                    null);
        } catch (IOException error) {
            throw new RunFailedException(
                    "The measurements cannot be kept in " + folder + ": " + OutputFolder.reason(error)
                            + ".\nMaybe free some space there, or name another folder with --out.",
                    error);
        }
    }

    private static void say(PrintWriter writer, String line) {
        synchronized (writer) {
            writer.println(line);
            writer.flush();
        }
    }
}

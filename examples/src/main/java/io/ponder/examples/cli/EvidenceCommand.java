package io.ponder.examples.cli;

import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.papers.EvidenceFiles;
import io.ponder.examples.papers.EvidencePage;
import io.ponder.examples.papers.Experiment;
import io.ponder.examples.papers.ExperimentRun;
import io.ponder.examples.papers.Experiments;
import io.ponder.examples.papers.Outcome;
import io.ponder.examples.papers.Scale;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder evidence}: runs the experiments that the methods of papers must pass, and their controls, which must fail. */
@Command(
        name = "evidence",
        description = "Runs the methods of papers beside baselines and controls on the same seeds and says which pass.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Writes evidence.md (a page), evidence.json and a picture of each experiment. Exit code 1 where a method misses a threshold"
            + " or a control does not fail."})
final class EvidenceCommand implements Callable<Integer> {
    private static final int WIDTH = 78;
    private static final int BAR = 24;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Experiments to run; all where none is named. --list shows them.")
    private List<String> ids = List.of();

    @Option(names = "--seeds", paramLabel = "N", description = "Number of seeds, 1 to 1000. Default: 10. Verdicts mean"
            + " something from 10 on; with 1 or 2 some rows fail by chance.")
    private String seeds = "10";

    @Option(names = "--first-seed", paramLabel = "S", description = "The first of them. Default: 0.")
    private String firstSeed = "0";

    @Option(names = "--threads", paramLabel = "N", description = "Seeds side by side, 1 to 1024. Default: the number of cores.")
    private @Nullable String threads;

    @Option(names = "--quick", description = "Leave out the experiments that take long.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the files, made if missing. Default: ponder-results/evidence.")
    private String out = "ponder-results/evidence";

    @Option(names = "--list", description = "List the experiments, and run nothing.")
    private boolean list;

    @Override
    public Integer call() {
        PrintWriter writer = spec.commandLine().getOut();
        Map<String, Experiment> all = Experiments.byId();
        if (list) {
            all.values().forEach(experiment -> writer.printf(
                    "%-14s %s%s%n", experiment.id(), experiment.title(), experiment.quick() ? "" : " (not in --quick)"));
            writer.flush();
            return 0;
        }
        List<Experiment> chosen = chosen(all);
        int count = OptionValues.wholeNumber("--seeds", seeds, 1, 1000);
        int first = OptionValues.wholeNumber("--first-seed", firstSeed, 0, Integer.MAX_VALUE);
        int sideBySide = threads == null
                ? Runtime.getRuntime().availableProcessors()
                : OptionValues.wholeNumber("--threads", threads, 1, 1024);
        Path folder = OutputFolder.prepare("--out", out);
        boolean terminal = Progress.onTerminal();
        var cancellation = new Cancellation();
        try (var interruption = new Interruption(cancellation::request)) {
            long start = System.nanoTime();
            writer.println(chosen.size() + " experiments, " + count + " seeds each.");
            writer.flush();
            Map<String, Integer> left = new HashMap<>();
            for (Experiment experiment : chosen) left.put(experiment.id(), count);
            ExperimentRun.Result result = new ExperimentRun(chosen, first, count, Scale.FULL).run(
                    sideBySide, cancellation, (experiment, seed, done, trials) -> {
                        boolean finished = left.merge(experiment.id(), -1, Integer::sum) == 0;
                        if (terminal) show(writer, experiment, done, trials, start);
                        else if (finished) say(writer, experiment, done, trials, start);
                    });
            if (terminal) writer.print("\r" + " ".repeat(WIDTH) + "\r");
            EvidenceFiles.write(folder, result.outcomes(), command());
            writer.println();
            writer.print(EvidencePage.table(result.outcomes()));
            writer.printf(Locale.ROOT, "%n%.0f s. Page: %s%n", (System.nanoTime() - start) / 1e9, folder.resolve("evidence.md"));
            writer.flush();
            return judged(result);
        } catch (IOException error) {
            throw new RunFailedException(
                    "The evidence cannot be written to " + folder + ": " + OutputFolder.reason(error)
                            + ".\nMaybe free some space there, or name another folder with --out.",
                    error);
        }
    }

    private List<Experiment> chosen(Map<String, Experiment> all) {
        Set<String> names = new LinkedHashSet<>();
        for (String id : ids) names.add(OptionValues.choice("ID", id, all.keySet()));
        if (names.isEmpty()) names.addAll(all.keySet());
        List<Experiment> chosen = new ArrayList<>();
        for (String name : names) {
            Experiment experiment = Objects.requireNonNull(all.get(name));
            if (!quick || experiment.quick()) chosen.add(experiment);
        }
        if (chosen.isEmpty()) {
            throw new UsageException(
                    "--quick leaves nothing of " + String.join(", ", names) + ", because all of them take long.", "leave --quick out.");
        }
        return chosen;
    }

    private static int judged(ExperimentRun.Result result) {
        if (!result.errors().isEmpty()) {
            Map.Entry<String, Throwable> error = result.errors().entrySet().iterator().next();
            throw new RunFailedException(
                    result.errors().size() + " trials failed, the first was " + error.getKey() + ": " + error.getValue()
                            + "\nMaybe run it alone, with --debug.",
                    error.getValue());
        }
        if (!result.complete()) {
            throw new RunFailedException("Interrupted: what is written is of the seeds that had ended.\nMaybe run fewer with --seeds.", null);
        }
        return result.outcomes().stream().allMatch(Outcome::passed) ? 0 : Ponder.FAILED;
    }

    private String command() {
        var command = new StringBuilder("./ponder evidence");
        for (String id : ids) command.append(' ').append(id);
        if (quick) command.append(" --quick");
        return command.append(" --seeds ").append(seeds).append(" --first-seed ").append(firstSeed).toString();
    }

    private static void say(PrintWriter writer, Experiment experiment, int done, int trials, long start) {
        writer.printf(Locale.ROOT, "%4d of %d, %4.0f s: %s%n", done, trials, (System.nanoTime() - start) / 1e9, experiment.id());
        writer.flush();
    }

    private static void show(PrintWriter writer, Experiment experiment, int done, int trials, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        int filled = done * BAR / trials;
        String line = String.format(
                Locale.ROOT, "[%s%s] %d/%d, %.0f s  %s", "=".repeat(filled), " ".repeat(BAR - filled), done, trials, seconds, experiment.id());
        if (line.length() > WIDTH) line = line.substring(0, WIDTH);
        writer.print("\r" + line + " ".repeat(WIDTH - line.length()) + "\r");
        writer.flush();
    }
}

package io.ponder.examples.cli;

import io.ponder.engine.plan.Clock;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.comparison.Comparison;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.ExperimentResult;
import io.ponder.examples.comparison.PlanningExperiment;
import io.ponder.examples.report.ResultFiles;
import io.ponder.examples.report.ResultTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ponder compare}: lets planners learn and act, and shows a table, two result files and a page. */
@Command(
        name = "compare",
        description = "Compares planners on environments, with models they learn from scratch and with the true ones.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Writes results.csv, results.json and report.html. Ctrl-C keeps what is done."})
final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CompareOptions options = new CompareOptions();

    @Override
    public Integer call() {
        CompareOptions.Asked asked = options.read();
        Path folder = OutputFolder.prepare(asked.outSource(), asked.out());
        PrintWriter out = spec.commandLine().getOut();
        var cancellation = new Cancellation();
        var progress = new Progress(out, Progress.onTerminal(), Clock.SYSTEM);
        progress.say("Comparing " + String.join(", ", asked.settings().planners()) + " on "
                + String.join(", ", asked.settings().environments()) + ".");
        var runner = new PlanningExperiment(asked.settings(), folder);
        try (var interruption = new Interruption(cancellation::request)) {
            ComparisonResults results = new Comparison(asked.settings(), runner, progress, cancellation).run();
            progress.finished();
            return show(results, folder, out);
        }
    }

    private static int show(ComparisonResults results, Path folder, PrintWriter out) {
        out.println();
        out.println(ResultTable.text(results));
        try {
            ResultFiles.write(results, folder);
        } catch (IOException error) {
            out.flush();
            throw new RunFailedException(
                    "The results cannot be written to " + folder + ": " + OutputFolder.reason(error)
                            + ".\nMaybe free some space there, or name another folder with --out.",
                    error);
        }
        if (results.interrupted()) out.println("Interrupted: these are the results until then.");
        out.println("Report: " + folder.resolve("report.html") + " (data in results.csv and results.json beside it)");
        out.flush();
        if (results.failures().isEmpty()) return 0;
        ExperimentResult first = results.failures().get(0);
        throw new RunFailedException(
                results.failures().size() + " of " + results.settings().experiments().size() + " experiments failed, the first was "
                        + first.key() + ": " + first.failure() + "\nMaybe run it alone, with --debug --threads 1.",
                null);
    }
}

package io.ponder.examples.cli;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.storage.TransitionCsv;
import io.ponder.engine.storage.TransitionCsvException;
import io.ponder.engine.train.FitReport;
import io.ponder.engine.train.TrainingListener;
import io.ponder.examples.fitting.LogFit;
import io.ponder.examples.fitting.LogSpec;
import io.ponder.worldmodels.archive.ModelArchive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ponder fit}: fits an ensemble to logged transitions, tells how good it is, and saves it. */
@Command(
        name = "fit",
        description = "Fits a world model to logged transitions and saves it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Columns of the log: episode, step, obs_0 .., action_0 .., reward, next_obs_0 .. (optional), terminated,",
            "truncated (optional); docs/fit.md tells the rest. 'compare --load DIR' plans with the saved model."
        })
final class FitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "LOG.csv", description = "Logged transitions.")
    private String data = "";

    @Option(names = "--spec", paramLabel = "SPEC", defaultValue = "", description = "A file of lines such as 'width = 64', or the name of an"
            + " environment whose reward is known. Default: the reward is learned, actions are continuous.")
    private String specification = "";

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "ponder-model", description = "Folder of the model, made if missing."
            + " Default: ponder-model.")
    private String out = "ponder-model";

    @Override
    public Integer call() throws IOException {
        LogSpec asked = LogSpecFile.read(specification);
        TransitionStore log = log(OutputFolder.path("--data", data));
        requireFits(log, asked);
        Path folder = OutputFolder.prepare("--out", out);
        PrintWriter writer = spec.commandLine().getOut();
        writer.printf(Locale.ROOT, "%d transitions of %d episodes, %d observation and %d action entries%n",
                log.size(), log.episodes(), log.observationSize(), log.actionSize());
        writer.flush();
        LogFit fit = LogFit.run(log, asked, TrainingListener.NONE);
        show(fit, writer);
        String environment = asked.environment();
        ModelArchive.save(folder, fit.chain(), environment == null ? null : environment.toLowerCase(Locale.ROOT));
        writer.println("Saved in " + folder + (environment == null ? "" : "; plan with it: ponder compare --env " + environment
                + " --load " + folder));
        writer.flush();
        return 0;
    }

    private TransitionStore log(Path file) {
        try {
            return TransitionCsv.read(file);
        } catch (TransitionCsvException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        } catch (IOException error) {
            throw new UsageException("--data is '" + data + "', but it must be a file that can be read: " + OutputFolder.reason(error) + ".",
                    "check the name.");
        }
    }

    private static void requireFits(TransitionStore log, LogSpec asked) {
        try {
            asked.requireFits(log);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static void show(LogFit fit, PrintWriter out) {
        FitReport report = fit.report();
        out.printf(Locale.ROOT, "Fitted in %.1f s: %d epochs, %d rows trained on, %d held out, loss %.3f before, %.3f after%n",
                report.seconds(), report.epochs(), report.trainingRows(), report.heldOutRows(), report.meanLossBefore(),
                report.meanLossAfter());
        out.println(fit.heldOut()
                ? "Error on held-out episodes, in standard deviations of each entry:"
                : "Error on the training episodes (too few to hold whole ones out), in standard deviations of each entry:");
        out.printf(Locale.ROOT, "  %-12s %10s %16s%n", "steps ahead", "model", "nothing changes");
        for (int t = 1; t <= fit.horizon(); t = next(t, fit.horizon())) {
            out.printf(Locale.ROOT, "  %-12d %10.4f %16.4f%n", t, fit.error().error()[t - 1], fit.standingStill()[t - 1]);
        }
        if (!fit.beatsStandingStill()) {
            out.println("One step ahead the model is no better than predicting that nothing changes: do not plan with it.\n"
                    + "Maybe give it more data, more epochs, or more width.");
        }
        out.flush();
    }

    /** Returns the row to show after step {@code t}: 1, 2, 5, 10, 20, ..., and the last. */
    private static int next(int t, int horizon) {
        if (t == horizon) return horizon + 1;
        int power = (int) Math.pow(10, Math.floor(Math.log10(t)));
        int following = t / power == 2 ? 5 * power : 2 * t;
        return Math.min(following, horizon);
    }
}

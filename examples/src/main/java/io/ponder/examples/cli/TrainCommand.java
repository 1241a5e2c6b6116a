package io.ponder.examples.cli;

import io.ponder.engine.game.Game;
import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.train.selfplay.TrainingFailedException;
import io.ponder.examples.arena.GameEvaluation;
import io.ponder.examples.training.SavedTraining;
import io.ponder.examples.training.TrainingEnvironment;
import io.ponder.examples.training.TrainingMethod;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingPresets;
import io.ponder.examples.training.TrainingRun;
import io.ponder.examples.training.TrainingSettings;
import io.ponder.examples.training.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ponder train}: trains an agent that plans with what it learns, and keeps it. */
@Command(
        name = "train",
        description = "Trains an agent by self-play and search, and keeps its checkpoints and its learning curve.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "In a minute or two: ponder train muzero --env CartPole-v1",
            "Ctrl-C saves; 'ponder train --resume --out DIR' goes on, exactly as if it had not been stopped.",
            "'--show-config' prints all options with their values, in the form that --config reads; docs/training.md tells the rest."
        })
final class TrainCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "METHOD", arity = "0..1", description = "What to train: muzero, gumbel, sampled, stochastic, alphazero.")
    private @Nullable String method;

    @Option(names = "--env", paramLabel = "NAME", description = "Environment or game. Default: CartPole-v1.")
    private @Nullable String environment;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of networks and self-play. Default: 1.")
    private @Nullable String seed;

    @Option(names = "--steps", paramLabel = "N", description = "Environment steps of the whole run. Default: that of the preset.")
    private @Nullable String steps;

    @Option(names = "--minutes", paramLabel = "X", description = "Minutes of playing and learning at most, evaluation not counted.")
    private @Nullable String minutes;

    @Option(names = "--config", paramLabel = "FILE", description = "Options that differ from the preset: lines 'name = value', or a JSON object.")
    private @Nullable String config;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the run, made if missing. Default: ponder-training/METHOD-ENV.")
    private @Nullable String out;

    @Option(names = "--resume", description = "Go on with the run in --out. With --steps it becomes longer or shorter.")
    private boolean resume;

    @Option(names = "--threads", paramLabel = "N", description = "1 plays and learns in turn, 2 at the same time: the curve is the same."
            + " Default: 2 where there are as many cores.")
    private @Nullable String threads;

    @Option(names = "--show-config", description = "Print all options with their values and do nothing else.")
    private boolean showConfig;

    @Override
    public Integer call() throws IOException {
        if (resume) return goOn();
        if (method == null) {
            throw new UsageException(
                    "METHOD is missing, but it must be one of " + String.join(", ", TrainingMethod.labels()) + ".",
                    "write 'ponder train muzero', or --resume to go on with a run.");
        }
        TrainingMethod wanted = methodOf(method);
        TrainingEnvironment where = environmentOf(environment == null ? "CartPole-v1" : environment);
        TrainingSettings settings = TrainingPresets.settings(wanted, where);
        if (config != null) settings = TrainingConfigFile.read("--config", config, settings);
        settings = withSteps(settings);
        TrainingTask task = task(wanted, where, settings, seedNumber());
        PrintWriter writer = spec.commandLine().getOut();
        if (showConfig) {
            writer.print(settings.file());
            writer.flush();
            return 0;
        }
        String name = out == null ? "ponder-training/" + (wanted.label() + "-" + where.name()).toLowerCase(Locale.ROOT) : out;
        Path folder = OutputFolder.prepare("--out", name);
        requireNew(folder, name);
        if (!TrainingPresets.tuned(wanted, where)) {
            writer.println("There is no tuned preset for " + wanted.label() + " on " + where.name() + ": these are general values.");
        }
        return train(task, folder, null);
    }

    private int goOn() throws IOException {
        if (out == null && method == null) {
            throw new UsageException("--out is missing, but --resume needs the folder of the run.", "write --resume --out DIR.");
        }
        if (config != null || seed != null) {
            throw new UsageException(
                    (config != null ? "--config is '" + config : "--seed is '" + seed) + "', but a run goes on with what it was begun with.",
                    "leave it out; --steps and --minutes can change.");
        }
        String name = out != null ? out : "ponder-training/" + (methodOf(String.valueOf(method)).label() + "-"
                + environmentOf(environment == null ? "CartPole-v1" : environment).name()).toLowerCase(Locale.ROOT);
        Path folder = OutputFolder.path("--out", name);
        try (Checkpoint checkpoint = new CheckpointFolder(folder).load()) {
            SavedTraining saved = SavedTraining.of(checkpoint);
            if (method != null && methodOf(method) != saved.method()) throw other("METHOD", method, saved.method().label(), folder);
            if (environment != null && !environmentOf(environment).equals(saved.environment())) {
                throw other("--env", environment, saved.environment().name(), folder);
            }
            TrainingTask task = task(saved.method(), saved.environment(), withSteps(saved.settings()), checkpoint.manifest().seed());
            return train(task, folder, checkpoint);
        } catch (CheckpointException unusable) {
            throw new UsageException(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private static UsageException other(String option, String value, String saved, Path folder) {
        return new UsageException(
                option + " is '" + value + "', but the run in " + folder + " is of " + saved + ".", "leave it out, or name another folder.");
    }

    private static void requireNew(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.noneMatch(file -> String.valueOf(file.getFileName()).startsWith("checkpoint-"))) return;
        }
        throw new UsageException(
                "--out is '" + name + "', but it holds a run already.", "go on with it (--resume), or name another folder.");
    }

    private static TrainingMethod methodOf(String text) {
        return TrainingMethod.of(OptionValues.choice("METHOD", text, TrainingMethod.labels()));
    }

    private static TrainingEnvironment environmentOf(String text) {
        return TrainingEnvironment.of(OptionValues.choice("--env", text, TrainingEnvironment.names()));
    }

    private TrainingSettings withSteps(TrainingSettings settings) {
        if (steps == null) return settings;
        try {
            return settings.with(TrainingOption.STEPS, "--steps", steps);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private long seedNumber() {
        return seed == null ? 1 : OptionValues.wholeNumber("--seed", seed, 0, Integer.MAX_VALUE);
    }

    private double seconds() {
        if (minutes == null) return Double.POSITIVE_INFINITY;
        try {
            double number = Double.parseDouble(minutes.trim());
            if (number > 0 && number <= 1e7) return 60 * number;
        } catch (NumberFormatException notANumber) {
            // Reported below, as a number outside the range is.
        }
        throw new UsageException(
                "--minutes is '" + minutes + "', but it must be a number greater than 0, at most 10000000.", "leave --minutes out for no limit.");
    }

    private static TrainingTask task(TrainingMethod method, TrainingEnvironment environment, TrainingSettings settings, long seed) {
        try {
            TrainingTask task = TrainingTask.of(method, environment, settings, seed);
            task.parameters(Double.POSITIVE_INFINITY);
            return task;
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static GameEvaluation evaluation(TrainingTask task) {
        try {
            return new GameEvaluation(task);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private int train(TrainingTask task, Path folder, @Nullable Checkpoint from) throws IOException {
        PrintWriter writer = spec.commandLine().getOut();
        int cores = Runtime.getRuntime().availableProcessors();
        int used = threads == null ? Math.min(2, cores) : OptionValues.wholeNumber("--threads", threads, 1, 2);
        var progress = new TrainingProgress(writer, Progress.onTerminal(), task);
        try (var run = new TrainingRun(task, folder, seconds(), used, from, progress);
                var interruption = new Interruption(run::cancel)) {
            if (from != null) {
                from.skipped().forEach(reason -> writer.println("A newer checkpoint cannot be used: " + reason));
                writer.printf(Locale.ROOT, "Going on from step %d.%n", run.loop().steps());
            }
            Game game = task.environment().game();
            if (game != null && game.players() == 2) run.evaluateBy(evaluation(task));
            progress.started(run.loop().steps());
            run.run();
            progress.finished();
            boolean ended = !run.loop().cancelled();
            writer.println("Curve: " + run.pictureFile().toUri());
            writer.println("Saved in " + folder + (ended ? "" : "; go on with: ponder train --resume --out " + folder));
            writer.flush();
            return ended ? 0 : INTERRUPTED;
        } catch (TrainingFailedException failed) {
            throw new RunFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }
}

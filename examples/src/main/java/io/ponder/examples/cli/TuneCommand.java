package io.ponder.examples.cli;

import io.ponder.examples.comparison.Interval;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.comparison.Task;
import io.ponder.examples.comparison.Tasks;
import io.ponder.examples.tuning.EvolutionTuner;
import io.ponder.examples.tuning.TunablePlanner;
import io.ponder.examples.tuning.TunedParameter;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ponder tune}: tunes the numbers of a planner and says what it gained on other starts. */
@Command(
        name = "tune",
        description = "Tunes the numbers of a planner on the true model of an environment with CMA-ES, and shows them before and after.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "The scores before and after are over starts that the search has not seen."})
final class TuneCommand implements Callable<Integer> {
    /** Model steps of a call, where none are given: what {@code ponder compare} gives its planners. */
    private static final int CANDIDATES = 60;
    private static final int ITERATIONS = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--env", paramLabel = "ID", completionCandidates = HelpLists.Environments.class,
            description = "Environment with continuous actions. Default: Pendulum-v1.")
    private String env = "Pendulum-v1";

    @Option(names = "--planner", paramLabel = "NAME", completionCandidates = HelpLists.TunablePlanners.class,
            description = "Planner: ${COMPLETION-CANDIDATES}. Default: cem.")
    private String planner = "cem";

    @Option(names = "--evaluations", paramLabel = "N", description = "Sets of values to try, 1 to 100000. Default: 100.")
    private String evaluations = "100";

    @Option(names = "--starts", paramLabel = "N", description = "Starts that every set is tried on, 1 to 1000. Default: 4.")
    private String starts = "4";

    @Option(names = "--held-out", paramLabel = "N", description = "Other starts, for the scores before and after, 1 to 1000. Default: 20.")
    private String heldOut = "20";

    @Option(names = "--budget", paramLabel = "STEPS", description = "Model steps of every planning call, such as 20k. Default: those of"
            + " ponder compare.")
    private @Nullable String budget;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of starts, points and plans. Default: 1.")
    private String seed = "1";

    @Override
    public Integer call() {
        List<String> continuous = Tasks.ids().stream().filter(id -> !Tasks.find(id).discrete()).toList();
        Task task = Tasks.find(OptionValues.choice("--env", env, continuous));
        String name = OptionValues.choice("--planner", planner, TunablePlanner.names());
        int tries = OptionValues.wholeNumber("--evaluations", evaluations, 1, 100_000);
        int tuned = OptionValues.wholeNumber("--starts", starts, 1, 1000);
        int others = OptionValues.wholeNumber("--held-out", heldOut, 1, 1000);
        int number = OptionValues.wholeNumber("--seed", seed, 0, Integer.MAX_VALUE);
        var made = TunablePlanner.of(name, task, modelSteps(task));
        PrintWriter out = spec.commandLine().getOut();
        EvolutionTuner.Result result = new EvolutionTuner(task, made, number).tune(tries, tuned, others, line -> say(out, line));
        show(out, task, made, result);
        return 0;
    }

    private long modelSteps(Task task) {
        if (budget == null) return (long) task.horizon() * CANDIDATES * ITERATIONS;
        PlanBudget read;
        try {
            read = PlanBudget.parse("--budget", budget);
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
        if (read.modelSteps() > 0) return read.modelSteps();
        throw new UsageException("--budget is '" + budget + "', but tuning needs model steps: a time would make it depend on the machine.",
                "write 20k.");
    }

    private static void show(PrintWriter out, Task task, TunablePlanner planner, EvolutionTuner.Result result) {
        say(out, "");
        say(out, planner.name() + " on " + task.id() + ", " + planner.modelSteps() + " model steps a plan");
        say(out, String.format(Locale.ROOT, "%-16s %12s %12s", "", "before", "after"));
        List<TunedParameter> parameters = planner.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            say(out, String.format(Locale.ROOT, "%-16s %12s %12s", parameters.get(i).name(), EvolutionTuner.number(result.before()[i]),
                    EvolutionTuner.number(result.after()[i])));
        }
        say(out, String.format(Locale.ROOT, "%-16s %12s %12s", "return", EvolutionTuner.number(Interval.of(result.returnsBefore()).mean()),
                EvolutionTuner.number(Interval.of(result.returnsAfter()).mean())));
        Interval gain = Interval.of(result.differences());
        say(out, "after - before: " + EvolutionTuner.number(gain.mean()) + " [" + EvolutionTuner.number(gain.low()) + ", "
                + EvolutionTuner.number(gain.high()) + "], paired over " + gain.count() + " held-out starts");
        say(out, verdict(result));
    }

    /** Says whether the tuned values are worth taking. */
    static String verdict(EvolutionTuner.Result result) {
        Interval gain = Interval.of(result.differences());
        if (Arrays.equals(result.before(), result.after())) {
            return "No set of values that was tried was better than the usual one.\nMaybe try more: --evaluations.";
        }
        if (gain.high() <= 0) {
            return "The tuned values are worse on starts that the search has not seen: keep the usual ones.\nMaybe search on more starts: --starts.";
        }
        if (gain.low() <= 0) {
            return "Not better beyond chance on starts that the search has not seen: keep the usual values.\n"
                    + "Maybe search on more starts (--starts), or measure on more (--held-out).";
        }
        return "The tuned values are better, also on starts that the search has not seen.";
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}

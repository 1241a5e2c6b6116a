package io.ponder.examples.cli;

import io.ponder.engine.plan.Backend;
import io.ponder.examples.comparison.CompareSettings;
import io.ponder.examples.comparison.PlanBudget;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.Tasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of {@code ponder compare}. All values are taken as text and read in one place, so that a settings file and the command
 * line understand and refuse the same things; the command line wins.
 */
final class CompareOptions {
    static final String DEFAULT_OUT = "ponder-results";

    private static final String ALL = "all";

    private static final List<String> NAMES = List.of(
            "env", "planners", "models", "seeds", "episodes", "budget", "threads", "save-models", "load", "out", "quick", "backend");

    @Option(names = "--env", paramLabel = "IDS", completionCandidates = HelpLists.Environments.class,
            description = "Environments, separated by commas: ${COMPLETION-CANDIDATES}. Default: Pendulum-v1,cartpole-swingup.")
    private @Nullable String env;

    @Option(names = "--planners", paramLabel = "NAMES", completionCandidates = HelpLists.Planners.class,
            description = "Planners, separated by commas: ${COMPLETION-CANDIDATES}; or all. Default: the usual ones for the kind of"
                    + " actions.")
    private @Nullable String planners;

    @Option(names = "--models", paramLabel = "WHICH", description = "Models to plan with: learned, true or both. Default: both.")
    private @Nullable String models;

    @Option(names = "--seeds", paramLabel = "N", description = "Number of seeds, 1 to 1000. Default: 3; with --quick 2.")
    private @Nullable String seeds;

    @Option(names = "--episodes", paramLabel = "N", description = "Episodes of each experiment, 2 to 10000; the first is random where a"
            + " model is learned. Default: 10; with --quick 6.")
    private @Nullable String episodes;

    @Option(names = "--budget", paramLabel = "LIMIT", description = "Limit of every planning call: model steps such as 200k, or a time"
            + " such as 5ms. Default: sized for the environment.")
    private @Nullable String budget;

    @Option(names = "--threads", paramLabel = "N", description = "Experiments side by side, 1 to 1024; each planner runs on one thread."
            + " Default: the number of cores.")
    private @Nullable String threads;

    @Option(names = "--save-models", description = "Keep the learned models in the folder of the results.")
    private boolean saveModels;

    @Option(names = "--load", paramLabel = "DIR", description = "Plan with the saved model of this folder (from --save-models or fit)"
            + " instead of learning one.")
    private @Nullable String load;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the results, made if missing. Default: " + DEFAULT_OUT + ".")
    private @Nullable String out;

    @Option(names = "--quick", description = "Smaller planners and fewer episodes; where no environment is named,"
            + " the pendulum alone, in less than a minute on two cores.")
    private boolean quick;

    @Option(names = "--backend", paramLabel = "WHERE", description = "Where imagined rollouts run: cpu, opencl or auto (whichever is"
            + " faster). Default: cpu.")
    private @Nullable String backend;

    @Option(names = "--config", paramLabel = "FILE", description = "Read settings from a file of lines such as 'seeds = 5'; the names"
            + " are those of the options. Options given as well win.")
    private @Nullable String config;

    /** What was asked for. */
    record Asked(CompareSettings settings, String out, String outSource) {}

    /**
     * Returns what was asked for, all of it checked but for the folder.
     *
     * @throws UsageException where anything cannot be had
     */
    Asked read() {
        Map<String, SettingsFile.Setting> all = new LinkedHashMap<>();
        if (config != null) all.putAll(SettingsFile.read("--config", OutputFolder.path("--config", config), NAMES));
        put(all, "env", env);
        put(all, "planners", planners);
        put(all, "models", models);
        put(all, "seeds", seeds);
        put(all, "episodes", episodes);
        put(all, "budget", budget);
        put(all, "threads", threads);
        put(all, "load", load);
        put(all, "out", out);
        put(all, "backend", backend);
        if (saveModels) put(all, "save-models", "true");
        if (quick) put(all, "quick", "true");

        boolean small = truth(all, "quick");
        SavedModel saved = all.containsKey("load") ? SavedModel.read(source(all, "load"), value(all, "load")) : null;
        List<String> environments = all.containsKey("env")
                ? OptionValues.choices(source(all, "env"), value(all, "env"), Tasks.ids())
                : saved != null ? saved.environments() : small ? Tasks.quickDefaults() : Tasks.defaults();
        if (saved != null) environments.forEach(saved::requireFits);
        List<String> chosen = all.containsKey("planners") ? planners(all, environments) : PlannerRecipes.defaults(environments);
        String which = all.containsKey("models")
                ? OptionValues.choice(source(all, "models"), value(all, "models"), List.of("learned", "true", "both"))
                : "both";
        var settings = new CompareSettings(
                environments,
                chosen,
                !which.equals("true"),
                !which.equals("learned"),
                number(all, "seeds", 1, 1000, small ? 2 : 3),
                number(all, "episodes", 2, 10_000, small ? 6 : 10),
                all.containsKey("budget") ? budget(all) : PlanBudget.DEFAULT,
                number(all, "threads", 1, 1024, Runtime.getRuntime().availableProcessors()),
                truth(all, "save-models"),
                saved == null ? null : saved.folder(),
                small,
                backend(all));
        boolean named = all.containsKey("out");
        return new Asked(settings, named ? value(all, "out") : DEFAULT_OUT, named ? source(all, "out") : "--out");
    }

    private static List<String> planners(Map<String, SettingsFile.Setting> all, List<String> environments) {
        String option = source(all, "planners");
        if (value(all, "planners").trim().equalsIgnoreCase(ALL)) return PlannerRecipes.fitting(environments);
        List<String> chosen = OptionValues.choices(option, value(all, "planners"), PlannerRecipes.names());
        for (String planner : chosen) {
            if (environments.stream().noneMatch(environment -> PlannerRecipes.fits(planner, environment))) {
                throw misfit(option, planner, environments.get(0), environments);
            }
        }
        for (String environment : environments) {
            if (chosen.stream().noneMatch(planner -> PlannerRecipes.fits(planner, environment))) {
                throw misfit(option, chosen.get(0), environment, List.of(environment));
            }
        }
        return chosen;
    }

    private static UsageException misfit(String option, String planner, String environment, List<String> environments) {
        return new UsageException(
                option + " is '" + planner + "', but the actions of " + environment + " are "
                        + (Tasks.find(environment).discrete() ? "discrete" : "continuous") + ", which " + planner + " does not plan.",
                "choose from " + String.join(", ", PlannerRecipes.fitting(environments)) + ".");
    }

    private static void put(Map<String, SettingsFile.Setting> all, String name, @Nullable String value) {
        if (value != null) all.put(name, new SettingsFile.Setting("--" + name, value));
    }

    private static int number(Map<String, SettingsFile.Setting> all, String name, int low, int high, int otherwise) {
        return all.containsKey(name) ? OptionValues.wholeNumber(source(all, name), value(all, name), low, high) : otherwise;
    }

    private static boolean truth(Map<String, SettingsFile.Setting> all, String name) {
        return all.containsKey(name) && OptionValues.truth(source(all, name), value(all, name));
    }

    private static PlanBudget budget(Map<String, SettingsFile.Setting> all) {
        try {
            return PlanBudget.parse(source(all, "budget"), value(all, "budget"));
        } catch (IllegalArgumentException refused) {
            throw new UsageException(String.valueOf(refused.getMessage()), refused);
        }
    }

    /** Returns the backend; one that cannot be had is a mistake of whoever asked, before anything runs. */
    private static Backend backend(Map<String, SettingsFile.Setting> all) {
        if (!all.containsKey("backend")) return Backend.CPU;
        String name = OptionValues.choice(source(all, "backend"), value(all, "backend"), List.of("cpu", "opencl", "auto"));
        Backend chosen = Backend.valueOf(name.toUpperCase(Locale.ROOT));
        if (chosen == Backend.OPENCL && Backend.openCl().map(provider -> provider.devices().isEmpty()).orElse(true)) {
            throw new UsageException(source(all, "backend") + " is opencl, but there is no OpenCL device.",
                    "install a driver (\"apt-get install pocl-opencl-icd\" gives one that runs on the CPU), or use cpu or auto.");
        }
        return chosen;
    }

    private static String source(Map<String, SettingsFile.Setting> all, String name) {
        return Objects.requireNonNull(all.get(name), name).source();
    }

    private static String value(Map<String, SettingsFile.Setting> all, String name) {
        return Objects.requireNonNull(all.get(name), name).value();
    }
}

package io.ponder.examples.papers;

import io.ponder.worldmodels.objective.ValueGradientLoss;
import io.ponder.worldmodels.objective.ValueGradientLoss.Form;
import java.util.Arrays;

/** VaGraM on {@link DistractedControl}: whether a model too small for everything learns what the value depends on. */
final class ValueGradientExperiment {
    private static final int ROUNDS = 3;
    private static final int STEPS = 1000;

    private ValueGradientExperiment() {}

    static Experiment experiment() {
        return Experiment.named("vagram", "Value-gradient weighted model loss (VaGraM)")
                .paper("Voelcker et al.: Value Gradient weighted Model-Based Reinforcement Learning, 2022")
                .claim("A model too small for task and distractors learns the task where errors are weighted by the value's gradient.")
                .metric("cost of the regulator found in the model after 3 rounds", Direction.LOWER)
                .method("VaGraM").baseline("VaGraM + 0.003 MSE").baseline("first-order (Taylor)").baseline("MSE of raw changes")
                .control("MSE").reference("optimum").reference("MSE, no distractors").reference("MSE, wide enough model")
                .threshold("every seed <= 100", (outcome, arm) -> Arrays.stream(outcome.values(arm)).allMatch(cost -> cost <= 100))
                .beats("MSE")
                .require("MSE of standardised or raw changes costs more than 5000",
                        outcome -> outcome.mean("MSE") > 5000 && outcome.mean("MSE of raw changes") > 5000)
                .require("without distractors, or with a model wide enough, MSE is within 30 % of the optimum",
                        outcome -> outcome.mean("MSE, no distractors") < 1.3 * outcome.mean("optimum")
                                && outcome.mean("MSE, wide enough model") < 1.3 * outcome.mean("optimum"))
                .logarithmic().curvesOver("rounds").slow()
                .trial(ValueGradientExperiment::trial);
    }

    private static double[] trial(long seed, Scale scale, Curves curves) {
        var task = new DistractedControl(10, 2, STEPS, seed);
        var alone = new DistractedControl(0, 2, STEPS, seed);
        var wide = new DistractedControl(10, 4, STEPS, seed);
        double[][] costs = {
            task.costs(ROUNDS, true, values -> new ValueGradientLoss(values.get(values.size() - 1), Form.DIAGONAL), 0),
            task.costs(ROUNDS, true, values -> new ValueGradientLoss(values.get(values.size() - 1), Form.DIAGONAL), 0.003),
            task.costs(ROUNDS, true, values -> new ValueGradientLoss(values.get(values.size() - 1), Form.TAYLOR), 0),
            task.costs(1, false, values -> null, 1),
            task.costs(1, true, values -> null, 1),
            {task.optimum()},
            alone.costs(0, true, values -> null, 1),
            wide.costs(0, true, values -> null, 1),
        };
        String[] names = {"VaGraM", "VaGraM + 0.003 MSE", "first-order (Taylor)", "MSE of raw changes", "MSE"};
        for (int i = 0; i < names.length; i++) curves.add(names[i], DistractedControl.rounds(costs[i]), costs[i]);
        double[] last = new double[costs.length];
        for (int i = 0; i < last.length; i++) last[i] = costs[i][costs[i].length - 1];
        return last;
    }
}

package io.ponder.examples.papers;

import io.ponder.worldmodels.objective.ValueHistory;
import io.ponder.worldmodels.objective.ValueMomentLoss;
import java.util.Arrays;

/** LAMPS-MM on {@link DistractedControl}: matching the value's moment, under all past values or under the newest alone. */
final class ValueMomentExperiment {
    private static final int ROUNDS = 3;

    private ValueMomentExperiment() {}

    static Experiment experiment() {
        return Experiment.named("lamps-mm", "Value moment matching with a history of values (LAMPS-MM)")
                .paper("Vemula et al.: The Virtues of Laziness in Model-based RL, 2023")
                .claim("A model fitted to predict the value, under all values so far, serves the regulator; under the newest alone it forgets.")
                .metric("cost of the regulator found in the model, mean of rounds 1 to 3", Direction.LOWER)
                .method("all values + 0.003 MSE").baseline("all values").control("newest value").control("MSE").reference("optimum")
                .threshold("every seed <= 100", (outcome, arm) -> Arrays.stream(outcome.values(arm)).allMatch(cost -> cost <= 100))
                .beats("MSE")
                .logarithmic().curvesOver("rounds").slow()
                .trial(ValueMomentExperiment::trial);
    }

    private static double[] trial(long seed, Scale scale, Curves curves) {
        var task = new DistractedControl(10, 2, 1000, seed);
        double[][] costs = {
            task.costs(ROUNDS, true, ValueMomentLoss::new, 0.003),
            task.costs(ROUNDS, true, ValueMomentLoss::new, 0),
            task.costs(ROUNDS, true, values -> new ValueMomentLoss(newest(values)), 0),
            task.costs(1, true, values -> null, 1),
        };
        String[] names = {"all values + 0.003 MSE", "all values", "newest value", "MSE"};
        double[] means = new double[names.length + 1];
        for (int i = 0; i < names.length; i++) {
            curves.add(names[i], DistractedControl.rounds(costs[i]), costs[i]);
            for (int round = 1; round < costs[i].length; round++) means[i] += costs[i][round] / (costs[i].length - 1);
        }
        means[names.length] = task.optimum();
        return means;
    }

    private static ValueHistory newest(ValueHistory values) {
        return new ValueHistory(1).add(values.get(values.size() - 1));
    }
}

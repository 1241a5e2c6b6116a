package io.ponder.examples.papers;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.tree.BackUpRule;
import io.ponder.planners.tree.DecoupledThompson;
import io.ponder.planners.tree.DecoupledUcb;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.SimultaneousRule;
import io.ponder.planners.tree.TreeSearch;

/** Decoupled Thompson sampling where there are as many actions as simulations: noisy matrix games, each searched once. */
final class ThompsonExperiment {
    private static final int ACTIONS = 200;
    private static final int SIMULATIONS = 200;
    private static final int MANY = 800;

    private ThompsonExperiment() {}

    static Experiment experiment() {
        return Experiment.named("thompson", "Thompson sampling where players decide at once")
                .paper("Boney et al.: Learning to Play Imperfect-Information Games by Imitating an Oracle Planner, 2020")
                .claim("With no more simulations than actions, Thompson sampling finds better actions than UCB that must try"
                        + " every action first; so does a UCB whose untried actions have a finite worth.")
                .metric("worth of the chosen one of 200 actions after 200 simulations", Direction.HIGHER)
                .method("Thompson").method("UCB, untried worth 0.75").control("UCB, all first")
                .reference("expected means, nothing drawn")
                .detail("800 simulations: Thompson").detail("800 simulations: UCB, untried worth 0.75")
                .detail("800 simulations: UCB, all first")
                .atLeastAbove(0.03, "UCB, all first")
                .remark("This is the part of the paper's claim that holds up: it is about few simulations (the details have"
                        + " four an action). The worth of untried actions must be optimistic; 0.5, what an average action"
                        + " pays, is worse than to try all first, because the other player gets better meanwhile."
                        + " Taking the highest expected mean without drawing comes close: what costs UCB most is to try all.")
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.SMALL ? 10 : 40, scale == Scale.SMALL ? 0 : 4));
    }

    private static double[] trial(long seed, int games, int gamesOfMany) {
        SimultaneousRule[] rules = {
            new DecoupledThompson(0.5, 0.15, 1), new DecoupledUcb(0.2).withFirstPlay(0.75).decidingByScore(),
            new DecoupledUcb(0.2).decidingByScore(), new DecoupledThompson(0.5, 0, 1)
        };
        double[] sum = new double[7];
        for (int g = 0; g < games; g++) {
            var game = new NoisyMatrix(ACTIONS, CounterRandom.key(seed, g));
            for (int r = 0; r < 4; r++) sum[r] += worth(game, rules[r], SIMULATIONS, CounterRandom.key(seed, g)) / games;
            for (int r = 0; r < 3 && g < gamesOfMany; r++) {
                sum[4 + r] += worth(game, rules[r], MANY, CounterRandom.key(seed, g)) / gamesOfMany;
            }
        }
        return sum;
    }

    /** Returns the worth of what the first player decides for, against a uniform other player. */
    private static double worth(NoisyMatrix game, SimultaneousRule rule, int simulations, long key) {
        var recipe = SearchRecipes.muzero().withNoise(null).withSimulations(simulations)
                .withBackUp(BackUpRule.DEFAULT.withSimultaneous(rule));
        // Nothing follows the first decision: a node more than the root would only take memory.
        try (var search = new TreeSearch(game, recipe, SearchExecution.rows(1).withBytes(1))) {
            var request = new PlanRequest(game, 1).observe(game, new float[] {0}).keys(key, 0);
            return game.rowMean((int) search.plan(request, Budget.UNLIMITED).action(0, 0) / ACTIONS);
        }
    }
}

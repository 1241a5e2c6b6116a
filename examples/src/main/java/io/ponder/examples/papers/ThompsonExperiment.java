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

/** Decoupled Thompson sampling where there are as many actions as simulations: a noisy matrix game that is searched once. */
final class ThompsonExperiment {
    private static final int ACTIONS = 64;

    private ThompsonExperiment() {}

    static Experiment experiment() {
        return Experiment.named("thompson", "Thompson sampling where players decide at once")
                .paper("Boney et al.: Learning to Play Imperfect-Information Games by Imitating an Oracle Planner, 2020")
                .claim("With no more simulations than actions, Thompson sampling finds better actions than UCB that must try every action first; so does a"
                        + " UCB whose untried actions have a finite worth.")
                .metric("worth of the chosen one of 64 actions after 64 simulations", Direction.HIGHER)
                .method("Thompson").method("UCB, untried worth 0.5").baseline("UCB, all first, c = 0.2").control("UCB, all first, c = 1.4")
                .detail("256 simulations: Thompson").detail("256 simulations: UCB, untried worth 0.5")
                .detail("256 simulations: UCB, all first")
                .atLeastAbove(0.03, "UCB, all first, c = 0.2")
                .remark("This is the part of the paper's claim that holds up: with four times as many simulations as actions (the details) the order can turn"
                        + " round, and the claim that search with Thompson sampling beats Monte Carlo tree search at large was not found in a game.")
                .inTests(2)
                .trial((seed, scale, curves) -> {
                    int games = scale == Scale.SMALL ? 40 : 80;
                    var thompson = new DecoupledThompson(0, 1);
                    var finite = new DecoupledUcb(0.2).withFirstPlay(0.5).decidingByScore();
                    var forced = new DecoupledUcb(0.2).decidingByScore();
                    return new double[] {
                        worth(thompson, ACTIONS, games, seed), worth(finite, ACTIONS, games, seed), worth(forced, ACTIONS, games, seed),
                        worth(new DecoupledUcb(1.4).decidingByScore(), ACTIONS, games, seed),
                        scale == Scale.SMALL ? 0 : worth(thompson, 4 * ACTIONS, games, seed),
                        scale == Scale.SMALL ? 0 : worth(finite, 4 * ACTIONS, games, seed),
                        scale == Scale.SMALL ? 0 : worth(forced, 4 * ACTIONS, games, seed)
                    };
                });
    }

    /** Returns the mean worth of what the first player decides for, against a uniform other player. */
    private static double worth(SimultaneousRule rule, int simulations, int games, long seed) {
        var recipe = SearchRecipes.muzero().withNoise(null).withSimulations(simulations)
                .withBackUp(BackUpRule.DEFAULT.withSimultaneous(rule));
        double sum = 0;
        for (int g = 0; g < games; g++) {
            var game = new NoisyMatrix(ACTIONS, CounterRandom.key(seed, g));
            // Nothing follows the first decision: a node more than the root would only take memory.
            try (var search = new TreeSearch(game, recipe, SearchExecution.rows(1).withBytes(1))) {
                var request = new PlanRequest(game, 1).observe(game, new float[] {0}).keys(seed, g);
                sum += game.rowMean((int) search.plan(request, Budget.UNLIMITED).action(0, 0) / ACTIONS);
            }
        }
        return sum / games;
    }
}

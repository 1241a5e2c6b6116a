package io.ponder.examples.papers;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Imitation;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.examples.games.FogChase;
import io.ponder.planners.tree.FirstPlay;
import io.ponder.planners.tree.FixedRange;
import io.ponder.planners.tree.HighestValue;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.StaticLeaf;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.planners.tree.Ucb1;
import io.ponder.worldmodels.game.GameModel;

/**
 * A follower learns to chase in fog from an oracle that sees everything and searches: a table over what the chaser sees, and
 * how often the oracle took each action there. The control learns as much from a teacher who draws his actions.
 */
final class FollowerExperiment {
    private static final FogChase GAME = new FogChase();
    private static final int ACTIONS = 5;
    private static final int SIMULATIONS = 80;
    private static final double EXPLORATION = 0.2;
    private static final long TESTS = 0x54455354L;

    private FollowerExperiment() {}

    static Experiment experiment() {
        return Experiment.named("follower", "Imitating an oracle planner")
                .paper("Boney et al.: Learning to Play Imperfect-Information Games by Imitating an Oracle Planner, 2020")
                .claim("A table that sees little learns from 300 games of an oracle that sees everything to do nearly as well.")
                .metric("share of chases in fog that end in a catch", Direction.HIGHER)
                .method("cloning").method("DAgger").baseline("random").control("drawn labels").reference("oracle")
                .atLeastAbove(0.25, "random").atLeastAbove(-0.2, "oracle")
                .inTests(1)
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.SMALL ? 150 : 300, scale == Scale.SMALL ? 60 : 200));
    }

    private static double[] trial(long seed, int games, int tests) {
        Imitation.Decider random = (position, key) -> Bits.below(ACTIONS, Bits.random(key, 0));
        try (var oracle = new Oracle()) {
            return new double[] {
                caught(taught(oracle, games, 1, seed), tests, seed),
                caught(taught(oracle, games, 0, seed), tests, seed),
                caught(random, tests, seed),
                caught(taught(random, games, 1, seed), tests, seed),
                caught(oracle, tests, seed)
            };
        }
    }

    private static Table taught(Imitation.Decider teacher, int games, double teacherShare, long seed) {
        var table = new Table();
        var lessons = new Imitation(GAME);
        for (int g = 0; g < games; g++) lessons.teach(teacher, table, teacherShare, CounterRandom.key(seed, g));
        return table;
    }

    private static double caught(Imitation.Decider decider, int tests, long seed) {
        var games = new Imitation(GAME);
        int caught = 0;
        for (int g = 0; g < tests; g++) if (games.play(decider, CounterRandom.key(seed ^ TESTS, g)) > 0) caught++;
        return (double) caught / tests;
    }

    /** Sees the evader through the fog and searches the exact rules. */
    private static final class Oracle implements Imitation.Decider, AutoCloseable {
        private final GameModel model = GameModel.of(GAME);
        private final TreeSearch search;
        private final PlanRequest request;
        private final int[] position = new int[GAME.positionSize()];

        Oracle() {
            var rule = new Ucb1(EXPLORATION, FixedRange.IDENTITY, FirstPlay.INFINITE);
            var recipe = SearchRecipes.uct(new StaticLeaf(this::closeness)).withSimulations(SIMULATIONS)
                    .withRoot(rule).withInterior(rule).withDecision(new HighestValue());
            search = new TreeSearch(model, recipe, SearchExecution.rows(1));
            request = new PlanRequest(model, 1);
        }

        /** Says that the nearer the better, below what a late catch pays. */
        private void closeness(ModelState states, float[] out) {
            for (int k = 0; k < states.columns(); k++) {
                model.get(states, k, position);
                out[k] = 0.5f - 0.04f * GAME.distance(position);
            }
        }

        @Override
        public int decide(int[] position, long key) {
            model.set(request.keys(key, 0).roots().resize(1), 0, position);
            return (int) search.plan(request, Budget.UNLIMITED).action(0, 0);
        }

        @Override
        public void close() {
            search.close();
        }
    }

    /**
     * Takes what it was taught most often for what it sees; for what it never saw, what it was taught in this cell for an
     * evader last seen there, at any time; for what it never saw at all, anything.
     */
    private static final class Table implements Imitation.Student {
        private final int[] fine = new int[GAME.views() * ACTIONS];
        private final int[] coarse = new int[fine.length / FogChase.VIEWS_OF_A_GLANCE];

        @Override
        public int decide(int[] position, long key) {
            int view = GAME.view(position);
            int best = Bits.below(ACTIONS, Bits.random(key, 0));
            int taught = most(fine, view, best);
            if (fine[view * ACTIONS + taught] > 0) return taught;
            return most(coarse, view / FogChase.VIEWS_OF_A_GLANCE, best);
        }

        private static int most(int[] count, int view, int otherwise) {
            int best = otherwise;
            for (int a = 0; a < ACTIONS; a++) if (count[view * ACTIONS + a] > count[view * ACTIONS + best]) best = a;
            return best;
        }

        @Override
        public void learn(int[] position, int action) {
            fine[GAME.view(position) * ACTIONS + action]++;
            coarse[GAME.view(position) / FogChase.VIEWS_OF_A_GLANCE * ACTIONS + action]++;
        }
    }
}

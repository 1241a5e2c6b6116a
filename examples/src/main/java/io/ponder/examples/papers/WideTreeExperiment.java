package io.ponder.examples.papers;

import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.TabularMdp;
import io.ponder.engine.tabular.ValueIteration;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.worldmodels.objective.Hedge;

/**
 * LAMPS-MM on the wide tree: one of two models is chosen online. One is right where it matters, at the root, and wrong at every one of the
 * leaves; the other is right everywhere but at the root, where it takes each child for the other.
 */
final class WideTreeExperiment {
    private static final int ACTIONS = 10;
    private static final int STATES = 5 + 2 * ACTIONS;
    private static final double OBEYS = 0.7;
    private static final int ROUNDS = 100;
    private static final int RIGHT_AT_ROOT = 0;

    private WideTreeExperiment() {}

    /** What a model is charged for. */
    private enum Loss { VALUE, STATE, CHANCE }

    static Experiment experiment() {
        return Experiment.named("lamps-tree", "Value moments or likelihood: the choice of a model (wide tree)")
                .paper("Vemula et al.: The Virtues of Laziness in Model-based RL, 2023")
                .claim("Charged for the value of the next state, Hedge keeps the model that plans well; charged for the state, the other.")
                .metric("probability of the model that is right at the root, after 100 rounds", Direction.HIGHER)
                .method("value moment").control("next state").control("losses at random").detail("cost, value moment").detail("cost, next state")
                .atLeast(0.8)
                .require("the likelihood stand-in keeps the other model (< 0.2)", outcome -> outcome.mean("next state") < 0.2)
                .require("and its policy costs more", outcome -> outcome.mean("cost, next state") > outcome.mean("cost, value moment") + 0.1)
                .inTests(5)
                .trial((seed, scale, curves) -> {
                    double[] moment = choose(Loss.VALUE, seed);
                    double[] state = choose(Loss.STATE, seed);
                    return new double[] {moment[0], state[0], choose(Loss.CHANCE, seed)[0], moment[1], state[1]};
                });
    }

    /**
     * Returns the tree: from the root 0 an even action leads to 1 and an odd one to 2, each with probability {@code obeys}; 1 leads to 3, which
     * costs 1, 2 to 4; from there every action leads to a leaf of its own, moved on by {@code shift}.
     */
    private static MdpTable tree(double obeys, int shift) {
        var builder = new MdpTable.Builder(STATES, ACTIONS).start(0, 1);
        for (int a = 0; a < ACTIONS; a++) {
            builder.outcome(obeys, 1 + a % 2, 0, false).outcome(1 - obeys, 2 - a % 2, 0, false).endRow();
        }
        for (int child = 1; child <= 2; child++) {
            for (int a = 0; a < ACTIONS; a++) builder.outcome(1, child + 2, child == 1 ? -1 : 0, false).endRow();
        }
        for (int parent = 0; parent < 2; parent++) {
            for (int a = 0; a < ACTIONS; a++) builder.outcome(1, 5 + (parent * ACTIONS + a + shift) % (2 * ACTIONS), 0, true).endRow();
        }
        for (int leaf = 5; leaf < STATES; leaf++) for (int a = 0; a < ACTIONS; a++) builder.outcome(1, leaf, 0, true).endRow();
        return builder.build();
    }

    private static double[] choose(Loss loss, long seed) {
        MdpTable truth = tree(OBEYS, 0);
        MdpTable[] models = {tree(OBEYS, 7), tree(1 - OBEYS, 0)};
        ValueIteration[] plans = new ValueIteration[2];
        for (int i = 0; i < 2; i++) plans[i] = ValueIteration.solve(models[i], 1, 0, 10);
        ValueIteration expert = ValueIteration.solve(truth, 1, 0, 10);
        var random = new RandomStream(seed, 0);
        var hedge = new Hedge(2, 0.9);
        double cost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ValueIteration plan = plans[hedge.draw(random.nextDouble())];
            double[] losses = new double[2];
            cost += episode(truth, plan, models, plan, loss, losses, random) / ROUNDS;
            episode(truth, expert, models, plan, loss, losses, random);
            hedge.observe(losses);
        }
        return new double[] {hedge.probability(RIGHT_AT_ROOT), cost};
    }

    /** Plays an episode, adds a sixth of what each model is charged at each of its three steps, and returns its cost. */
    private static double episode(
            TabularMdp truth, ValueIteration policy, TabularMdp[] models, ValueIteration values, Loss loss, double[] losses,
            RandomStream random) {
        int state = 0;
        double cost = 0;
        for (int t = 0; t < 3; t++) {
            int best = policy.bestAction(state);
            // Below the root all actions are equally good: any is taken.
            int action = state == 0 ? best : random.nextInt(ACTIONS);
            int outcome = outcome(truth, state, action, random);
            int next = truth.nextState(state, action, outcome);
            cost -= truth.reward(state, action, outcome);
            for (int i = 0; i < models.length; i++) {
                int guess = models[i].nextState(state, action, outcome(models[i], state, action, random));
                losses[i] += switch (loss) {
                    case VALUE -> Math.abs(values.value(next) - values.value(guess));
                    case STATE -> guess == next ? 0 : 1;
                    case CHANCE -> random.nextDouble();
                } / 6;
            }
            state = next;
        }
        return cost;
    }

    private static int outcome(TabularMdp mdp, int state, int action, RandomStream random) {
        double left = random.nextDouble();
        int outcome = 0;
        while (outcome < mdp.outcomeCount(state, action) - 1 && left >= mdp.probability(state, action, outcome)) {
            left -= mdp.probability(state, action, outcome++);
        }
        return outcome;
    }
}

package io.ponder.examples.papers;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.worldmodels.wrappers.OnPolicyCorrection;

/**
 * On-policy corrections in policy search: a pendulum held upright by a linear policy in a wind that the model, whose mass is wrong too,
 * does not know. Collect 8 episodes, climb the imagined return by 5 steps of finite differences, and again, 25 times.
 */
final class CorrectedSearchExperiment {
    private static final int EPISODES = 8;
    private static final int STEPS = 60;
    private static final int ROUNDS = 25;
    private static final int JUDGED = 5;
    private static final double[] LARGEST_STEP = {0.6, 0.2, 0.3};
    private static final double DIFFERENCE = 0.02;

    private CorrectedSearchExperiment() {}

    /** What the search imagines with. */
    private enum Imagination { TRUTH, MODEL, CORRECTED, CORRECTED_ONCE }

    static Experiment experiment() {
        return Experiment.named("opc-search", "On-policy corrections in policy search")
                .paper("Fröhlich et al.: On-Policy Model Errors in Reinforcement Learning, 2022")
                .claim("A biased model, corrected by the current policy's episodes, improves a policy as well as the true dynamics do.")
                .metric("return of the last 5 of 25 rounds of policy search (pendulum in an unknown wind)", Direction.HIGHER)
                .method("corrected").control("uncorrected").control("corrected once, by round 0").reference("true dynamics")
                .atLeastAbove(-0.01, "true dynamics").beats("uncorrected")
                .curvesOver("rounds").inTests(3)
                .trial((seed, scale, curves) -> new double[] {
                    search(Imagination.CORRECTED, "corrected", seed, curves), search(Imagination.MODEL, "uncorrected", seed, curves),
                    search(Imagination.CORRECTED_ONCE, "corrected once, by round 0", seed, curves),
                    search(Imagination.TRUTH, "true dynamics", seed, curves)
                });
    }

    private static double search(Imagination how, String name, long seed, Curves curves) {
        var random = new RandomStream(seed, 0);
        double[] policy = {-12 + 0.5 * random.nextGaussian(), -3 + 0.5 * random.nextGaussian(), 0.5 * random.nextGaussian()};
        var starts = new float[2 * EPISODES];
        for (int i = 0; i < starts.length; i++) starts[i] = (float) (0.2 * random.nextGaussian());
        WorldModel truth = pendulum(1, 0.6);
        WorldModel imagined = pendulum(how == Imagination.TRUTH ? 1 : 1.3, how == Imagination.TRUTH ? 0.6 : 0);
        TransitionStore reference = episodes(truth, policy, starts);
        double[] x = new double[ROUNDS];
        double[] returns = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            x[round] = round;
            returns[round] = values(truth, new double[][] {policy}, starts)[0];
            if (how != Imagination.CORRECTED_ONCE) reference = episodes(truth, policy, starts);
            boolean corrected = how == Imagination.CORRECTED || how == Imagination.CORRECTED_ONCE;
            WorldModel model = corrected ? new OnPolicyCorrection(imagined, reference) : imagined;
            for (int step = 0; step < 5; step++) ascend(model, policy, starts);
        }
        curves.add(name, x, returns);
        double sum = 0;
        for (int round = ROUNDS - JUDGED; round < ROUNDS; round++) sum += returns[round] / JUDGED;
        return sum;
    }

    private static WorldModel pendulum(double mass, double wind) {
        return LambdaModel.of(2, 1, (state, action, next) -> {
            double speed = state[1] + 0.05 * (9.8 * Math.sin(state[0]) + action[0] / mass + wind - 0.05 * state[1]);
            next[0] = (float) (state[0] + 0.05 * speed);
            next[1] = (float) speed;
            return -(state[0] * state[0] + 0.001 * action[0] * action[0]);
        });
    }

    private static void ascend(WorldModel model, double[] policy, float[] starts) {
        double[][] around = new double[2 * policy.length][];
        for (int i = 0; i < around.length; i++) {
            around[i] = policy.clone();
            around[i][i / 2] += i % 2 == 0 ? DIFFERENCE : -DIFFERENCE;
        }
        double[] values = values(model, around, starts);
        for (int i = 0; i < policy.length; i++) {
            double slope = (values[2 * i] - values[2 * i + 1]) / (2 * DIFFERENCE);
            policy[i] += LARGEST_STEP[i] * Math.signum(slope) * Math.min(1, 20 * Math.abs(slope));
        }
    }

    /** Returns the mean return of each policy from all starts. */
    private static double[] values(WorldModel model, double[][] policies, float[] starts) {
        int columns = policies.length * EPISODES;
        var observations = new float[2 * columns];
        for (int k = 0; k < columns; k++) {
            for (int d = 0; d < 2; d++) observations[d * columns + k] = starts[d * EPISODES + k % EPISODES];
        }
        var state = new ModelState(model.spec(), columns);
        model.init(observations, columns, state);
        if (model instanceof OnPolicyCorrection corrected) {
            var rows = new int[columns];
            for (int k = 0; k < columns; k++) rows[k] = k % EPISODES * STEPS;
            corrected.place(state, rows);
        }
        var out = new StepBuffer(model.spec(), columns);
        var keys = new ColumnKeys(columns).resize(columns);
        var actions = new float[columns];
        double[] values = new double[policies.length];
        for (int t = 0; t < STEPS; t++) {
            for (int k = 0; k < columns; k++) actions[k] = action(policies[k / EPISODES], state.values()[k], state.values()[columns + k]);
            model.step(state, actions, keys.step(t), out);
            state.copyFrom(out.next());
            for (int k = 0; k < columns; k++) values[k / EPISODES] += out.reward()[k] / EPISODES;
        }
        return values;
    }

    private static float action(double[] policy, double angle, double speed) {
        return (float) (policy[0] * angle + policy[1] * speed + policy[2]);
    }

    private static TransitionStore episodes(WorldModel truth, double[] policy, float[] starts) {
        var store = new TransitionStore(2, 1);
        var state = new ModelState(truth.spec(), 1);
        var out = new StepBuffer(truth.spec(), 1);
        var keys = new ColumnKeys(1).resize(1);
        for (int episode = 0; episode < EPISODES; episode++) {
            truth.init(new float[] {starts[episode], starts[EPISODES + episode]}, 1, state);
            for (int t = 0; t < STEPS; t++) {
                float[] before = state.values().clone();
                float[] action = {action(policy, before[0], before[1])};
                truth.step(state, action, keys.step(t), out);
                state.copyFrom(out.next());
                store.add(before, action, out.reward()[0], state.values(), false, t == STEPS - 1);
            }
        }
        return store;
    }
}

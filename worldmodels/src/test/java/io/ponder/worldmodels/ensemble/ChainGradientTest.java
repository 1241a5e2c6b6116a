package io.ponder.worldmodels.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.Kernels;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares predictions and gradients of learned chains with an independent computation in double. */
final class ChainGradientTest {
    private static final int COLUMNS = 20;
    private static final double STEP = 1e-5;

    /** Float rounding through three layers, relative to the largest entry of a column's gradient. */
    private static final double TOLERANCE = 1e-5;

    private static final EnsembleParameters NETWORKS = EnsembleParameters.small().withMembers(3).withSize(2, 24);

    @Test
    void predictionsEqualTheReference() {
        LearnedChain chain = Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).angles(1).learnReward().seed(1).build());
        var reference = new ReferenceChain(chain.predictor(), NETWORKS, new int[] {1});
        var problem = new Problem(chain.model(), 2);
        var each = new Prediction(1, 4, COLUMNS);
        var all = new Prediction(3, 4, COLUMNS);
        var member = new int[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) member[k] = (k * 7) % 3;

        chain.predictor().predict(member, problem.state.values(), problem.actions, COLUMNS, each);
        chain.predictor().predictAll(problem.state.values(), problem.actions, COLUMNS, all);

        for (int k = 0; k < COLUMNS; k++) {
            double[] expected = reference.predict(member[k], problem.observation(k), problem.action(k));
            for (int d = 0; d < 4; d++) {
                int at = d * COLUMNS + k;
                assertThat(Math.abs(each.mean()[at] - expected[d])).isLessThan(2e-6 * (1 + Math.abs(expected[d])));
                assertThat(Math.abs(each.logVariance()[at] - expected[4 + d])).isLessThan(2e-5);
                assertThat(all.mean()[(member[k] * 4 + d) * COLUMNS + k]).isEqualTo(each.mean()[at]);
                assertThat(all.logVariance()[(member[k] * 4 + d) * COLUMNS + k]).isEqualTo(each.logVariance()[at]);
            }
        }
    }

    @Test
    void trajectorySamplingGradientEqualsCentralDifferences() {
        check(ParticlePropagation.TS_INFINITY, true, NETWORKS);
    }

    @Test
    void gradientOfTheMeanOfMembersEqualsCentralDifferences() {
        check(ParticlePropagation.MEAN, false, NETWORKS);
    }

    @Test
    void gradientOfASingleDeterministicNetworkEqualsCentralDifferences() {
        check(ParticlePropagation.TS_INFINITY, false, EnsembleParameters.deterministic(2, 24));
    }

    private static void check(ParticlePropagation mode, boolean sampled, EnsembleParameters networks) {
        LearnedChain chain = Toy.warmed(LearnedChain.of(3, 2).ensemble(networks).angles(1).reward(new SumOfSquares())
                .propagation(mode, sampled).seed(1).build());
        var reference = new ReferenceChain(chain.predictor(), networks, new int[] {1});
        var problem = new Problem(chain.model(), 3);
        var toState = new float[3 * COLUMNS];
        var toAction = new float[2 * COLUMNS];
        assertThat(chain.model().as(Differentiable.class)).isNotNull();

        chain.model().as(Differentiable.class).backward(
                problem.state, problem.actions, problem.keys, problem.nextCotangent, problem.rewardCotangent, toState, toAction);

        double worst = 0;
        for (int k = 0; k < COLUMNS; k++) {
            var expected = new double[5];
            double size = 0;
            for (int i = 0; i < 5; i++) {
                expected[i] = (problem.objective(reference, mode, sampled, networks.members(), k, i, STEP)
                                - problem.objective(reference, mode, sampled, networks.members(), k, i, -STEP))
                        / (2 * STEP);
                size = Math.max(size, Math.abs(expected[i]));
            }
            for (int i = 0; i < 5; i++) {
                float actual = i < 3 ? toState[i * COLUMNS + k] : toAction[(i - 3) * COLUMNS + k];
                worst = Math.max(worst, Math.abs(actual - expected[i]) / size);
            }
        }
        assertThat(worst).isLessThan(TOLERANCE);
    }

    /** Random columns and cotangents, and the same objective in double. */
    private static final class Problem {
        final ModelState state;
        final float[] actions = new float[2 * COLUMNS];
        final ColumnKeys keys = new ColumnKeys(COLUMNS).resize(COLUMNS).step(4);
        final float[] nextCotangent = new float[3 * COLUMNS];
        final float[] rewardCotangent = new float[COLUMNS];
        final float[] normals = new float[3 * COLUMNS];

        Problem(WorldModel model, long seed) {
            var random = new Random(seed);
            state = new ModelState(model.spec(), COLUMNS);
            var observations = new float[3 * COLUMNS];
            for (int i = 0; i < observations.length; i++) {
                observations[i] = (float) random.nextGaussian() + (i >= 2 * COLUMNS ? 5 : 0);
                nextCotangent[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < actions.length; i++) actions[i] = (float) random.nextGaussian();
            for (int k = 0; k < COLUMNS; k++) rewardCotangent[k] = (float) random.nextGaussian();
            keys.set(0, COLUMNS, 77, 0);
            model.init(observations, COLUMNS, state);
            model.begin(state, keys);
            Kernels.get().fillNormal(keys.key0(), keys.key1(), keys.sample(), 0, 4 * 4, 3, COLUMNS, normals, 0, COLUMNS);
        }

        double[] observation(int k) {
            return new double[] {state.values()[k], state.values()[COLUMNS + k], state.values()[2 * COLUMNS + k]};
        }

        double[] action(int k) {
            return new double[] {actions[k], actions[COLUMNS + k]};
        }

        double objective(
                ReferenceChain reference, ParticlePropagation mode, boolean sampled, int members, int k, int entry, double step) {
            double[] x = observation(k);
            double[] u = action(k);
            if (entry < 3) x[entry] += step;
            else u[entry - 3] += step;
            var next = new double[3];
            if (mode == ParticlePropagation.MEAN) {
                for (int e = 0; e < members; e++) {
                    double[] prediction = reference.predict(e, x, u);
                    for (int d = 0; d < 3; d++) next[d] += prediction[d] / members;
                }
            } else {
                double[] prediction = reference.predict(state.tags()[k], x, u);
                for (int d = 0; d < 3; d++) {
                    next[d] = prediction[d] + (sampled ? Math.exp(0.5 * prediction[3 + d]) * normals[d * COLUMNS + k] : 0);
                }
            }
            double reward = -u[0] * u[0] - u[1] * u[1];
            double sum = 0;
            for (int d = 0; d < 3; d++) {
                reward -= x[d] * x[d] + next[d] * next[d];
                sum += nextCotangent[d * COLUMNS + k] * next[d];
            }
            return sum + rewardCotangent[k] * reward;
        }
    }
}

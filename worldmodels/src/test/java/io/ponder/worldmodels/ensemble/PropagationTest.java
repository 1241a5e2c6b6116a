package io.ponder.worldmodels.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import org.junit.jupiter.api.Test;

final class PropagationTest {
    private static final EnsembleParameters NETWORKS = EnsembleParameters.small().withSize(2, 16);

    private static LearnedChain chain(ParticlePropagation mode, boolean sampled) {
        return Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).learnReward().propagation(mode, sampled).seed(2).build());
    }

    @Test
    void infinityKeepsAMemberBalancedOverAnyNumberOfParticles() {
        for (int particles : new int[] {1, 3, 5, 7, 20}) {
            WorldModel model = chain(ParticlePropagation.TS_INFINITY, true).model();
            int candidates = 35;
            int columns = candidates * particles;
            var batch = new Columns(model, columns, 99);
            int[] chosen = batch.state.tags().clone();

            int[] overall = new int[5];
            for (int candidate = 0; candidate < candidates; candidate++) {
                int[] count = new int[5];
                for (int p = 0; p < particles; p++) {
                    count[chosen[candidate * particles + p]]++;
                    overall[chosen[candidate * particles + p]]++;
                }
                // The particles of one candidate share the members as evenly as their number allows.
                for (int members : count) assertThat(members).isBetween(particles / 5, (particles + 4) / 5);
            }
            for (int members : overall) assertThat(members).isEqualTo(columns / 5);

            for (int t = 0; t < 4; t++) {
                batch.step(t);
                batch.state.copyFrom(batch.out.next());
                assertThat(batch.state.tags()).isEqualTo(chosen);
            }
        }
    }

    @Test
    void firstMemberOfInfinityDependsOnTheKey() {
        WorldModel model = chain(ParticlePropagation.TS_INFINITY, true).model();
        int[] seen = new int[5];
        for (long key = 0; key < 500; key++) seen[new Columns(model, 1, key).state.tags()[0]]++;

        // Binomial with mean 100 and deviation 9.
        for (int count : seen) assertThat(count).isBetween(60, 140);
    }

    @Test
    void oneRedrawsTheMemberOfEveryParticleAtEveryStep() {
        LearnedChain chain = chain(ParticlePropagation.TS1, false);
        WorldModel model = chain.model();
        int columns = 2000;
        var batch = new Columns(model, columns, 5);
        int[][] chosen = {members(chain, batch, 0), members(chain, batch, 1)};

        int[][] joint = new int[5][5];
        for (int k = 0; k < columns; k++) joint[chosen[0][k]][chosen[1][k]]++;

        // Independent and uniform: 80 of 2000 in each of the 25 cells; chi-squared of 24 degrees of freedom stays below 56 (p = 2e-4).
        double chiSquared = 0;
        for (int[] row : joint) for (int count : row) chiSquared += (count - 80.0) * (count - 80.0) / 80;
        assertThat(chiSquared).isLessThan(56);
        int equalNeighbours = 0;
        for (int k = 1; k < columns; k++) if (chosen[0][k] == chosen[0][k - 1]) equalNeighbours++;
        assertThat(equalNeighbours).isBetween(300, 500);
    }

    /** Finds out which member predicted each column: without noise the next state is exactly that member's mean. */
    private static int[] members(LearnedChain chain, Columns batch, int step) {
        batch.step(step);
        int columns = batch.state.columns();
        var all = new Prediction(5, 4, columns);
        chain.predictor().predictAll(batch.state.values(), batch.actions, columns, all);
        var found = new int[columns];
        for (int k = 0; k < columns; k++) {
            found[k] = -1;
            for (int e = 0; e < 5; e++) if (all.mean()[e * 4 * columns + k] == batch.out.next().values()[k]) found[k] = e;
            assertThat(found[k]).isNotNegative();
        }
        return found;
    }

    @Test
    void sampledStatesHaveMeanAndVarianceOfTheMixture() {
        for (ParticlePropagation mode : new ParticlePropagation[] {ParticlePropagation.TS1, ParticlePropagation.TS_INFINITY}) {
            LearnedChain chain = chain(mode, true);
            int columns = 50_000;
            var batch = new Columns(chain.model(), columns, 8);
            var all = new Prediction(5, 4, 1);
            chain.predictor().predictAll(new float[] {0.5f, 1, 5}, new float[] {0.2f, -0.4f}, 1, all);

            batch.step(0);

            for (int d = 0; d < 3; d++) {
                double mean = 0;
                double second = 0;
                for (int e = 0; e < 5; e++) {
                    double mu = all.mean()[e * 4 + d];
                    mean += mu / 5;
                    second += (mu * mu + Math.exp(all.logVariance()[e * 4 + d])) / 5;
                }
                double variance = second - mean * mean;
                double sampleMean = 0;
                double sampleSecond = 0;
                for (int k = 0; k < columns; k++) {
                    double x = batch.out.next().values()[d * columns + k];
                    sampleMean += x / columns;
                    sampleSecond += (x - mean) * (x - mean) / columns;
                }
                // Five standard errors; that of a variance is at most sqrt(2 / n) for tails no heavier than normal ones.
                assertThat(sampleMean).isCloseTo(mean, within(5 * Math.sqrt(variance / columns)));
                assertThat(sampleSecond).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / columns)));
            }
        }
    }

    @Test
    void noiseIsDrawnAnewAtEveryStep() {
        WorldModel model = chain(ParticlePropagation.TS_INFINITY, true).model();
        var batch = new Columns(model, 1000, 8);
        batch.step(0);
        float[] first = batch.out.next().values().clone();
        batch.step(1);
        float[] second = batch.out.next().values();

        int equal = 0;
        for (int i = 0; i < 3000; i++) if (first[i] == second[i]) equal++;
        assertThat(equal).isLessThan(10);
    }

    @Test
    void meanIsTheAverageOfTheMembersAndNeverDraws() {
        LearnedChain chain = chain(ParticlePropagation.MEAN, true);
        var batch = new Columns(chain.model(), 3, 8);
        var all = new Prediction(5, 4, 3);
        chain.predictor().predictAll(batch.state.values(), batch.actions, 3, all);

        batch.step(0);

        for (int i = 0; i < 9; i++) {
            double mean = 0;
            for (int e = 0; e < 5; e++) mean += all.mean()[e * 12 + i] / 5;
            assertThat((double) batch.out.next().values()[i]).isCloseTo(mean, within(1e-5));
        }
        for (int k = 0; k < 3; k++) {
            double reward = 0;
            for (int e = 0; e < 5; e++) reward += all.mean()[e * 12 + 9 + k] / 5;
            assertThat((double) batch.out.reward()[k]).isCloseTo(reward, within(1e-5));
        }
    }

    @Test
    void wrappedChainStillShowsItsMembers() {
        WorldModel model = LearnedChain.of(3, 2).ensemble(NETWORKS).reward(new SumOfSquares()).discount(0.9).build().model();

        assertThat(model.as(EnsembleView.class)).isNotNull();
        assertThat(model.as(EnsembleView.class).members()).isEqualTo(5);
    }

    @Test
    void stagesInTheWrongOrderAreRefused() {
        Predictor networks = new GaussianEnsemble(NETWORKS, 3, 2, 3, 0);
        assertThatThrownBy(() -> new InputNormaliser(new DeltaTarget(networks)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the input normaliser around the delta target")
                .hasMessageContaining("Maybe swap the two");
        assertThatThrownBy(() -> new DeltaTarget(new DeltaTarget(networks))).hasMessageContaining("each at most once");
        assertThatThrownBy(() -> new Propagation(new GaussianEnsemble(NETWORKS, 3, 2, 5, 0), 0, ParticlePropagation.TS1, true))
                .hasMessageContaining("targetSize is 5");
    }

    @Test
    void rewardMustBeEitherKnownOrLearned() {
        assertThatThrownBy(() -> LearnedChain.of(3, 2).build()).hasMessageContaining("no reward").hasMessageContaining("Maybe");
        assertThatThrownBy(() -> LearnedChain.of(3, 2).learnReward().reward(new SumOfSquares()).build())
                .hasMessageContaining("a known and a learned reward");
    }

    @Test
    void discreteActionsBecomeIndicators() {
        LearnedChain chain = LearnedChain.ofDiscrete(3, 4).ensemble(NETWORKS).learnReward().seed(3).build();
        WorldModel model = chain.model();
        assertThat(model.spec().actionCount()).isEqualTo(4);
        assertThat(chain.predictor().differentiable()).isFalse();
        var next = new float[4];
        for (int a = 0; a < 4; a++) {
            var out = new Prediction(1, 4, 1);
            chain.predictor().predict(new int[1], new float[] {1, 2, 3}, new float[] {a}, 1, out);
            next[a] = out.mean()[0];
        }
        assertThat(next).doesNotHaveDuplicates();
    }

    /** Equal columns with samples 0, 1, ... of one key. */
    private static final class Columns {
        final WorldModel model;
        final ModelState state;
        final StepBuffer out;
        final float[] actions;
        final ColumnKeys keys;

        Columns(WorldModel model, int columns, long key) {
            this.model = model;
            state = new ModelState(model.spec(), columns);
            out = new StepBuffer(model.spec(), columns);
            actions = new float[2 * columns];
            java.util.Arrays.fill(actions, 0, columns, 0.2f);
            java.util.Arrays.fill(actions, columns, 2 * columns, -0.4f);
            var observations = new float[3 * columns];
            java.util.Arrays.fill(observations, 0, columns, 0.5f);
            java.util.Arrays.fill(observations, columns, 2 * columns, 1);
            java.util.Arrays.fill(observations, 2 * columns, 3 * columns, 5);
            keys = new ColumnKeys(columns).resize(columns);
            keys.set(0, columns, key, 0);
            model.init(observations, columns, state);
            model.begin(state, keys);
        }

        void step(int t) {
            keys.step(t);
            model.step(state, actions, keys, out);
        }
    }
}

package io.ponder.worldmodels.abstraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.EnsembleView;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.WorldModelContract;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.linear.LinearGaussianModel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The contract for a model over latent actions, the decoder and the reward that shapes it. */
final class ActionAbstractionTest extends WorldModelContract {
    private static final TanhDecoder DECODER = new TanhDecoder(1, 2, new float[] {0.5f, -2});

    @Override
    protected WorldModel model() {
        var inner = new LinearGaussianModel(new double[][] {{1, 0.1}, {0, 0.9}}, new double[][] {{0.2, 0}, {0, 0.3}}, new double[2],
                new double[][] {{0.01, 0}, {0, 0.01}}, true);
        return new DecodedActions(inner, DECODER);
    }

    @Override
    protected float[] observation(Random random) {
        return new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
    }

    @Override
    protected float[] action(Random random) {
        return new float[] {2 * random.nextFloat() - 1};
    }

    @Test
    void decodesByColumns() {
        float[] actions = new float[4];
        DECODER.decode(new float[4], new float[] {1, -0.5f}, 2, actions);

        assertThat(actions).containsExactly(
                (float) Math.tanh(0.5), (float) Math.tanh(-0.25), (float) Math.tanh(-2), (float) Math.tanh(1));
    }

    @Test
    void anEnsembleOfActionsIsNotOneOfLatentActions() {
        LearnedChain chain = LearnedChain.of(2, 2).learnReward().ensemble(EnsembleParameters.small().withSize(1, 4)).build();
        assertThat(new DecodedActions(chain.model(), DECODER).as(EnsembleView.class)).isNull();
        assertThatThrownBy(() -> new DecodedActions(chain.model(), new TanhDecoder(1, 3, new float[3])))
                .hasMessageContaining("actionSize of the decoder is 3");
    }

    @Test
    void theRewardIsBetweenNothingToldAndAllTold() {
        assertThat(PredictabilityReward.of(-3, new double[] {-3, -3, -3}, 3)).isEqualTo(0, within(1e-12));
        assertThat(PredictabilityReward.of(0, new double[] {-1000, -1000, -1000}, 3)).isEqualTo(Math.log(4), within(1e-9));
        assertThat(PredictabilityReward.of(Math.log(3), new double[] {0, 0, 99}, 2)).isEqualTo(Math.log(9 / 5.0), within(1e-12));
        assertThat(PredictabilityReward.of(-2, new double[] {0}, 1)).isNegative();
    }

    @Test
    void theMeanRewardIsTheMutualInformationOfAGaussianChannel() {
        // s' = z + noise, both normal with variances 1 and 0.25: 0.5 ln(1 + 4) nats.
        var random = new Random(1);
        int others = 400;
        double sum = 0;
        int samples = 4000;
        double[] logDensity = new double[others];
        for (int i = 0; i < samples; i++) {
            double z = random.nextGaussian();
            double next = z + 0.5 * random.nextGaussian();
            for (int l = 0; l < others; l++) logDensity[l] = -2 * Math.pow(next - random.nextGaussian(), 2);
            sum += PredictabilityReward.of(-2 * (next - z) * (next - z), logDensity, others) / samples;
        }
        // Within four standard errors of the mean and the bias of 400 others.
        assertThat(sum).isCloseTo(0.5 * Math.log(5), within(0.05));
    }
}

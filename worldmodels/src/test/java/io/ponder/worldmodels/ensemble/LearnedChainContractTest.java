package io.ponder.worldmodels.ensemble;

import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.WorldModelContract;
import java.util.Random;
import org.junit.jupiter.api.Nested;

/** The laws of world models for learned chains. */
final class LearnedChainContractTest {
    private static final EnsembleParameters NETWORKS = EnsembleParameters.small().withMembers(3).withSize(2, 24);

    @Nested
    final class TrajectorySamplingInfinity extends ChainContract {
        @Override
        protected WorldModel model() {
            return Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).learnReward().seed(3).build()).model();
        }
    }

    @Nested
    final class TrajectorySamplingOneWithAngles extends ChainContract {
        @Override
        protected WorldModel model() {
            return Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).angles(1).learnReward().seed(4)
                    .propagation(ParticlePropagation.TS1, true).build()).model();
        }
    }

    @Nested
    final class MeanOfMembers extends ChainContract {
        @Override
        protected WorldModel model() {
            return Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).learnReward().seed(5)
                    .propagation(ParticlePropagation.MEAN, true).build()).model();
        }
    }

    @Nested
    final class SingleDeterministicNetworkOfTheNextObservation extends ChainContract {
        @Override
        protected WorldModel model() {
            return Toy.warmed(LearnedChain.of(3, 2).ensemble(EnsembleParameters.deterministic(2, 24)).delta(false)
                    .normaliseTargets(false).learnReward().discount(0.9).seed(6).build()).model();
        }
    }

    @Nested
    final class KnownRewardAndTermination extends ChainContract {
        @Override
        protected WorldModel model() {
            return Toy.warmed(LearnedChain.of(3, 2).ensemble(NETWORKS).reward(new SumOfSquares())
                    .termination((before, action, next, columns, discount) -> {
                        for (int k = 0; k < columns; k++) if (next[k] > 1) discount[k] = 0;
                    }).seed(7).build()).model();
        }
    }

    /** Draws what the toy data looks like. */
    abstract static class ChainContract extends WorldModelContract {
        @Override
        protected float[] observation(Random random) {
            return new float[] {(float) random.nextGaussian(), (float) random.nextGaussian(), 5 + (float) random.nextGaussian()};
        }

        @Override
        protected float[] action(Random random) {
            return new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
        }
    }
}

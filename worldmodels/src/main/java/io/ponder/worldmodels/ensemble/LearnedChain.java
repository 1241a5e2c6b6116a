package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.TerminationFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.train.EnsembleLearner;
import io.ponder.worldmodels.wrappers.Discounted;
import io.ponder.worldmodels.wrappers.KnownReward;
import io.ponder.worldmodels.wrappers.KnownTermination;
import org.jspecify.annotations.Nullable;

/**
 * A learned world model in the usual order: networks, input normaliser, input features, target normaliser, delta target, propagation,
 * known reward, known termination, discount.
 *
 * <p>{@link #model} imagines, {@link #learner} is trained; both share the weights, so a fit shows in every later step and in all forks.
 * Train while nobody plans.
 *
 * <pre>{@code
 * var chain = LearnedChain.of(3, 1).reward(reward).seed(7).build();
 * new FitLoop(FitParameters.defaults(), 7).fit(chain.learner(), data);
 * var problem = Problem.of(chain.model(), low, high);
 * }</pre>
 */
public final class LearnedChain {
    private final Predictor predictor;
    private final Propagation propagation;
    private final WorldModel model;
    private final EnsembleLearner learner;

    private LearnedChain(Builder builder) {
        predictor = builder.predictor();
        propagation = new Propagation(predictor, builder.actionCount, builder.propagation, builder.sampled);
        model = builder.wrap(propagation);
        learner = new PredictorLearner(predictor);
    }

    /** Starts a chain for observations of {@code observationSize} entries and continuous actions of {@code actionSize} entries. */
    public static Builder of(int observationSize, int actionSize) {
        return new Builder(observationSize, actionSize, 0);
    }

    /** Starts a chain for observations of {@code observationSize} entries and {@code actionCount} discrete actions. */
    public static Builder ofDiscrete(int observationSize, int actionCount) {
        return new Builder(observationSize, 1, Checks.positive("actionCount", actionCount));
    }

    /** Returns the model to plan with. */
    public WorldModel model() {
        return model;
    }

    /** Returns what a fit loop trains. */
    public EnsembleLearner learner() {
        return learner;
    }

    /** Returns the outermost predictor: what a step is expected to lead to, with every member. */
    public Predictor predictor() {
        return predictor;
    }

    /** Returns the same networks, propagated in another way, without the wrappers around it. */
    public Propagation propagated(ParticlePropagation mode, boolean sampled) {
        return new Propagation(predictor.fork(), propagation.spec().actionCount(), mode, sampled);
    }

    /** Collects the parts of a chain. Not thread-safe. */
    public static final class Builder {
        private final int observationSize;
        private final int actionSize;
        private final int actionCount;
        private EnsembleParameters ensemble = EnsembleParameters.small();
        private int[] angles = {};
        private boolean learnReward;
        private boolean normaliseTargets = true;
        private boolean delta = true;
        private ParticlePropagation propagation = ParticlePropagation.TS_INFINITY;
        private boolean sampled = true;
        private @Nullable RewardFunction reward;
        private @Nullable TerminationFunction termination;
        private double discount = 1;
        private long seed;

        private Builder(int observationSize, int actionSize, int actionCount) {
            this.observationSize = Checks.positive("observationSize", observationSize);
            this.actionSize = Checks.positive("actionSize", actionSize);
            this.actionCount = actionCount;
        }

        /** Sets the networks; default {@link EnsembleParameters#small}. */
        public Builder ensemble(EnsembleParameters newEnsemble) {
            ensemble = newEnsemble;
            return this;
        }

        /** Says which entries of the observation are angles in radians, ascending; default none. */
        public Builder angles(int... entries) {
            angles = entries.clone();
            return this;
        }

        /** Makes the reward the last target of the networks. */
        public Builder learnReward() {
            learnReward = true;
            return this;
        }

        /** Sets whether targets are standardised; default true. */
        public Builder normaliseTargets(boolean normalise) {
            normaliseTargets = normalise;
            return this;
        }

        /** Sets whether the change of the observation is predicted rather than the next observation; default true. */
        public Builder delta(boolean predictsChange) {
            delta = predictsChange;
            return this;
        }

        /** Sets how members and noise are drawn; default TS-infinity with noise. */
        public Builder propagation(ParticlePropagation mode, boolean drawsNoise) {
            propagation = mode;
            sampled = drawsNoise;
            return this;
        }

        /** Sets a known reward. */
        public Builder reward(RewardFunction known) {
            reward = known;
            return this;
        }

        /** Sets a known end of episodes; default none. */
        public Builder termination(@Nullable TerminationFunction known) {
            termination = known;
            return this;
        }

        /** Sets the discount of every step, from 0 to 1; default 1. */
        public Builder discount(double newDiscount) {
            discount = Checks.inRange("discount", newDiscount, 0, 1);
            return this;
        }

        /** Sets the seed of the weights; default 0. */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Returns the chain.
         *
         * @throws IllegalArgumentException if the reward is neither known nor learned, or both
         */
        public LearnedChain build() {
            if (learnReward == (reward != null)) {
                throw new IllegalArgumentException("The chain has " + (learnReward ? "a known and a learned reward" : "no reward")
                        + ", but it needs exactly one.\nMaybe " + (learnReward ? "leave out learnReward." : "call reward or learnReward."));
            }
            return new LearnedChain(this);
        }

        private Predictor predictor() {
            int features = InputFeatures.featureCount(observationSize, angles.length);
            int actionRows = Math.max(actionSize, actionCount);
            int targets = observationSize + (learnReward ? 1 : 0);
            Predictor made = new InputNormaliser(new GaussianEnsemble(ensemble, features, actionRows, targets, seed));
            if (angles.length > 0 || actionCount > 0) made = new InputFeatures(made, observationSize, angles, actionCount);
            if (normaliseTargets) made = new TargetNormaliser(made);
            return delta ? new DeltaTarget(made) : made;
        }

        private WorldModel wrap(WorldModel inner) {
            WorldModel made = inner;
            if (reward != null) made = new KnownReward(made, reward);
            if (termination != null) made = new KnownTermination(made, termination);
            return discount < 1 ? new Discounted(made, discount) : made;
        }
    }
}

package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.TerminationFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.train.EnsembleLearner;
import io.ponder.worldmodels.wrappers.Discounted;
import io.ponder.worldmodels.wrappers.KnownReward;
import io.ponder.worldmodels.wrappers.KnownTermination;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
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
    private final ChainShape shape;
    private final Predictor predictor;
    private final UnaryOperator<WorldModel> wrappers;
    private final WorldModel model;
    private final EnsembleLearner learner;

    private LearnedChain(Builder builder) {
        shape = builder.shape();
        predictor = predictor(shape);
        wrappers = builder.wrappers();
        model = wrappers.apply(new Propagation(predictor, shape.actionCount(), shape.propagation(), shape.sampled()));
        learner = new PredictorLearner(predictor);
    }

    private static Predictor predictor(ChainShape shape) {
        int[] angles = shape.angleEntries();
        int features = InputFeatures.featureCount(shape.observationSize(), angles.length);
        int actionRows = Math.max(shape.actionSize(), shape.actionCount());
        int targets = shape.observationSize() + (shape.learnsReward() ? 1 : 0);
        Predictor made =
                new InputNormaliser(new GaussianEnsemble(shape.ensemble(), features, actionRows, targets, shape.seed()));
        if (angles.length > 0 || shape.actionCount() > 0) {
            made = new InputFeatures(made, shape.observationSize(), angles, shape.actionCount());
        }
        if (shape.normalisesTargets()) made = new TargetNormaliser(made);
        return shape.delta() ? new DeltaTarget(made) : made;
    }

    /** Starts a chain for observations of {@code observationSize} entries and continuous actions of {@code actionSize} entries. */
    public static Builder of(int observationSize, int actionSize) {
        return of(ChainShape.of(observationSize, actionSize, 0));
    }

    /** Starts a chain for observations of {@code observationSize} entries and {@code actionCount} discrete actions. */
    public static Builder ofDiscrete(int observationSize, int actionCount) {
        return of(ChainShape.of(observationSize, 1, Checks.positive("actionCount", actionCount)));
    }

    /** Starts a chain of a stated shape, such as that of a saved one. */
    public static Builder of(ChainShape shape) {
        return new Builder(shape);
    }

    /** Returns what is needed to build this chain again, but for its known functions and its weights. */
    public ChainShape shape() {
        return shape;
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
        return new Propagation(predictor.fork(), shape.actionCount(), mode, sampled);
    }

    /**
     * Returns the same networks with the same known functions, propagated in another way. A search tree wants {@code MEAN}: a node of
     * it stands for one state, so that a step must not be random.
     */
    public WorldModel model(ParticlePropagation mode, boolean sampled) {
        return wrappers.apply(propagated(mode, sampled));
    }

    /** Collects the parts of a chain. Not thread-safe. */
    public static final class Builder {
        private final int observationSize;
        private final int actionSize;
        private final int actionCount;
        private EnsembleParameters ensemble;
        private List<Integer> angles;
        private boolean learnReward;
        private boolean normaliseTargets;
        private boolean delta;
        private ParticlePropagation propagation;
        private boolean sampled;
        private double discount;
        private long seed;
        private @Nullable RewardFunction reward;
        private @Nullable TerminationFunction termination;

        private Builder(ChainShape shape) {
            observationSize = shape.observationSize();
            actionSize = shape.actionSize();
            actionCount = shape.actionCount();
            ensemble = shape.ensemble();
            angles = shape.angles();
            learnReward = shape.learnsReward();
            normaliseTargets = shape.normalisesTargets();
            delta = shape.delta();
            propagation = shape.propagation();
            sampled = shape.sampled();
            discount = shape.discount();
            seed = shape.seed();
        }

        private ChainShape shape() {
            return new ChainShape(observationSize, actionSize, actionCount, angles, ensemble, learnReward, normaliseTargets, delta,
                    propagation, sampled, discount, seed);
        }

        /** Sets the networks; default {@link EnsembleParameters#small}. */
        public Builder ensemble(EnsembleParameters newEnsemble) {
            ensemble = newEnsemble;
            return this;
        }

        /** Says which entries of the observation are angles in radians, ascending; default none. */
        public Builder angles(int... entries) {
            angles = Arrays.stream(entries).boxed().toList();
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

        /** Sets a known reward; default none. */
        public Builder reward(@Nullable RewardFunction known) {
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

        private UnaryOperator<WorldModel> wrappers() {
            RewardFunction knownReward = reward;
            TerminationFunction knownTermination = termination;
            double stepDiscount = discount;
            return inner -> {
                WorldModel made = inner;
                if (knownReward != null) made = new KnownReward(made, knownReward);
                if (knownTermination != null) made = new KnownTermination(made, knownTermination);
                return stepDiscount < 1 ? new Discounted(made, stepDiscount) : made;
            };
        }
    }
}

package io.ponder.worldmodels.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.train.selfplay.LearnedStep;
import io.ponder.engine.train.selfplay.StepShape;
import io.ponder.engine.train.selfplay.TrainingFailedException;
import io.ponder.engine.train.selfplay.UnrollBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A learner on one batch that it can learn by heart. */
class LatentLearnerTest {
    private static final int K = 16;
    private static final int U = 2;
    private static final int O = 3;
    private static final int S = 4;

    private static LatentLearner learner(Space actions, int samples, boolean consistent) {
        var shape = new LatentShape(O, actions, 16, ScalarSupport.returns(2, 11), ScalarSupport.returns(10, 21), 0.9);
        var graph = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.MIN_MAX, 32, 1),
                UnrollGraph.steps(U).withSamples(samples).withConsistency(consistent), 5);
        return new LatentLearner(graph, LatentLearning.defaults().withTargetEvery(50), K);
    }

    /** Random observations, actions, rewards, values and policies, all known. */
    private static UnrollBatch batch(StepShape shape, boolean futures, boolean discrete) {
        return batch(shape, U, futures, discrete);
    }

    private static UnrollBatch batch(StepShape shape, int unroll, boolean futures, boolean discrete) {
        var batch = new UnrollBatch(shape, unroll, futures, K).resize(K);
        var random = new Random(3);
        fill(batch.observations(), random);
        for (int i = 0; i < batch.actions().length; i++) batch.actions()[i] = discrete ? random.nextInt(2) : random.nextFloat() * 2 - 1;
        for (int i = 0; i < batch.rewards().length; i++) batch.rewards()[i] = random.nextInt(2);
        for (int i = 0; i < batch.values().length; i++) batch.values()[i] = random.nextInt(9) - 4;
        for (int i = 0; i < batch.sampledActions().length; i++) batch.sampledActions()[i] = random.nextFloat() * 1.8f - 0.9f;
        for (int k = 0; k <= unroll; k++) {
            for (int j = 0; j < K; j++) batch.policies()[(k * shape.edges() + random.nextInt(shape.edges())) * K + j] = 1;
        }
        Arrays.fill(batch.known(), 1);
        Arrays.fill(batch.inside(), 1);
        Arrays.fill(batch.weights(), 1);
        return batch;
    }

    private static void fill(float[] numbers, Random random) {
        for (int i = 0; i < numbers.length; i++) numbers[i] = (float) random.nextGaussian();
    }

    private static LearnedStep learn(LatentLearner learner, UnrollBatch batch, int steps) {
        LearnedStep last = learner.learn(batch);
        for (int i = 1; i < steps; i++) last = learner.learn(batch);
        return last;
    }

    @Test
    void learnsABatchByHeart() {
        LatentLearner learner = learner(new Discrete(2), 0, false);
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), false, true);
        LearnedStep first = learner.learn(batch);
        double[] errors = {Arrays.stream(toDoubles(batch.valueErrors())).max().orElseThrow(), 0};
        LearnedStep last = learn(learner, batch, 600);
        errors[1] = Arrays.stream(toDoubles(batch.valueErrors())).max().orElseThrow();
        assertThat(first.part("policy")).isCloseTo(Math.log(2), within(1e-5));
        assertThat(last.part("policy")).isLessThan(0.05);
        // What is left of the others is the entropy of the two bins that share a scalar.
        assertThat(last.part("value")).isLessThan(0.75).isLessThan(first.part("value") / 3);
        assertThat(last.part("reward")).isLessThan(0.6);
        assertThat(errors[0]).isCloseTo(4, within(0.1));
        assertThat(errors[1]).isLessThan(0.5);
        assertThat(learner.steps()).isEqualTo(601);
    }

    private static double[] toDoubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) doubles[i] = numbers[i];
        return doubles;
    }

    @Test
    void nothingIsLearnedFromWhatIsNotKnown() {
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), false, true);
        Arrays.fill(batch.known(), 0);
        Arrays.fill(batch.policies(), 0);
        LearnedStep step = learner(new Discrete(2), 0, false).learn(batch);
        assertThat(step.loss()).isZero();
        assertThat(step.gradientNorm()).isZero();
    }

    @Test
    void imaginedStatesComeToResembleTheSeenOnes() {
        LatentLearner learner = learner(new Discrete(2), 0, true);
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), true, true);
        assertThat(learner.wantsFutures()).isTrue();
        LearnedStep first = learner.learn(batch);
        LearnedStep last = learn(learner, batch, 300);
        assertThat(first.part("consistency")).isBetween(-0.6, 0.6);
        assertThat(last.part("consistency")).isLessThan(-0.9);
    }

    @Test
    void aContinuousPolicyMovesToTheActionsThatTheSearchPrefers() {
        LatentLearner learner = learner(new Box(new float[] {-1}, new float[] {1}), S, false);
        UnrollBatch batch = batch(new StepShape(O, 1, S, true, 0), false, false);
        LearnedStep first = learner.learn(batch);
        LearnedStep last = learn(learner, batch, 600);
        assertThat(first.part("policy")).isBetween(1.0, 2.5);
        assertThat(last.part("policy")).isLessThan(first.part("policy") - 0.7);
    }

    @Test
    void theTargetNetworkFollowsInStepsAndThePlayingModelWhenTold() {
        LatentLearner learner = learner(new Discrete(2), 0, false);
        LatentModel model = learner.model();
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), false, true);
        float[] target = new float[K];
        float[] playing = new float[K];
        learn(learner, batch, 49);
        learner.values(batch.observations(), K, target);
        model.values(batch.observations(), K, playing);
        assertThat(target[0]).isCloseTo(0, within(1e-5f));
        assertThat(playing[0]).isCloseTo(0, within(1e-5f));
        learner.learn(batch);
        learner.publish();
        learner.values(batch.observations(), K, target);
        model.values(batch.observations(), K, playing);
        assertThat(target[0]).isNotCloseTo(0, within(1e-3f));
        assertThat(playing).isEqualTo(target);
    }

    @Test
    void aNumberThatIsNoneStopsTheTrainingAndLeavesTheParameters() {
        LatentLearner learner = learner(new Discrete(2), 0, false);
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), false, true);
        learn(learner, batch, 3);
        float[] before = learner.network().parameters().clone();
        batch.observations()[4] = Float.NaN;
        assertThatThrownBy(() -> learner.learn(batch)).isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("optimiser step 4 is NaN").hasMessageContaining("\nMaybe");
        assertThat(learner.network().parameters()).isEqualTo(before);
        assertThat(learner.steps()).isEqualTo(3);
    }

    @Test
    void aLossThatExplodesStopsTheTraining() {
        var shape = new LatentShape(O, new Discrete(2), 16, ScalarSupport.returns(2, 11), ScalarSupport.returns(10, 21), 0.9);
        var graph = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.NONE, 32, 1), UnrollGraph.steps(U), 5);
        var learner = new LatentLearner(graph, LatentLearning.defaults().withLearningRate(1e4), K);
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), false, true);
        assertThatThrownBy(() -> learn(learner, batch, 20)).isInstanceOf(TrainingFailedException.class)
                .hasMessageMatching("(?s)The loss of optimiser step \\d+ is \\d.*Maybe the learning rate 10000.0 is too high.*");
    }

    /** Rewards of 1 a step are sums of 1, 2, 1, 2 where the memory is emptied after two of the four steps that are taught. */
    @Test
    void aModelThatPromisesSumsGivesTheRewardOfEveryStep() {
        int taught = 2 * U;
        assertThat(rewardsAlong(taught, U).subList(0, taught)).allSatisfy(reward -> assertThat(reward).isCloseTo(1, within(0.25)));
        // The control: where it was not taught to begin anew, it cannot.
        assertThat(rewardsAlong(taught, taught).get(taught)).isNotCloseTo(1, within(0.25));
    }

    private static List<Double> rewardsAlong(int taught, int horizon) {
        var states = new LatentShape(O, new Discrete(2), 16, ScalarSupport.returns(0, 4, 11), ScalarSupport.returns(10, 21), 0.9);
        LatentShape shape = states.withLatentSize(16 + 2 * 4);
        var layers = new PrefixLayers(new DenseLayers(states, LatentScaling.MIN_MAX, 32, 1), shape, 4, horizon);
        var learner = new LatentLearner(
                new LatentNetwork(shape, layers, UnrollGraph.steps(taught), 5), LatentLearning.defaults().withLearningRate(0.01), K);
        UnrollBatch batch = batch(new StepShape(O, 1, 2, false, 0), taught, false, true);
        Arrays.fill(batch.rewards(), 1);
        learn(learner, batch, 400);
        LatentModel model = learner.model();
        model.load(learner.network());
        var state = new ModelState(model.spec(), K);
        var step = new StepBuffer(model.spec(), K);
        model.init(batch.observations(), K, state);
        List<Double> rewards = new ArrayList<>();
        for (int t = 0; t <= taught; t++) {
            model.step(state, batch.actions(), new ColumnKeys(K).resize(K), step);
            rewards.add((double) step.reward()[t % K]);
            state.copyFrom(step.next());
        }
        return rewards;
    }
}

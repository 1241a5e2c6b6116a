package io.ponder.worldmodels.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.Discrete;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.train.selfplay.LearnedStep;
import io.ponder.engine.train.selfplay.StepShape;
import io.ponder.engine.train.selfplay.UnrollBatch;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A coin is tossed whatever is done; heads earn 1, tails nothing, and what fell is seen afterwards. */
class StochasticLatentTest {
    private static final int K = 64;
    private static final int CODES = 4;

    /** Heads are code 2, tails code 0: told by what is seen afterwards. */
    private static final ChanceReader TOLD = new ChanceReader() {
        @Override
        public int codes() {
            return CODES;
        }

        @Override
        public int read(float[] observations, int before, int after, int stride, int action) {
            return observations[after + stride] > 0 ? 2 : 0;
        }
    };

    private static LatentNetwork network(boolean chance) {
        return network(chance, UnrollGraph.steps(1));
    }

    private static LatentNetwork network(boolean chance, UnrollGraph graph) {
        var shape = new LatentShape(3, new Discrete(2), 16, ScalarSupport.returns(0, 1, 2), ScalarSupport.returns(0, 1, 5), 0.9);
        var dense = new DenseLayers(shape, LatentScaling.MIN_MAX, 32, 1);
        return new LatentNetwork(shape, chance ? new DenseStochasticLayers(shape, dense, CODES) : dense, graph, 5);
    }

    private static UnrollBatch tosses(boolean futures) {
        var batch = new UnrollBatch(new StepShape(3, 1, 2, false, 0), 1, futures, K).resize(K);
        for (int j = 0; j < K; j++) {
            boolean heads = j % 2 == 0;
            batch.observations()[j] = 1;
            if (futures) batch.observations()[(3 + (heads ? 1 : 2)) * K + j] = 1;
            batch.actions()[j] = j / 2 % 2;
            batch.rewards()[j] = heads ? 1 : 0;
            batch.values()[j] = 0.5f;
            for (int k = 0; k <= 1; k++) batch.policies()[k * 2 * K + j] = 1;
        }
        Arrays.fill(batch.known(), 1);
        Arrays.fill(batch.inside(), 1);
        Arrays.fill(batch.weights(), 1);
        return batch;
    }

    private static LearnedStep learn(LatentLearner learner, UnrollBatch batch, int steps) {
        LearnedStep last = learner.learn(batch);
        for (int i = 1; i < steps; i++) last = learner.learn(batch);
        return last;
    }

    @Test
    void codesExplainWhatNoStateCanKnow() {
        var learner = new LatentLearner(network(true), LatentLearning.defaults(), K);
        LearnedStep last = learn(learner, tosses(learner.wantsFutures()), 600);
        assertThat(last.part("reward")).isLessThan(0.1);
        assertThat(last.part("chance")).isCloseTo(Math.log(2), within(0.05));
        assertThat(last.part("commitment")).isLessThan(0.02);
        // The control: without codes the coin stays a coin.
        var without = new LatentLearner(network(false), LatentLearning.defaults(), K);
        assertThat(without.wantsFutures()).isFalse();
        assertThat(learn(without, tosses(false), 600).part("reward")).isGreaterThan(0.65);
    }

    @Test
    void codesThatAreToldMeanWhatTheyAreTold() {
        LatentNetwork graph = network(true, UnrollGraph.steps(1).withChanceTold(true));
        var learner = new LatentLearner(graph, LatentLearning.defaults(), K).readingChance(TOLD);
        var model = learner.follow(new StochasticLatentModel(graph));
        LearnedStep last = learn(learner, tosses(learner.wantsFutures()), 300);
        learner.publish();
        assertThat(last.names()).doesNotContain("commitment");
        assertThat(last.part("chance")).isCloseTo(Math.log(2), within(0.05));
        var state = new ModelState(model.spec(), 2);
        var step = new StepBuffer(model.spec(), 2);
        var nodes = new NodeBuffer(model.spec(), model, 2);
        var keys = new ColumnKeys(2).resize(2);
        model.init(new float[] {1, 1, 0, 0, 0, 0}, 2, state);
        model.expand(state, new byte[2], new float[2], keys, step, nodes);
        var afterstates = new ModelState(model.spec(), 2);
        afterstates.copyFrom(step.next());
        model.expand(afterstates, new byte[] {NodeKind.CHANCE, NodeKind.CHANCE}, new float[] {0, 2}, keys, step, nodes);
        assertThat(step.reward()[0]).as("tails").isCloseTo(0, within(0.15f));
        assertThat(step.reward()[1]).as("heads").isCloseTo(1, within(0.15f));
    }

    @Test
    void whatIsToldMustBeWantedAndFit() {
        UnrollGraph told = UnrollGraph.steps(1).withChanceTold(true);
        var silent = new LatentLearner(network(true, told), LatentLearning.defaults(), K);
        assertThatThrownBy(() -> silent.learn(tosses(true))).isInstanceOf(IllegalStateException.class).hasMessageContaining("Maybe call readingChance");
        var deaf = new LatentLearner(network(true), LatentLearning.defaults(), K);
        assertThatThrownBy(() -> deaf.readingChance(TOLD)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Maybe use withChanceTold");
        var without = new LatentLearner(network(false, told), LatentLearning.defaults(), K);
        assertThatThrownBy(() -> without.readingChance(TOLD)).hasMessageContaining("codes of the reader");
    }

    @Test
    void searchSeesAfterstatesAndTheirOdds() {
        LatentNetwork graph = network(true);
        var learner = new LatentLearner(graph, LatentLearning.defaults(), K);
        var model = learner.follow(new StochasticLatentModel(graph));
        learn(learner, tosses(true), 600);
        learner.publish();
        int columns = 3;
        var state = new ModelState(model.spec(), columns);
        var step = new StepBuffer(model.spec(), columns);
        var nodes = new NodeBuffer(model.spec(), model, columns);
        var keys = new ColumnKeys(columns).resize(columns);
        model.init(new float[] {1, 1, 1, 0, 0, 0, 0, 0, 0}, columns, state);
        model.evaluate(state, keys, nodes);
        assertThat(nodes.value()[0]).isCloseTo(0.5f, within(0.1f));
        model.expand(state, new byte[columns], new float[] {0, 1, 0}, keys, step, nodes);
        assertThat(nodes.kind()).containsOnly(NodeKind.CHANCE);
        assertThat(step.reward()).startsWith(0, 0, 0);
        assertThat(step.discount()).startsWith(1, 1, 1);
        // Of four codes two are used, each for one side of the coin.
        double[] odds = new double[CODES];
        double sum = 0;
        for (int c = 0; c < CODES; c++) sum += odds[c] = Math.exp(nodes.logits()[c * columns]);
        int[] used = {-1, -1};
        int count = 0;
        for (int c = 0; c < CODES; c++) {
            if (odds[c] / sum > 0.3) used[count++] = c;
        }
        assertThat(count).isEqualTo(2);
        // A decision column and two chance columns in one call.
        var mixed = new ModelState(model.spec(), columns);
        mixed.copyFrom(step.next());
        for (int d = 0; d < 16; d++) mixed.values()[d * columns] = state.values()[d * columns];
        byte[] kinds = {NodeKind.DECISION, NodeKind.CHANCE, NodeKind.CHANCE};
        model.expand(mixed, kinds, new float[] {1, used[0], used[1]}, keys, step, nodes);
        assertThat(nodes.kind()).containsExactly(NodeKind.CHANCE, NodeKind.DECISION, NodeKind.DECISION);
        assertThat(step.discount()).containsExactly(1, 0.9f, 0.9f);
        float low = Math.min(step.reward()[1], step.reward()[2]);
        float high = Math.max(step.reward()[1], step.reward()[2]);
        assertThat(low).isCloseTo(0, within(0.15f));
        assertThat(high).isCloseTo(1, within(0.15f));
        // Steps between decisions draw the code: half of them earn.
        int many = 2000;
        var roots = new ModelState(model.spec(), many);
        var result = new StepBuffer(model.spec(), many);
        var seeds = new ColumnKeys(many).resize(many);
        seeds.set(0, many, 9, 0);
        float[] ones = new float[3 * many];
        Arrays.fill(ones, 0, many, 1);
        model.init(ones, many, roots);
        model.step(roots, new float[many], seeds, result);
        double mean = 0;
        for (float earned : result.reward()) mean += earned / many;
        assertThat(mean).isCloseTo(0.5, within(0.06));
    }
}

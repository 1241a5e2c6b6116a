package io.ponder.worldmodels.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.model.ActionSampler;
import io.ponder.engine.model.ActionSamples;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.StepBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatentModelTest {
    private static final int O = 3;

    private static LatentShape shape(Space actions) {
        return new LatentShape(O, actions, 16, ScalarSupport.returns(2, 11), ScalarSupport.returns(10, 21), 0.9);
    }

    private static LatentNetwork network(Space actions, int samples) {
        LatentShape shape = shape(actions);
        var network = new LatentNetwork(
                shape, new DenseLayers(shape, LatentScaling.MIN_MAX, 24, 1), UnrollGraph.steps(2).withSamples(samples), 5);
        // The heads begin at 0: make them say something.
        var random = new Random(1);
        float[] parameters = network.network().parameters();
        for (int i = 0; i < parameters.length; i++) parameters[i] += 0.05f * (float) random.nextGaussian();
        return network;
    }

    private static float[] random(int count, int seed) {
        var random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) numbers[i] = (float) random.nextGaussian();
        return numbers;
    }

    private static float[] column(float[] block, int rows, int columns, int k) {
        float[] column = new float[rows];
        for (int d = 0; d < rows; d++) column[d] = block[d * columns + k];
        return column;
    }

    /** Everything the model says of K observations and the actions behind them, column by column. */
    private static float[][] all(LatentModel model, float[] observations, float[] actions, int columns) {
        var state = new ModelState(model.spec(), columns);
        var nodes = new NodeBuffer(model.spec(), model, columns);
        var step = new StepBuffer(model.spec(), columns);
        var keys = new ColumnKeys(columns).resize(columns);
        model.init(observations, columns, state);
        model.evaluate(state, keys, nodes);
        float[] before = Arrays.copyOf(nodes.value(), columns);
        model.expand(state, new byte[columns], actions, keys, step, nodes);
        float[][] said = new float[columns][];
        for (int k = 0; k < columns; k++) {
            float[] next = column(step.next().values(), 16, columns, k);
            said[k] = Arrays.copyOf(next, 16 + 4);
            said[k][16] = before[k];
            said[k][17] = nodes.value()[k];
            said[k][18] = step.reward()[k];
            said[k][19] = nodes.logits()[k];
            assertThat(step.discount()[k]).isEqualTo(0.9f);
        }
        return said;
    }

    @Test
    void aColumnAloneIsAColumnOfABatchToTheBit() {
        int columns = 37;
        LatentModel model = new LatentModel(network(new Discrete(3), 0));
        float[] observations = random(O * columns, 2);
        float[] actions = new float[columns];
        for (int k = 0; k < columns; k++) actions[k] = k % 3;
        float[][] together = all(model, observations, actions, columns);
        for (int k = 0; k < columns; k++) {
            float[] alone = all((LatentModel) model.fork(), column(observations, O, columns, k), new float[] {actions[k]}, 1)[0];
            assertThat(alone).isEqualTo(together[k]);
        }
        assertThat(together[0]).isNotEqualTo(together[1]);
    }

    @Test
    void allForksSeeLoadedParameters() {
        LatentNetwork graph = network(new Discrete(3), 0);
        LatentModel model = new LatentModel(graph);
        LatentModel fork = (LatentModel) model.fork();
        float[] observation = random(O, 3);
        float[] before = all(fork, observation, new float[] {1}, 1)[0];
        graph.network().initialise(99);
        assertThat(all(fork, observation, new float[] {1}, 1)[0]).as("not published").isEqualTo(before);
        model.load(graph.network());
        float[] after = all(fork, observation, new float[] {1}, 1)[0];
        assertThat(after).isNotEqualTo(before).isEqualTo(all(model, observation, new float[] {1}, 1)[0]);
    }

    @Test
    void valuesOfObservationsAreThoseOfTheirStates() {
        LatentNetwork graph = network(new Discrete(3), 0);
        LatentModel model = new LatentModel(graph);
        float[] observations = random(O * 5, 4);
        float[] values = new float[5];
        new ObservationValues(graph, new SharedWeights(graph.network())).values(observations, 5, values);
        float[][] said = all(model, observations, new float[5], 5);
        for (int k = 0; k < 5; k++) assertThat(values[k]).isEqualTo(said[k][16]);
    }

    @Test
    void anUntaughtNetworkPromisesNothing() {
        LatentShape shape = shape(new Discrete(3));
        var graph = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.TANH, 24, 1), UnrollGraph.steps(1), 5);
        float[] said = all(new LatentModel(graph), random(O, 2), new float[] {2}, 1)[0];
        assertThat(said[16]).isCloseTo(0, within(1e-5f));
        assertThat(said[17]).isCloseTo(0, within(1e-5f));
        assertThat(said[18]).isCloseTo(0, within(1e-5f));
        assertThat(said[19]).isZero();
    }

    @Test
    void proposedActionsAreThoseOfASquashedNormal() {
        var box = new Box(new float[] {-2, 1}, new float[] {2, 5});
        LatentModel model = new LatentModel(network(box, 4));
        int count = 20_000;
        var state = new ModelState(model.spec(), 1);
        model.init(random(O, 6), 1, state);
        var samples = new ActionSamples(2, count, 1);
        var keys = new ColumnKeys(1).resize(1);
        keys.set(0, 1, 77, 0);
        assertThat(model.as(ActionSampler.class)).isSameAs(model);
        model.sample(state, count, keys, samples);
        double meanDensity = 0;
        double[] means = new double[2];
        for (int i = 0; i < count; i++) {
            float x = samples.actions()[i * 2];
            float y = samples.actions()[i * 2 + 1];
            assertThat(x).isBetween(-2f, 2f);
            assertThat(y).isBetween(1f, 5f);
            means[0] += Math.log((2 + x) / (2 - x)) / 2 / count;
            means[1] += Math.log((y - 1) / (5 - y)) / 2 / count;
            // E[1 / density] is the area of the square in which the squashed actions lie.
            meanDensity += Math.exp(-samples.logPolicy()[i]) / count;
            assertThat(samples.logProposal()[i]).isEqualTo(samples.logPolicy()[i]);
        }
        assertThat(meanDensity).isCloseTo(4, within(0.5));
        assertThat(Math.abs(means[0])).isLessThan(0.6);
        assertThat(new LatentModel(network(new Discrete(3), 0)).as(ActionSampler.class)).isNull();
    }
}

package io.ponder.worldmodels.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.env.Discrete;
import io.ponder.engine.game.Game;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.worldmodels.game.GameModel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A network on the rules of Nim with at most three stones a move: what the rules say stays, what they cannot know comes from the network. */
class PolicyValueModelTest {
    /** Position: stones, mover, winner's reward. Whoever takes the last stone wins. */
    private static final Game NIM = new Game() {
        @Override
        public String name() {
            return "nim";
        }

        @Override
        public int players() {
            return 2;
        }

        @Override
        public boolean zeroSum() {
            return true;
        }

        @Override
        public int actionCount() {
            return 3;
        }

        @Override
        public int positionSize() {
            return 2;
        }

        @Override
        public void start(int[] position) {
            position[0] = 4;
            position[1] = 0;
        }

        @Override
        public int playerToMove(int[] position) {
            return position[0] == 0 ? TERMINAL : position[1];
        }

        @Override
        public boolean legal(int[] position, int action) {
            return action < position[0];
        }

        @Override
        public void play(int[] position, int move) {
            position[0] -= move + 1;
            position[1] = 1 - position[1];
        }

        @Override
        public float reward(int[] position, int player) {
            return position[0] > 0 ? 0 : player == position[1] ? -1 : 1;
        }

        @Override
        public int observationSize() {
            return 2;
        }

        @Override
        public void observe(int[] position, float[] out, int offset, int stride) {
            out[offset] = position[0];
            out[offset + stride] = position[1];
        }

        @Override
        public void recognise(float[] observation, int offset, int stride, int[] position) {
            position[0] = (int) observation[offset];
            position[1] = (int) observation[offset + stride];
        }
    };

    private static LatentNetwork network(int actions) {
        var shape = new LatentShape(2, new Discrete(actions), 8, ScalarSupport.outcomes(), ScalarSupport.outcomes(), -1);
        var network = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.NONE, 16, 1), UnrollGraph.steps(0), 3);
        var random = new Random(4);
        float[] parameters = network.network().parameters();
        for (int i = 0; i < parameters.length; i++) parameters[i] += 0.3f * (float) random.nextGaussian();
        return network;
    }

    @Test
    void rulesStayAndTheNetworkJudges() {
        var model = new PolicyValueModel(NIM, network(3));
        var rules = GameModel.of(NIM);
        int columns = 4;
        float[] observations = {4, 3, 2, 1, 0, 1, 0, 1};
        var state = new ModelState(model.spec(), columns);
        var keys = new ColumnKeys(columns).resize(columns);
        var nodes = new NodeBuffer(model.spec(), model, columns);
        var expected = new NodeBuffer(rules.spec(), rules, columns);
        var step = new StepBuffer(model.spec(), columns);
        var expectedStep = new StepBuffer(rules.spec(), columns);
        model.init(observations, columns, state);
        model.evaluate(state, keys, nodes);
        for (int k = 0; k < columns; k++) {
            for (int a = 0; a < 3; a++) {
                boolean legal = a < 4 - k;
                assertThat(Float.isInfinite(nodes.logits()[a * columns + k])).isEqualTo(!legal);
            }
        }
        assertThat(nodes.value()[0]).isNotEqualTo(nodes.value()[1]);
        float[] taken = {0, 1, 1, 0};
        model.expand(state, new byte[columns], taken, keys, step, nodes);
        rules.expand(state, new byte[columns], taken, keys, expectedStep, expected);
        for (int k = 0; k < columns; k++) {
            assertThat(nodes.kind()[k]).isEqualTo(expected.kind()[k]);
            assertThat(step.reward()[k]).isEqualTo(expectedStep.reward()[k]);
            assertThat(step.discount()[k]).isEqualTo(expectedStep.discount()[k]);
        }
        assertThat(nodes.kind()).containsExactly(NodeKind.DECISION, NodeKind.DECISION, NodeKind.TERMINAL, NodeKind.TERMINAL);
        assertThat(step.reward()[3]).isEqualTo(1);
    }

    @Test
    void aNetworkOfAnotherGameIsRefused() {
        assertThatThrownBy(() -> new PolicyValueModel(NIM, network(4))).hasMessageContaining("actionCount of the network is 4");
    }
}

package io.ponder.gpu;

import io.ponder.engine.model.KernelNetwork;
import io.ponder.engine.model.KernelPlan;
import io.ponder.engine.model.Lowerable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.nn.ForwardPass;
import io.ponder.engine.nn.Initialiser;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.plan.RolloutRequest;
import io.ponder.engine.tensor.Activation;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network with layer normalisation as the value at the end of rollouts. */
@NeedsOpenCl
class TerminalValueTest {
    private static final double EPSILON = 1e-5;
    private static final double TOLERANCE = 5e-5;

    @ParameterizedTest
    @ValueSource(ints = {16, 100})
    void aNormalisedNetworkValuesTheLastState(int width) {
        ExactTask pendulum = ExactTasks.find("pendulum-v1");
        LearnedChain chain = LearnedChain.of(3, 1).ensemble(EnsembleParameters.small().withSize(1, 12)).reward(pendulum.reward())
                .seed(4).build();
        var value = new NormalisedValue(width);
        RolloutRequest request = Twins.request(
                chain.model(), 2, 65, 2, 4, pendulum.actionLow(), pendulum.actionHigh(), new float[] {1, 0, 0.5f}).terminalValue(value);

        Twins.assertEqual(chain.model(), value, request, TOLERANCE);
    }

    /** Dense, layer normalisation, mish, dense. */
    private static final class NormalisedValue implements ValueFunction, Lowerable {
        private final Network network;
        private final ForwardPass pass;
        private final int width;

        NormalisedValue(int width) {
            this.width = width;
            var builder = new NetworkBuilder(1);
            Node x = builder.dense("hidden", builder.input("state", 3), width, Initialiser.truncatedNormalByInputs());
            x = builder.activation(Activation.MISH, builder.layerNorm("norm", x, EPSILON));
            Node y = builder.dense("value", x, 1, Initialiser.truncatedNormalByInputs());
            network = builder.build(9);
            for (int i = 0; i < network.parameterCount(); i++) network.parameters()[i] += 0.01f * (i % 13 - 6);
            pass = new ForwardPass(network, y);
        }

        @Override
        public void value(ModelState state, float[] out) {
            pass.run(0, state.values(), 0, state.columns(), state.columns(), out, 0, state.columns());
        }

        @Override
        public void lower(KernelPlan plan) {
            plan.terminalValue(new KernelNetwork(1, List.of(
                    new KernelNetwork.Layer(3, width, Activation.MISH, EPSILON),
                    new KernelNetwork.Layer(width, 1, Activation.IDENTITY, 0)), network.parameters().clone()));
        }
    }
}

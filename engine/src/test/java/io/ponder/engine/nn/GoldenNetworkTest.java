package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.tensor.Activation;
import io.ponder.engine.tensor.Kernels;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, losses and all their derivatives agree with what PyTorch computed in double. */
class GoldenNetworkTest {
    /** Single precision: the files' own replays in float32 were off by 2e-6. */
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"dense_1", "dense_2", "dense_odd_sizes", "ensemble", "softmax_groups", "normalisation"})
    void networksAndTheirDerivativesAgreeWithTorch(String file) {
        for (Map<String, Object> golden : Golden.maps(Golden.read("nn/" + file), "cases")) {
            for (Map<String, Object> run : Golden.maps(golden, "runs")) {
                replay(golden, run, Kernels.get());
                replay(golden, run, Kernels.plain());
            }
        }
    }

    private static void replay(Map<String, Object> golden, Map<String, Object> run, Kernels kernels) {
        String title = golden.get("title") + ", batch " + run.get("batch") + ", " + kernels.name();
        int[] shape = Golden.shape(run, "input");
        int members = shape.length == 3 ? shape[0] : 1;
        int batch = shape[shape.length - 2];
        int in = shape[shape.length - 1];
        NetworkBuilder builder = new NetworkBuilder(members);
        Node x = builder.input("x", in);
        Node y = LayerReader.append(builder, (List<?>) golden.get("layers"), x);
        Network network = builder.build(0);
        float[] input = Golden.floats(Golden.samplesFastest(Golden.values(run, "input"), members, batch, in));
        double[] output = Golden.samplesFastest(Golden.values(run, "output"), members, batch, y.rows());
        float[] seed = Golden.floats(Golden.samplesFastest(Golden.values(run, "loss_weights"), members, batch, y.rows()));
        double[] inputGradient = Golden.samplesFastest(Golden.values(run, "input_gradient"), members, batch, in);

        Tape tape = new Tape(network, batch + 3, Differentiate.PARAMETERS_AND_INPUTS, kernels, y);
        ForwardPass pass = new ForwardPass(network, 4, kernels, y);
        ParameterGradient gradient = new ParameterGradient(network);
        float[] ours = new float[output.length];
        float[] oursAlone = new float[output.length];
        float[] oursBack = new float[inputGradient.length];
        for (int e = 0; e < members; e++) {
            tape.bind(x, input, e * in * batch);
            tape.forward(e, batch);
            System.arraycopy(tape.values(y), 0, ours, e * y.rows() * batch, y.rows() * batch);
            System.arraycopy(seed, e * y.rows() * batch, tape.seed(y), 0, y.rows() * batch);
            tape.backward(gradient, false);
            System.arraycopy(tape.gradient(x), 0, oursBack, e * in * batch, in * batch);
            pass.run(e, input, e * in * batch, batch, batch, oursAlone, e * y.rows() * batch, batch);
        }

        assertThat(Golden.error(ours, 0, output)).as("output of " + title).isLessThan(TOLERANCE);
        assertThat(Golden.error(oursBack, 0, inputGradient)).as("input gradient of " + title).isLessThan(TOLERANCE);
        assertThat(oursAlone).as("forward pass of " + title).isEqualTo(ours);
        requireGradients(network, gradient, Golden.maps(run, "gradients"), "", title);
    }

    @SuppressWarnings("unchecked")
    private static void requireGradients(
            Network network, ParameterGradient gradient, List<Map<String, Object>> layers, String prefix, String title) {
        for (int i = 0; i < layers.size(); i++) {
            for (Map.Entry<String, Object> entry : layers.get(i).entrySet()) {
                ParameterTensor tensor = network.tensor(prefix + i + "." + entry.getKey());
                assertThat(Golden.error(gradient.values(), tensor.offset(), Golden.values((Map<String, Object>) entry.getValue())))
                        .as("gradient of " + tensor + " of " + title)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void activationsAgreeWithTorchEntryByEntry() {
        Map<String, Object> table = Golden.read("nn/activation_table");
        float[] x = Golden.floats(Golden.values(table, "x"));
        for (Map<String, Object> function : Golden.maps(table, "functions")) {
            String kind = (String) function.get("kind");
            NetworkBuilder builder = new NetworkBuilder();
            Node in = builder.input("x", 1);
            Node out = kind.equals("elu")
                    ? builder.elu(Golden.number(function, "alpha"), in)
                    : builder.activation(Activation.valueOf(kind.toUpperCase(Locale.ROOT)), in);
            Tape tape = new Tape(builder.build(0), x.length, Differentiate.INPUTS, out);

            tape.bind(in, x, 0);
            tape.forward(0, x.length);
            java.util.Arrays.fill(tape.seed(out), 1f);
            tape.backward(null, false);

            double[] y = Golden.values(function, "y");
            double[] dy = Golden.values(function, "dy");
            for (int i = 0; i < x.length; i++) {
                assertThat(Golden.error(tape.values(out), i, new double[] {y[i]})).as(kind + "(" + x[i] + ")").isLessThan(TOLERANCE);
                assertThat(Golden.error(tape.gradient(in), i, new double[] {dy[i]})).as(kind + "'(" + x[i] + ")").isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void gaussianLikelihoodWithLearnedBoundsAgreesWithTorch() {
        for (Map<String, Object> golden : Golden.maps(Golden.read("nn/gaussian_nll"), "cases")) {
            String title = (String) golden.get("title");
            int members = Golden.integer(golden, "members");
            int batch = Golden.integer(golden, "batch");
            int dims = Golden.integer(golden, "dims");
            NetworkBuilder builder = new NetworkBuilder(members);
            Node mean = builder.input("mean", dims);
            Node raw = builder.input("raw", dims);
            Node target = builder.target("target", dims);
            Node logVariance = builder.boundedLogVariance("bounds", raw);
            Node loss = builder.gaussianNll(mean, logVariance, target);
            Network network = builder.build(0);
            fill(network, "bounds.max", Golden.values(golden, "max_log_variance"));
            fill(network, "bounds.min", Golden.values(golden, "min_log_variance"));
            Map<String, Object> gradients = Golden.map(golden, "gradients");

            LossGradient gradient = new LossGradient(network, Objective.of(loss).addBoundsPull(network, "bounds"), batch);
            float[] means = turned(golden, "mean", members, batch, dims);
            float[] raws = turned(golden, "raw_log_variance", members, batch, dims);
            float[] targets = turned(golden, "target", members, batch, dims);
            gradient.bind(mean, means);
            gradient.bind(raw, raws);
            gradient.bind(target, targets);
            double value = gradient.compute(batch);

            double expected = Golden.number(golden, "loss");
            assertThat(Math.abs(value - expected) / Math.max(1, Math.abs(expected))).as(title).isLessThan(TOLERANCE);
            for (String bound : List.of("max", "min")) {
                assertThat(Golden.error(gradient.gradient(), network.tensor("bounds." + bound).offset(),
                        Golden.values(gradients, bound + "_log_variance"))).as(bound + " of " + title).isLessThan(TOLERANCE);
            }
            Tape tape = new Tape(network, batch, Differentiate.INPUTS, loss, logVariance);
            double[] meanGradient = Golden.samplesFastest(Golden.values(gradients, "mean"), members, batch, dims);
            double[] rawGradient = Golden.samplesFastest(Golden.values(gradients, "raw_log_variance"), members, batch, dims);
            double[] bounded = Golden.samplesFastest(Golden.values(golden, "log_variance"), members, batch, dims);
            for (int e = 0; e < members; e++) {
                int at = e * dims * batch;
                tape.bind(mean, means, at);
                tape.bind(raw, raws, at);
                tape.bind(target, targets, at);
                tape.forward(e, batch);
                java.util.Arrays.fill(tape.seed(loss), 1f / batch);
                java.util.Arrays.fill(tape.seed(logVariance), 0f);
                assertThat(Golden.error(tape.values(logVariance), 0, part(bounded, at, dims * batch))).as(title).isLessThan(TOLERANCE);
                tape.backward(null, false);
                assertThat(Golden.error(tape.gradient(mean), 0, part(meanGradient, at, dims * batch))).as(title).isLessThan(TOLERANCE);
                assertThat(Golden.error(tape.gradient(raw), 0, part(rawGradient, at, dims * batch))).as(title).isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void crossEntropyAgreesWithTorch() {
        for (Map<String, Object> golden : Golden.maps(Golden.read("nn/cross_entropy"), "cases")) {
            String title = (String) golden.get("title");
            int batch = Golden.integer(golden, "batch");
            int classes = Golden.integer(golden, "classes");
            NetworkBuilder builder = new NetworkBuilder();
            ParameterTensor logits = builder.parameter("logits", Initialiser.zeros(), classes, batch);
            Node one = builder.target("one", batch);
            Node z = builder.apply(new Dense(logits, null), one);
            Node target = builder.target("target", classes);
            Node loss = builder.crossEntropy(z, target);
            Network network = builder.build(0);
            // The logits are weights, and the input the unit matrix: so the derivative by the logits is that by the weights.
            System.arraycopy(turned(golden, "logits", 1, batch, classes), 0, network.parameters(), 0, classes * batch);
            float[] unit = new float[batch * batch];
            for (int k = 0; k < batch; k++) unit[k * batch + k] = 1;

            LossGradient gradient = new LossGradient(network, Objective.of(loss), batch);
            gradient.bind(one, unit);
            gradient.bind(target, turned(golden, "target", 1, batch, classes));
            gradient.rowWeights(Golden.floats(Golden.values(golden, "row_weights")));
            double value = gradient.compute(batch);

            double expected = Golden.number(golden, "loss");
            assertThat(Math.abs(value - expected) / Math.max(1, Math.abs(expected))).as(title).isLessThan(TOLERANCE);
            assertThat(Golden.error(gradient.rowLoss(), 0, Golden.values(golden, "row_loss"))).as(title).isLessThan(TOLERANCE);
            assertThat(Golden.error(gradient.gradient(), 0,
                    Golden.samplesFastest(Golden.values(golden, "logits_gradient"), 1, batch, classes))).as(title).isLessThan(TOLERANCE);
        }
    }

    private static float[] turned(Map<String, Object> golden, String field, int members, int batch, int rows) {
        return Golden.floats(Golden.samplesFastest(Golden.values(golden, field), members, batch, rows));
    }

    private static void fill(Network network, String name, double[] values) {
        int offset = network.tensor(name).offset();
        for (int i = 0; i < values.length; i++) network.parameters()[offset + i] = (float) values[i];
    }

    private static double[] part(double[] values, int from, int length) {
        return java.util.Arrays.copyOfRange(values, from, from + length);
    }
}

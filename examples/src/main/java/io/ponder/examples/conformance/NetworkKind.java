package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ponder.engine.nn.Differentiate;
import io.ponder.engine.nn.LayerReader;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.ParameterGradient;
import io.ponder.engine.nn.ParameterTensor;
import io.ponder.engine.nn.Tape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replays networks: outputs, and the derivatives of a weighted sum of them by the input and by every parameter. */
final class NetworkKind implements GoldenKind {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public String name() {
        return "networks";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("cases") && file.field("cases").path(0).has("layers") && file.field("cases").path(0).has("runs");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        for (JsonNode golden : file.field("cases")) {
            Optional<String> unknown = LayerReader.unknownKind(layers(golden));
            if (unknown.isPresent()) return Verdict.skip("the layer " + unknown.get() + " is not built");
        }
        for (JsonNode golden : file.field("cases")) {
            String title = Golden.text(Golden.field(golden, "title", "case"), "title");
            for (JsonNode run : Golden.array(golden, "runs", title)) replay(golden, run, title);
        }
        return Verdict.pass();
    }

    private static List<?> layers(JsonNode golden) {
        return MAPPER.convertValue(Golden.array(golden, "layers", "case"), List.class);
    }

    private static void replay(JsonNode golden, JsonNode run, String title) {
        GoldenTensor input = GoldenTensor.read(run, "input", title);
        int members = input.shape().length == 3 ? input.length(0) : 1;
        int batch = input.length(-2);
        NetworkBuilder builder = new NetworkBuilder(members);
        Node x = builder.input("input", input.length(-1));
        Node y = LayerReader.append(builder, layers(golden), x);
        Network network = builder.build(0);
        String where = title + ", batch " + batch;
        Difference.requireEqual(where + ", rows of the output", GoldenTensor.read(run, "output", where).length(-1), y.rows());

        float[] values = input.samplesFastest();
        float[] weights = GoldenTensor.read(run, "loss_weights", where).samplesFastest();
        float[] output = new float[weights.length];
        float[] inputGradient = new float[values.length];
        ParameterGradient gradient = new ParameterGradient(network);
        Tape tape = new Tape(network, batch, Differentiate.PARAMETERS_AND_INPUTS, y);
        for (int e = 0; e < members; e++) {
            int outputSize = y.rows() * batch;
            int inputSize = x.rows() * batch;
            tape.bind(x, values, e * inputSize);
            tape.forward(e, batch);
            System.arraycopy(tape.values(y), 0, output, e * outputSize, outputSize);
            System.arraycopy(weights, e * outputSize, tape.seed(y), 0, outputSize);
            tape.backward(gradient, false);
            System.arraycopy(tape.gradient(x), 0, inputGradient, e * inputSize, inputSize);
        }

        GoldenTensor.read(run, "output", where).requireCloseSamplesFastest(output);
        double loss = 0;
        for (int i = 0; i < output.length; i++) loss += (double) weights[i] * output[i];
        GoldenTensor.requireClose(where + ", loss", Golden.number(Golden.field(run, "loss", where), "loss"), loss);
        GoldenTensor.read(run, "input_gradient", where).requireCloseSamplesFastest(inputGradient);
        compareGradients(network, gradient.values(), Golden.array(run, "gradients", where), "", where);
    }

    private static void compareGradients(Network network, float[] gradient, JsonNode layers, String prefix, String where) {
        for (int i = 0; i < layers.size(); i++) {
            for (Map.Entry<String, JsonNode> field : layers.get(i).properties()) {
                String name = prefix + i + "." + field.getKey();
                if (field.getValue().isArray()) {
                    compareGradients(network, gradient, field.getValue(), prefix + i + ".", where);
                } else {
                    ParameterTensor tensor = network.tensor(name);
                    GoldenTensor.read(field.getValue(), where + ", gradient of " + name).requireClose(gradient, tensor.offset());
                }
            }
        }
    }
}

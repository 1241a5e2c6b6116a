package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.nn.Differentiate;
import io.ponder.engine.nn.LossGradient;
import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.Objective;
import io.ponder.engine.nn.Tape;

/** Replays losses and their derivatives: Gaussian likelihoods with learned bounds, and cross entropies with row weights. */
final class LossKind implements GoldenKind {
    @Override
    public String name() {
        return "losses";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        if (!file.hasFields("cases")) return false;
        JsonNode first = file.field("cases").path(0);
        return first.has("raw_log_variance") || (first.has("row_weights") && first.has("logits"));
    }

    @Override
    public Verdict replay(GoldenFile file) {
        for (JsonNode golden : file.field("cases")) {
            String title = Golden.text(Golden.field(golden, "title", "case"), "title");
            if (golden.has("logits")) {
                replayCrossEntropy(golden, title);
            } else {
                replayLikelihood(golden, title);
            }
        }
        return Verdict.pass();
    }

    private static void replayLikelihood(JsonNode golden, String title) {
        GoldenTensor means = GoldenTensor.read(golden, "mean", title);
        int members = means.length(0);
        int batch = means.length(1);
        int dims = means.length(2);
        NetworkBuilder builder = new NetworkBuilder(members);
        Node mean = builder.input("mean", dims);
        Node raw = builder.input("raw", dims);
        Node target = builder.target("target", dims);
        Node logVariance = builder.boundedLogVariance("bounds", raw);
        Node loss = builder.gaussianNll(mean, logVariance, target);
        Network network = builder.build(0);
        for (String bound : new String[] {"max", "min"}) {
            float[] values = GoldenTensor.read(golden, bound + "_log_variance", title).floats();
            System.arraycopy(values, 0, network.parameters(), network.tensor("bounds." + bound).offset(), dims);
        }
        float[] meanValues = means.samplesFastest();
        float[] rawValues = GoldenTensor.read(golden, "raw_log_variance", title).samplesFastest();
        float[] targetValues = GoldenTensor.read(golden, "target", title).samplesFastest();

        LossGradient gradient = new LossGradient(network, Objective.of(loss).addBoundsPull(network, "bounds"), batch);
        gradient.bind(mean, meanValues);
        gradient.bind(raw, rawValues);
        gradient.bind(target, targetValues);
        GoldenTensor.requireClose(title + ", loss", Golden.number(Golden.field(golden, "loss", title), "loss"), gradient.compute(batch));
        JsonNode gradients = Golden.field(golden, "gradients", title);
        for (String bound : new String[] {"max", "min"}) {
            GoldenTensor.read(gradients, bound + "_log_variance", title)
                    .requireClose(gradient.gradient(), network.tensor("bounds." + bound).offset());
        }

        Tape tape = new Tape(network, batch, Differentiate.INPUTS, loss, logVariance);
        int size = dims * batch;
        float[] bounded = new float[members * size];
        float[] meanGradient = new float[members * size];
        float[] rawGradient = new float[members * size];
        for (int e = 0; e < members; e++) {
            tape.bind(mean, meanValues, e * size);
            tape.bind(raw, rawValues, e * size);
            tape.bind(target, targetValues, e * size);
            tape.forward(e, batch);
            System.arraycopy(tape.values(logVariance), 0, bounded, e * size, size);
            java.util.Arrays.fill(tape.seed(loss), 1f / batch);
            java.util.Arrays.fill(tape.seed(logVariance), 0f);
            tape.backward(null, false);
            System.arraycopy(tape.gradient(mean), 0, meanGradient, e * size, size);
            System.arraycopy(tape.gradient(raw), 0, rawGradient, e * size, size);
        }
        GoldenTensor.read(golden, "log_variance", title).requireCloseSamplesFastest(bounded);
        GoldenTensor.read(gradients, "mean", title).requireCloseSamplesFastest(meanGradient);
        GoldenTensor.read(gradients, "raw_log_variance", title).requireCloseSamplesFastest(rawGradient);
    }

    private static void replayCrossEntropy(JsonNode golden, String title) {
        GoldenTensor logits = GoldenTensor.read(golden, "logits", title);
        int batch = logits.length(0);
        int classes = logits.length(1);
        NetworkBuilder builder = new NetworkBuilder();
        Node z = builder.input("logits", classes);
        Node target = builder.target("target", classes);
        Node loss = builder.crossEntropy(z, target);
        Tape tape = new Tape(builder.build(0), batch, Differentiate.INPUTS, loss);
        float[] rowWeights = GoldenTensor.read(golden, "row_weights", title).floats();
        tape.bind(z, logits.samplesFastest(), 0);
        tape.bind(target, GoldenTensor.read(golden, "target", title).samplesFastest(), 0);

        tape.forward(0, batch);
        GoldenTensor.read(golden, "row_loss", title).requireClose(tape.values(loss), 0);
        double total = 0;
        for (int k = 0; k < batch; k++) {
            total += rowWeights[k] * (double) tape.values(loss)[k] / batch;
            tape.seed(loss)[k] = rowWeights[k] / batch;
        }
        GoldenTensor.requireClose(title + ", loss", Golden.number(Golden.field(golden, "loss", title), "loss"), total);
        tape.backward(null, false);
        GoldenTensor.read(golden, "logits_gradient", title).requireCloseSamplesFastest(tape.gradient(z));
    }
}

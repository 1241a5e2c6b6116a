package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.nn.Differentiate;
import io.ponder.engine.nn.NetworkBuilder;
import io.ponder.engine.nn.Node;
import io.ponder.engine.nn.Tape;
import io.ponder.engine.tensor.Activation;
import java.util.Arrays;
import java.util.Locale;

/** Replays tables of activation functions and their derivatives, entry by entry. */
final class ActivationKind implements GoldenKind {
    @Override
    public String name() {
        return "activations";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("x", "functions");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        GoldenTensor x = GoldenTensor.read(file.field("x"), "x");
        for (JsonNode function : file.field("functions")) {
            String kind = Golden.text(Golden.field(function, "kind", "function"), "kind");
            NetworkBuilder builder = new NetworkBuilder();
            Node in = builder.input("x", 1);
            Node out;
            if (function.has("alpha")) {
                out = builder.elu(Golden.number(function.get("alpha"), "alpha"), in);
            } else if (isKnown(kind)) {
                out = builder.activation(Activation.valueOf(kind.toUpperCase(Locale.ROOT)), in);
            } else {
                return Verdict.skip("the activation " + kind + " is not built");
            }
            Tape tape = new Tape(builder.build(0), x.values().length, Differentiate.INPUTS, out);
            tape.bind(in, x.floats(), 0);
            tape.forward(0, x.values().length);
            Arrays.fill(tape.seed(out), 1f);
            tape.backward(null, false);
            compare(x, GoldenTensor.read(function, "y", kind), tape.values(out));
            compare(x, GoldenTensor.read(function, "dy", kind), tape.gradient(in));
        }
        return Verdict.pass();
    }

    private static boolean isKnown(String kind) {
        return Arrays.stream(Activation.values()).anyMatch(known -> known.name().toLowerCase(Locale.ROOT).equals(kind));
    }

    private static void compare(GoldenTensor x, GoldenTensor expected, float[] actual) {
        Difference.requireEqual(expected.where() + ", number of entries", x.values().length, expected.values().length);
        for (int i = 0; i < expected.values().length; i++) {
            GoldenTensor.requireClose(expected.where() + " at x = " + x.values()[i], expected.values()[i], actual[i]);
        }
    }
}

package io.ponder.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.ponder.engine.nn.ScalarCodec;
import io.ponder.engine.nn.ScalarTransform;
import org.jspecify.annotations.Nullable;

/** Replays scalar codecs in double: two-hot weights, what they decode to, inverse transforms, and the scalars of logits. */
final class CodecKind implements GoldenKind {
    /** Relative to max(1, magnitude). */
    private static final double TOLERANCE = 1e-12;

    @Override
    public String name() {
        return "scalar codecs";
    }

    @Override
    public boolean recognises(GoldenFile file) {
        return file.hasFields("codecs");
    }

    @Override
    public Verdict replay(GoldenFile file) {
        for (JsonNode golden : file.field("codecs")) {
            String name = Golden.text(Golden.field(golden, "codec", "codec"), "codec");
            ScalarCodec codec = codec(name, golden);
            if (codec == null) return Verdict.skip("the codec " + name + " is not built");
            Difference.requireEqual(name + ", bins", Golden.integer(Golden.field(golden, "bins", name), "bins"), codec.bins());
            ScalarTransform transform = name.equals("muzero") ? ScalarTransform.MUZERO : ScalarTransform.SYMLOG;
            for (JsonNode row : Golden.array(golden, "encode", name)) compareEncoding(name, row, codec, transform);
            for (JsonNode row : golden.path("inverse")) {
                double y = number(row, "y", name);
                close(name + ", inverse of " + y, number(row, "x", name), transform.inverse(y));
            }
            int row = 0;
            for (JsonNode decoded : golden.path("decode")) {
                double[] logits = GoldenTensor.read(decoded, "logits", name).values();
                Difference.requireEqual(name + ", number of logits", codec.bins(), logits.length);
                close(name + ", decode " + row++, number(decoded, "decoded", name), codec.decode(logits));
            }
        }
        return Verdict.pass();
    }

    private static @Nullable ScalarCodec codec(String name, JsonNode golden) {
        int bins = golden.path("bins").asInt();
        double highest = golden.path("highest").asDouble();
        return switch (name) {
            case "muzero" -> ScalarCodec.muZero((int) highest);
            case "symlog_two_hot" -> ScalarCodec.symlogTwoHot(bins, golden.path("lowest").asDouble(), highest);
            case "symexp_two_hot" -> {
                double[] values = GoldenTensor.read(golden, "bin_values", name).values();
                yield ScalarCodec.symexpTwoHot(bins, ScalarTransform.SYMLOG.apply(values[values.length - 1]));
            }
            default -> null;
        };
    }

    private static void compareEncoding(String name, JsonNode row, ScalarCodec codec, ScalarTransform transform) {
        double x = number(row, "x", name);
        String where = name + ", encode " + x;
        int low = Golden.integer(Golden.field(row, "low", where), where);
        double high = codec.highWeight(x);
        Difference.requireEqual(where + ", low", low, codec.low(x));
        close(where + ", low_weight", number(row, "low_weight", where), 1 - high);
        close(where + ", high_weight", number(row, "high_weight", where), high);
        if (row.has("transformed")) close(where + ", transformed", number(row, "transformed", where), transform.apply(x));
        double[] twoHot = new double[codec.bins()];
        twoHot[low] = 1 - high;
        if (low + 1 < twoHot.length) twoHot[low + 1] = high;
        close(where + ", decoded", number(row, "decoded", where), codec.mean(twoHot, 0, 1));
    }

    private static double number(JsonNode object, String field, String where) {
        return Golden.number(Golden.field(object, field, where), where + ", " + field);
    }

    private static void close(String where, double expected, double actual) {
        Difference.requireClose(where, expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)));
    }
}

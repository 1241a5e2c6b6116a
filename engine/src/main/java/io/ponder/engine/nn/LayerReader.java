package io.ponder.engine.nn;

import io.ponder.engine.tensor.Activation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Declares a network from a list of layers with their weights, as they stand in a JSON file that another system wrote.
 *
 * <p>A layer is a map with a {@code kind}: {@code dense} or {@code ensemble_dense} with {@code weights} and maybe {@code bias};
 * {@code relu}, {@code tanh}, {@code sigmoid}, {@code silu}, {@code softplus}, {@code mish}, {@code elu} with {@code alpha};
 * {@code layer_norm} and {@code rms_norm} with {@code eps} and maybe {@code scale} and {@code shift}; {@code softmax}, {@code sim_norm} and
 * {@code log_softmax} with {@code group}; {@code residual} with {@code layers}. A tensor is a map of {@code shape} and {@code values}, two
 * lists of numbers, row-major. The parameters are named after the layer's position and field: {@code 0.weights}, {@code 3.1.bias}.
 *
 * <p>Stateless and thread-safe.
 */
public final class LayerReader {
    private LayerReader() {}

    /** Returns the first kind of layer in the list that is not known, if there is one. */
    public static Optional<String> unknownKind(List<?> layers) {
        for (Object layer : layers) {
            String kind = text(map(layer, "a layer"), "kind");
            if (kind.equals("residual")) {
                Optional<String> inner = unknownKind(list(map(layer, kind), "layers"));
                if (inner.isPresent()) return inner;
            } else if (!isKnown(kind)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String kind) {
        return switch (kind) {
            case "dense", "ensemble_dense", "relu", "tanh", "sigmoid", "silu", "softplus", "mish", "elu", "layer_norm", "rms_norm",
                    "softmax", "sim_norm", "log_softmax" -> true;
            default -> false;
        };
    }

    /**
     * Applies a list of layers one after the other.
     *
     * @param builder network to declare them in
     * @param layers  the list
     * @param x       node that the first layer reads
     * @return the node of the last layer's output
     * @throws IllegalArgumentException if a kind is not known, or a field is missing or of another type
     */
    public static Node append(NetworkBuilder builder, List<?> layers, Node x) {
        return append(builder, layers, x, "");
    }

    private static Node append(NetworkBuilder builder, List<?> layers, Node x, String prefix) {
        Node y = x;
        int position = 0;
        for (Object layer : layers) y = apply(builder, map(layer, "a layer"), y, prefix + position++ + ".");
        return y;
    }

    private static Node apply(NetworkBuilder builder, Map<?, ?> layer, Node x, String prefix) {
        String kind = text(layer, "kind");
        return switch (kind) {
            case "dense", "ensemble_dense" -> {
                ParameterTensor weights = tensor(builder, layer, "weights", prefix, 2);
                yield builder.apply(new Dense(weights, layer.containsKey("bias") ? tensor(builder, layer, "bias", prefix, 1) : null), x);
            }
            case "relu", "tanh", "sigmoid", "silu", "softplus", "mish" ->
                    builder.activation(Activation.valueOf(kind.toUpperCase(Locale.ROOT)), x);
            case "elu" -> builder.elu(number(layer, "alpha"), x);
            case "layer_norm" -> builder.apply(new LayerNorm(number(layer, "eps"), tensors(builder, layer, prefix, "scale", "shift")), x);
            case "rms_norm" -> builder.apply(new RmsNorm(number(layer, "eps"), tensors(builder, layer, prefix, "scale")), x);
            case "softmax", "sim_norm" -> builder.softmax((int) number(layer, "group"), x);
            case "log_softmax" -> builder.logSoftmax((int) number(layer, "group"), x);
            case "residual" -> builder.add(x, append(builder, list(layer, "layers"), x, prefix));
            default -> throw new IllegalArgumentException("kind is " + kind + ", but no such layer is known.");
        };
    }

    private static ParameterTensor[] tensors(NetworkBuilder builder, Map<?, ?> layer, String prefix, String... fields) {
        if (!layer.containsKey(fields[0])) return new ParameterTensor[0];
        ParameterTensor[] tensors = new ParameterTensor[fields.length];
        for (int i = 0; i < fields.length; i++) tensors[i] = tensor(builder, layer, fields[i], prefix, 1);
        return tensors;
    }

    /** Declares a tensor whose member has {@code dimensions} dimensions; a dimension in front counts the members. */
    private static ParameterTensor tensor(NetworkBuilder builder, Map<?, ?> layer, String field, String prefix, int dimensions) {
        Map<?, ?> tensor = map(require(layer, field), field);
        List<?> shape = list(tensor, "shape");
        List<?> values = list(tensor, "values");
        int[] memberShape = new int[dimensions];
        int skipped = shape.size() - dimensions;
        if (skipped < 0) throw new IllegalArgumentException("shape of " + field + " is " + shape + ", but " + dimensions + " lengths are needed.");
        int size = 1;
        for (int i = 0; i < dimensions; i++) {
            memberShape[i] = ((Number) shape.get(skipped + i)).intValue();
            size = Math.multiplyExact(size, memberShape[i]);
        }
        int memberSize = size;
        return builder.parameter(prefix + field, (array, offset, ignored, seed, stream) -> {
            int first = Initialiser.member(stream) * memberSize;
            if (values.size() < first + memberSize) {
                throw new IllegalArgumentException(
                        "values of " + field + " has " + values.size() + " entries, but " + (first + memberSize) + " are needed.");
            }
            for (int i = 0; i < memberSize; i++) array[offset + i] = ((Number) values.get(first + i)).floatValue();
        }, memberShape);
    }

    private static Object require(Map<?, ?> map, String field) {
        Object value = map.get(field);
        if (value == null) throw new IllegalArgumentException(field + " is missing in a layer with the fields " + map.keySet() + ".");
        return value;
    }

    private static String text(Map<?, ?> map, String field) {
        return require(map, field).toString();
    }

    private static double number(Map<?, ?> map, String field) {
        if (require(map, field) instanceof Number number) return number.doubleValue();
        throw new IllegalArgumentException(field + " is " + map.get(field) + ", but it must be a number.");
    }

    private static List<?> list(Map<?, ?> map, String field) {
        if (require(map, field) instanceof List<?> list) return list;
        throw new IllegalArgumentException(field + " is " + map.get(field) + ", but it must be a list.");
    }

    private static Map<?, ?> map(Object value, String what) {
        if (value instanceof Map<?, ?> map) return map;
        throw new IllegalArgumentException(what + " is " + value + ", but it must be a map.");
    }
}

package io.ponder.engine.storage;

import java.util.List;

/**
 * Describes one tensor of a safetensors file.
 *
 * @param name   unique in the file
 * @param type   of the elements
 * @param shape  sizes, the slowest first; empty for a scalar
 * @param count  number of elements
 * @param offset of the first byte behind the header
 * @param bytes  length
 */
public record TensorEntry(String name, TensorType type, List<Long> shape, long count, long offset, long bytes) {
    public TensorEntry {
        shape = List.copyOf(shape);
    }
}

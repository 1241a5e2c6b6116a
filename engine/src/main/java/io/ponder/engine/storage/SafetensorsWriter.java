package io.ponder.engine.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ponder.engine.Checks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes named arrays as a safetensors file, readable from Python as it is. Data are ordered by type (wide
 * elements first) and name and begin at a multiple of 8 bytes: the same tensors give the same bytes, those of the format's library.
 *
 * <p>The arrays are not copied: what they hold when {@link #write} runs is written. Not thread-safe.
 */
public final class SafetensorsWriter {
    private static final JsonFactory JSON = new JsonFactory();
    /** The library's order of types: wide elements first, so that all begin aligned. */
    private static final List<TensorType> ORDER = List.of(TensorType.I64, TensorType.F64, TensorType.F32, TensorType.I32);

    private static final int BUFFER_BYTES = 1 << 16;

    private final Map<String, String> metadata = new TreeMap<>();
    private final Map<String, Tensor> tensors = new TreeMap<>();

    private record Tensor(String name, TensorType type, int[] shape, Object data, int count) {
        long bytes() {
            return (long) count * type.bits() / 8;
        }
    }

    /** Adds a free text to the header. */
    public SafetensorsWriter metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Adds a tensor of type F32.
     *
     * @param name  not used before
     * @param shape sizes, the slowest first, whose product is the length of {@code data}; empty for a scalar
     * @throws IllegalArgumentException if the name is taken or the shape does not fit
     */
    public SafetensorsWriter add(String name, int[] shape, float[] data) {
        return add(new Tensor(name, TensorType.F32, shape.clone(), data, data.length));
    }

    /** Adds a tensor of type F64. */
    public SafetensorsWriter add(String name, int[] shape, double[] data) {
        return add(new Tensor(name, TensorType.F64, shape.clone(), data, data.length));
    }

    /** Adds a tensor of type I32. */
    public SafetensorsWriter add(String name, int[] shape, int[] data) {
        return add(new Tensor(name, TensorType.I32, shape.clone(), data, data.length));
    }

    /** Adds a tensor of type I64. */
    public SafetensorsWriter add(String name, int[] shape, long[] data) {
        return add(new Tensor(name, TensorType.I64, shape.clone(), data, data.length));
    }

    private SafetensorsWriter add(Tensor tensor) {
        long product = 1;
        for (int size : tensor.shape) product = Math.multiplyExact(product, Checks.nonNegative("a size of the shape", size));
        if (product != tensor.count) {
            throw new IllegalArgumentException("Tensor '" + tensor.name + "' has " + tensor.count + " elements, but its shape "
                    + Arrays.toString(tensor.shape) + " holds " + product + ".");
        }
        if (tensor.name.equals(SafetensorsHeader.METADATA) || tensors.putIfAbsent(tensor.name, tensor) != null) {
            throw new IllegalArgumentException("The tensor name '" + tensor.name + "' is taken.");
        }
        return this;
    }

    /** Writes the file, replacing {@code target} in one step. */
    public void write(Path target) throws IOException {
        AtomicWrite.write(target, this::writeTo);
    }

    /** Writes the file's bytes to a stream. */
    public void writeTo(OutputStream out) throws IOException {
        List<Tensor> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingInt((Tensor tensor) -> ORDER.indexOf(tensor.type)).thenComparing(Tensor::name));
        byte[] header = header(ordered);
        int padding = -header.length & 7;
        byte[] bytes = new byte[BUFFER_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(header.length + padding);
        out.write(bytes, 0, 8);
        out.write(header);
        for (int i = 0; i < padding; i++) out.write(' ');
        for (Tensor tensor : ordered) writeData(tensor, bytes, buffer, out);
    }

    private byte[] header(List<Tensor> ordered) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) json.writeStringField(entry.getKey(), entry.getValue());
                json.writeEndObject();
            }
            long offset = 0;
            for (Tensor tensor : ordered) {
                json.writeObjectFieldStart(tensor.name);
                json.writeStringField("dtype", tensor.type.name());
                json.writeFieldName("shape");
                json.writeArray(tensor.shape, 0, tensor.shape.length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {offset, offset + tensor.bytes()}, 0, 2);
                json.writeEndObject();
                offset += tensor.bytes();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeData(Tensor tensor, byte[] bytes, ByteBuffer buffer, OutputStream out) throws IOException {
        int width = tensor.type.bits() / 8;
        for (int first = 0; first < tensor.count; ) {
            int count = Math.min(tensor.count - first, BUFFER_BYTES / width);
            buffer.clear();
            switch (tensor.type) {
                case F32 -> buffer.asFloatBuffer().put((float[]) tensor.data, first, count);
                case F64 -> buffer.asDoubleBuffer().put((double[]) tensor.data, first, count);
                case I32 -> buffer.asIntBuffer().put((int[]) tensor.data, first, count);
                default -> buffer.asLongBuffer().put((long[]) tensor.data, first, count);
            }
            out.write(bytes, 0, count * width);
            first += count;
        }
    }
}

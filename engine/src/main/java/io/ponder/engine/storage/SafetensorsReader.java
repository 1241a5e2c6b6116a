package io.ponder.engine.storage;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/**
 * Reads tensors by name from a safetensors file: 8 bytes of header length (little endian), a JSON header, the data.
 *
 * <p>The whole header is checked when the file is opened; data are read when they are asked for, through a small buffer, and no array
 * is made that is larger than what the file really holds. F16 and BF16 are converted exactly. A tensor of another type is refused
 * by name when it is read; the other tensors of its file stay readable.
 *
 * <p>Not thread-safe. Source: the format's description by Hugging Face, safetensors 0.8.
 */
public final class SafetensorsReader implements Closeable {
    /** The library's own limit; a larger length is a sign of another kind of file. */
    private static final long LARGEST_HEADER = 100_000_000;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsReader(Path file, FileChannel channel, SafetensorsHeader header, long dataStart) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws SafetensorsException if it is not a whole and consistent safetensors file
     * @throws IOException          if it cannot be read
     */
    public static SafetensorsReader open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long size = channel.size();
            if (size < 8) throw new SafetensorsException(file, "the file has " + size + " bytes and so no header.\nMaybe it was cut.");
            ByteBuffer lengthBytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, lengthBytes, 0);
            long length = lengthBytes.getLong();
            if (length < 2 || length > size - 8 || length > LARGEST_HEADER) {
                throw new SafetensorsException(file, "the header should have " + Long.toUnsignedString(length)
                        + " bytes, but the file has " + size + " in all.\nMaybe it was cut, or it is not a safetensors file.");
            }
            ByteBuffer headerBytes = ByteBuffer.allocate((int) length);
            readFully(channel, headerBytes, 8);
            SafetensorsHeader header = SafetensorsHeader.parse(file, headerBytes, size - 8 - length);
            return new SafetensorsReader(file, channel, header, 8 + length);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the free texts of the header. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /** Returns all tensors in the order of the header. */
    public Collection<TensorEntry> tensors() {
        return Collections.unmodifiableCollection(header.tensors().values());
    }

    /** Tells whether there is a tensor of this name. */
    public boolean contains(String name) {
        return header.tensors().containsKey(name);
    }

    /**
     * Returns the description of a tensor.
     *
     * @throws SafetensorsException if there is none of this name
     */
    public TensorEntry entry(String name) throws SafetensorsException {
        TensorEntry entry = header.tensors().get(name);
        if (entry == null) throw new SafetensorsException(file, "there is no tensor '" + name + "'.");
        return entry;
    }

    /** Reads a tensor of type F32, F16 or BF16. Allocates. */
    public float[] readFloats(String name) throws IOException {
        float[] out = new float[length(entry(name))];
        readFloats(name, out);
        return out;
    }

    /**
     * Reads a tensor of type F32, F16 or BF16 into an array of just its number of elements, which is changed only from the first
     * element on that could be read.
     */
    public void readFloats(String name, float[] out) throws IOException {
        TensorEntry entry = require(name, out.length, TensorType.F32, TensorType.F16, TensorType.BF16);
        int width = entry.type().bits() / 8;
        for (int i = 0; i < out.length; ) {
            for (int n = fill(entry, i, width); n > 0; n--) {
                out[i++] = switch (entry.type()) {
                    case F32 -> buffer.getFloat();
                    case F16 -> halfToFloat(buffer.getShort());
                    default -> Float.intBitsToFloat(buffer.getShort() << 16);
                };
            }
        }
    }

    /** Reads a tensor of type F64, F32, F16, BF16 or I32, all of which a double holds exactly. Allocates. */
    public double[] readDoubles(String name) throws IOException {
        double[] out = new double[length(entry(name))];
        TensorEntry entry = require(
                name, out.length, TensorType.F64, TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.I32);
        int width = entry.type().bits() / 8;
        for (int i = 0; i < out.length; ) {
            for (int n = fill(entry, i, width); n > 0; n--) {
                out[i++] = switch (entry.type()) {
                    case F64 -> buffer.getDouble();
                    case F32 -> buffer.getFloat();
                    case F16 -> halfToFloat(buffer.getShort());
                    case I32 -> buffer.getInt();
                    default -> Float.intBitsToFloat(buffer.getShort() << 16);
                };
            }
        }
        return out;
    }

    /** Reads a tensor of type I32. Allocates. */
    public int[] readInts(String name) throws IOException {
        int[] out = new int[length(entry(name))];
        TensorEntry entry = require(name, out.length, TensorType.I32);
        for (int i = 0; i < out.length; ) for (int n = fill(entry, i, 4); n > 0; n--) out[i++] = buffer.getInt();
        return out;
    }

    /** Reads a tensor of type I64 or I32. Allocates. */
    public long[] readLongs(String name) throws IOException {
        long[] out = new long[length(entry(name))];
        TensorEntry entry = require(name, out.length, TensorType.I64, TensorType.I32);
        int width = entry.type().bits() / 8;
        for (int i = 0; i < out.length; ) {
            for (int n = fill(entry, i, width); n > 0; n--) out[i++] = width == 8 ? buffer.getLong() : buffer.getInt();
        }
        return out;
    }

    private int length(TensorEntry entry) throws SafetensorsException {
        if (entry.count() > Integer.MAX_VALUE - 8) {
            throw new SafetensorsException(
                    file, "tensor '" + entry.name() + "' has " + entry.count() + " elements, more than an array holds.");
        }
        return (int) entry.count();
    }

    private TensorEntry require(String name, int length, TensorType... readable) throws SafetensorsException {
        TensorEntry entry = entry(name);
        var names = new StringBuilder();
        boolean found = false;
        for (TensorType type : readable) {
            names.append(names.isEmpty() ? "" : ", ").append(type);
            found |= type == entry.type();
        }
        if (!found) {
            throw new SafetensorsException(
                    file, "tensor '" + name + "' has dtype " + entry.type() + ", but it is read as one of " + names + ".");
        }
        if (entry.count() != length) {
            throw new SafetensorsException(file, "tensor '" + name + "' of shape " + entry.shape() + " has " + entry.count()
                    + " elements, but " + length + " are expected.");
        }
        return entry;
    }

    /** Puts the elements from {@code first} on into the buffer. Returns how many there are, at least 1. */
    private int fill(TensorEntry entry, int first, int width) throws IOException {
        int count = (int) Math.min(entry.count() - first, BUFFER_BYTES / width);
        buffer.clear().limit(count * width);
        readFully(channel, buffer, dataStart + entry.offset() + (long) first * width);
        return count;
    }

    private static void readFully(FileChannel channel, ByteBuffer to, long position) throws IOException {
        long at = position;
        while (to.hasRemaining()) {
            int read = channel.read(to, at);
            if (read < 0) throw new EOFException("The file became shorter while it was read.");
            at += read;
        }
        to.flip();
    }

    /** Converts IEEE half precision exactly; Java's own conversion is there from 20 on. */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1F;
        int mantissa = half & 0x3FF;
        if (exponent == 0x1F) return Float.intBitsToFloat(sign | 0x7F800000 | mantissa << 13);
        // Subnormal: mantissa * 2^-24; the multiplication is exact.
        if (exponent == 0) return (sign == 0 ? 1 : -1) * (mantissa * 0x1p-24f);
        return Float.intBitsToFloat(sign | (exponent + 112) << 23 | mantissa << 13);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.ponder.engine.storage;

import io.ponder.engine.Checks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes scalars over steps into a TensorBoard event file.
 *
 * <p>The file is a list of records: length (8 bytes), its checksum (4), an {@code Event} message in protocol-buffer encoding, its
 * checksum (4), all little-endian; a checksum is a rotated CRC-32C plus a constant. The first record names the version,
 * {@code brain.Event:2}. TensorBoard reads files whose name holds {@code tfevents}, while they grow.
 *
 * <p>Records are only appended. A crash can tear the last one, which readers ignore and {@link #open} cuts off before it continues. Not
 * thread-safe; memory is taken once, apart from the bytes of a tag.
 */
public final class EventFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    /** Length and its checksum before a message, the checksum of the message after it. */
    private static final int HEADER_BYTES = 12;
    private static final int FOOTER_BYTES = 4;
    private static final int MASK = 0xa282ead8;
    private static final byte[] VERSION = "brain.Event:2".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    private EventFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Creates a file, or continues one behind its last whole record.
     *
     * @param file        file whose name holds {@code tfevents}, such as {@code events.out.tfevents.1.run}; its folder must exist
     * @param wallSeconds time of the start, in seconds since 1970, for a new file
     * @throws IOException if it cannot be read or written, holds something else, or has records too long to be scalars
     */
    public static EventFile open(Path file, double wallSeconds) throws IOException {
        if (!String.valueOf(file.getFileName()).contains("tfevents")) {
            throw new IllegalArgumentException(
                    "file is " + file + ", but TensorBoard only reads names with tfevents.\nMaybe call it events.out.tfevents.1.run.");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        EventFile events = new EventFile(file, channel);
        try {
            events.start(wallSeconds);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return events;
    }

    private void start(double wallSeconds) throws IOException {
        long end = 0;
        int length = readMessage(end);
        int versionBytes = 9 + 2 + VERSION.length;
        if (length < 0 && channel.size() >= HEADER_BYTES + versionBytes + FOOTER_BYTES
                || length >= 0 && (length != versionBytes || !endsWithVersion())) {
            throw new IOException(file + " is no TensorBoard event file.\nMaybe choose another name: only event files are continued.");
        }
        while (length >= 0) {
            end += HEADER_BYTES + length + FOOTER_BYTES;
            length = readMessage(end);
        }
        channel.truncate(end);
        channel.position(end);
        buffer.clear();
        if (end > 0) return;
        beginRecord(wallSeconds);
        putBytes(3, VERSION);
        endRecord();
        flush();
    }

    /** Reads the message of the record at a place into the buffer; returns its length, or -1 if there is no whole one. */
    private int readMessage(long at) throws IOException {
        long rest = channel.size() - at - HEADER_BYTES - FOOTER_BYTES;
        if (rest < 0) return -1;
        read(at, HEADER_BYTES);
        long length = buffer.getLong(0);
        if (length < 0 || length > rest || checksum(0, 8) != buffer.getInt(8)) return -1;
        if (length > BUFFER_BYTES - FOOTER_BYTES) {
            throw new IOException(file + " has a record of " + length + " bytes, so it is from another writer and not continued.");
        }
        read(at + HEADER_BYTES, (int) length + FOOTER_BYTES);
        return checksum(0, (int) length) == buffer.getInt((int) length) ? (int) length : -1;
    }

    private boolean endsWithVersion() {
        for (int i = 0; i < VERSION.length; i++) {
            if (buffer.get(11 + i) != VERSION[i]) return false;
        }
        return true;
    }

    private void read(long at, int bytes) throws IOException {
        buffer.clear().limit(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) throw new IOException(file + " became shorter while it was read.");
        }
        buffer.clear();
    }

    /**
     * Appends one value. It reaches the file with {@link #flush}, or earlier.
     *
     * @param tag         name of the curve, such as {@code loss/value}, at most 1000 bytes in UTF-8
     * @param step        place on the axis, at least 0
     * @param wallSeconds time in seconds since 1970
     * @param value       any float; TensorBoard marks NaN and infinity
     * @throws IOException if the file cannot be written
     */
    public void scalar(String tag, long step, double wallSeconds, float value) throws IOException {
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        Checks.inRange("bytes of tag", name.length, 1, 1000);
        Checks.nonNegative("step", step);
        if (buffer.remaining() < name.length + 100) flush();
        beginRecord(wallSeconds);
        buffer.put((byte) (2 << 3));
        putVarint(step);
        int valueBytes = 1 + varintBytes(name.length) + name.length + 5;
        putLength(5, 1 + varintBytes(valueBytes) + valueBytes);
        putLength(1, valueBytes);
        putBytes(1, name);
        buffer.put((byte) (2 << 3 | 5)).putFloat(value);
        endRecord();
    }

    /** Leaves room for the header and begins an {@code Event} with its time (field 1, a double). */
    private void beginRecord(double wallSeconds) {
        buffer.mark().position(buffer.position() + HEADER_BYTES);
        buffer.put((byte) (1 << 3 | 1)).putDouble(wallSeconds);
    }

    private void endRecord() {
        int end = buffer.position();
        int start = buffer.reset().position();
        int length = end - start - HEADER_BYTES;
        buffer.putLong(start, length);
        buffer.putInt(start + 8, checksum(start, 8));
        buffer.putInt(end, checksum(start + HEADER_BYTES, length));
        buffer.position(end + FOOTER_BYTES);
    }

    private int checksum(int from, int bytes) {
        crc.reset();
        crc.update(buffer.array(), from, bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private void putBytes(int field, byte[] bytes) {
        putLength(field, bytes.length);
        buffer.put(bytes);
    }

    private void putLength(int field, int bytes) {
        buffer.put((byte) (field << 3 | 2));
        putVarint(bytes);
    }

    private void putVarint(long value) {
        long left = value;
        for (; left > 0x7f; left >>>= 7) buffer.put((byte) (left & 0x7f | 0x80));
        buffer.put((byte) left);
    }

    private static int varintBytes(int value) {
        return value < 1 << 7 ? 1 : 2;
    }

    /** Hands everything to the file, so that it survives the end of this process. */
    public void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) channel.write(buffer);
        buffer.clear();
    }

    /** Flushes, forces the file to disk and closes it. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (!channel.isOpen()) return;
            flush();
            channel.force(true);
        }
    }
}

package io.ponder.engine.storage;

import io.ponder.engine.tensor.CounterRandom;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;

/**
 * Replaces a file in one step: the new contents are written to a temporary file in the same directory, forced to disk, and renamed.
 * Whatever goes wrong before the rename (a full disk, a crash) leaves the old file as it was.
 *
 * <p>The directory is forced too where the system allows it, so that the rename survives a power failure. A symbolic link stays a
 * link: the file it points to is replaced. Thread-safe for different targets.
 */
public final class AtomicWrite {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String SUFFIX = ".tmp";

    /** Writes the contents of a file. */
    @FunctionalInterface
    public interface Contents {
        /** Writes everything to {@code out}; the stream is buffered and must not be closed. */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicWrite() {}

    /**
     * Makes {@code contents} the contents of {@code target}, which may exist.
     *
     * @throws IOException if something cannot be written; the target is then unchanged and the temporary file is gone
     */
    public static void write(Path target, Contents contents) throws IOException {
        write(target, contents, UnaryOperator.identity());
    }

    /** Makes {@code text}, in UTF-8, the contents of {@code target}. */
    public static void writeString(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As above; {@code disk} stands between the buffer and the file, so that a test can make it fail. */
    static void write(Path target, Contents contents, UnaryOperator<OutputStream> disk) throws IOException {
        Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.isDirectory(file)) throw new FileAlreadyExistsException(target.toString(), null, "is a directory");
        Path temporary = file.resolveSibling(temporaryName(file));
        boolean done = false;
        try {
            writeAndForce(temporary, contents, disk);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } finally {
            if (!done) Files.deleteIfExists(temporary);
        }
        forceDirectory(file);
    }

    private static void writeAndForce(Path temporary, Contents contents, UnaryOperator<OutputStream> disk) throws IOException {
        // Not Files.createTempFile: that makes a file which only its owner may read.
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            OutputStream out = new BufferedOutputStream(disk.apply(Channels.newOutputStream(channel)), BUFFER_BYTES);
            contents.writeTo(new Unclosed(out));
            out.flush();
            channel.force(true);
        }
    }

    /** Some systems refuse to open a directory, and some to force it; the rename itself has happened by then. */
    private static void forceDirectory(Path file) {
        Path directory = file.getParent();
        if (directory == null) return;
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException refused) {
            return;
        }
    }

    private static String temporaryName(Path file) {
        long unique = CounterRandom.key(System.nanoTime(), ProcessHandle.current().pid() ^ Thread.currentThread().getId() << 32);
        return "." + file.getFileName() + "." + Long.toUnsignedString(unique, 36) + SUFFIX;
    }

    /** Tells whether a file name is that of a temporary file, left by a process that was killed, of a target whose name matches. */
    static boolean isTemporaryOf(String fileName, String targetPattern) {
        return fileName.matches("\\." + targetPattern + "\\.[0-9a-z]+\\" + SUFFIX);
    }

    /** Keeps writers that close their stream (of text, of JSON) from closing the channel before it is forced. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

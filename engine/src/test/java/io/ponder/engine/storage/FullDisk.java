package io.ponder.engine.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/** Fails once more bytes have been written, to all files together, than a disk has room for. */
final class FullDisk {
    private long left;

    private FullDisk(long left) {
        this.left = left;
    }

    static UnaryOperator<OutputStream> after(long bytes) {
        var disk = new FullDisk(bytes);
        return disk::limit;
    }

    private OutputStream limit(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int fits = (int) Math.min(left, length);
                out.write(bytes, offset, fits);
                left -= fits;
                if (fits < length) throw new IOException("No space left on device");
            }

            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }
        };
    }
}

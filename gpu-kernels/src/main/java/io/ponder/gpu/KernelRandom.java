package io.ponder.gpu;

/**
 * Computes {@link io.ponder.engine.tensor.CounterRandom#block} in two halves, each short enough for the compilers of OpenCL to put it in
 * place of its call: a call would keep them from making SIMD code of the loop around it. The words are the same to the bit.
 *
 * <p>Source: J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011 (Threefry2x32-20).
 */
final class KernelRandom {
    private static final int PARITY = 0x1BD11BDA;

    private KernelRandom() {}

    /** Returns the words after half of the rounds. */
    static long begin(int key0, int key1, int counter0, int counter1) {
        int key2 = key0 ^ key1 ^ PARITY;
        int x0 = counter0 + key0;
        int x1 = counter1 + key1;

        x0 += x1; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += key1;
        x1 += key2 + 1;

        x0 += x1; x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
        x0 += x1; x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
        x0 += x1; x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
        x0 += x1; x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
        x0 += key2;
        x1 += key0 + 2;
        return ((long) x1 << 32) | (x0 & 0xFFFFFFFFL);
    }

    /** Returns the words after the other rounds. */
    static long finish(int key0, int key1, long begun) {
        int key2 = key0 ^ key1 ^ PARITY;
        int x0 = (int) begun;
        int x1 = (int) (begun >>> 32);

        x0 += x1; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += key0;
        x1 += key1 + 3;

        x0 += x1; x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
        x0 += x1; x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
        x0 += x1; x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
        x0 += x1; x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
        x0 += key1;
        x1 += key2 + 4;

        x0 += x1; x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
        x0 += x1; x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
        x0 += x1; x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
        x0 += x1; x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
        x0 += key2;
        x1 += key0 + 5;
        return ((long) x1 << 32) | (x0 & 0xFFFFFFFFL);
    }
}

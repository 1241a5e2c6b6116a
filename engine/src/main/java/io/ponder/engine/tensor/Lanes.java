package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;

/** One scratch vector a thread, for blocks shorter than a vector. */
final class Lanes {
    /** Two vectors of the widest kind that Java knows, 2048 bits. */
    private static final int SIZE = 128;

    private static final ThreadLocal<float[]> SCRATCH = ThreadLocal.withInitial(() -> new float[SIZE]);

    private Lanes() {}

    /** Returns the scratch of this thread. */
    static float[] scratch() {
        return SCRATCH.get();
    }

    /** Returns the scratch with n entries of x in front; what follows is some finite or non-finite rest. */
    static float[] load(int n, float[] x, int xo) {
        float[] lanes = SCRATCH.get();
        System.arraycopy(x, xo, lanes, 0, n);
        return lanes;
    }

    /** Returns the scratch with n entries of x in front and n entries of y one vector later. */
    static float[] load(int n, float[] x, int xo, float[] y, int yo) {
        float[] lanes = SCRATCH.get();
        System.arraycopy(x, xo, lanes, 0, n);
        System.arraycopy(y, yo, lanes, FloatVector.SPECIES_PREFERRED.length(), n);
        return lanes;
    }

    /** Copies the first n entries of the scratch to y. */
    static void store(int n, float[] y, int yo) {
        System.arraycopy(SCRATCH.get(), 0, y, yo, n);
    }
}

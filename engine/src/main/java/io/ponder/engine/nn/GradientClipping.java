package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;

/** Bounds gradients before an optimiser step. Thread-safe; allocates nothing. */
public final class GradientClipping {
    /** Entries that are summed in float before the sum goes on in double. */
    private static final int CHUNK = 1024;

    private GradientClipping() {}

    /** Returns the Euclidean norm of the first {@code count} entries. */
    public static double norm(float[] gradient, int count) {
        Kernels kernels = Kernels.get();
        double sum = 0;
        for (int from = 0; from < count; from += CHUNK) {
            sum += kernels.dot(Math.min(CHUNK, count - from), gradient, from, gradient, from);
        }
        return Math.sqrt(sum);
    }

    /**
     * Scales a gradient by {@code min(1, maxNorm / (norm + 1e-6))}, with one norm over all parameters (Pascanu et al. 2013).
     *
     * @param gradient flat gradient. Modified.
     * @param count    number of parameters
     * @param maxNorm  bound, greater than 0
     * @return the norm before
     */
    public static double clipNorm(float[] gradient, int count, double maxNorm) {
        Checks.positive("maxNorm", maxNorm);
        double norm = norm(gradient, count);
        double factor = maxNorm / (norm + 1e-6);
        if (factor < 1) Kernels.get().scale(count, (float) factor, gradient, 0, gradient, 0);
        return norm;
    }
}

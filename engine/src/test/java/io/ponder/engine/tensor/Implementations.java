package io.ponder.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The kernels under test and the sizes at which vector code goes wrong. */
final class Implementations {
    static final int[] SIZES = {0, 1, 3, 7, 8, 15, 16, 17, 63, 64, 65, 1000};

    /** Put around every block; a kernel that writes there is caught. */
    static final float GUARD = 1234.5f;

    private Implementations() {}

    /** Returns plain, and vector where this machine has it. */
    static List<Kernels> all() {
        List<Kernels> all = new ArrayList<>();
        all.add(Kernels.plain());
        Kernels best = KernelSelection.select("", new ArrayList<>());
        if (best != Kernels.plain()) all.add(best);
        return all;
    }

    static float[] random(Random random, int length) {
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    static float[] guarded(int length) {
        float[] x = new float[length];
        java.util.Arrays.fill(x, GUARD);
        return x;
    }
}

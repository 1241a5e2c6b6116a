package io.ponder.gpu;

import com.aparapi.Kernel;
import java.util.function.IntUnaryOperator;

/** Breaks every rule of kernels. */
@SuppressWarnings("unused")
final class RuleBreaker extends Kernel {
    private static int shared;
    private final float[] out = new float[64];
    private final float[][] square = new float[2][2];
    private float[] replaced = new float[64];
    private boolean flag;
    private long wide;
    private int count;

    @Override
    public void run() {
        int half = getGlobalId();
        switch (half) {
            case 0:
                out[0] = 1;
                break;
            case 7:
                out[7] = 2;
                break;
            default:
                out[half] = out[half] % 3;
        }
        count = flag ? Integer.bitCount(half) : count;
        assert half >= 0;
        calledByRun(half);
    }

    private void calledByRun(int item) {
        for (float x : out) replaced[item] += x;
        for (int i = 0; i < 64; i++) {
            if (out[i] > 2) break;
            out[i] = (float) (Math.hypot(out[i], 1.0) * 0.1);
        }
        IntUnaryOperator next = i -> i + 1;
        Object made = new Object();
        if (made instanceof Kernel) throw new IllegalStateException();
        shared = next.applyAsInt(item) + shared;
        try {
            put(out);
        } catch (RuntimeException refused) {
            out[0] = 0;
        }
    }
}

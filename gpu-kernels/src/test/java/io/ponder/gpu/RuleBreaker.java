package io.ponder.gpu;

import com.aparapi.Kernel;

/** Breaks every rule of kernels. */
final class RuleBreaker extends Kernel {
    private final float[] out = new float[64];
    private boolean flag;
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
    }
}

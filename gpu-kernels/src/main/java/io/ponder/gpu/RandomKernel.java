package io.ponder.gpu;

import com.aparapi.Kernel;
import io.ponder.engine.tensor.CounterRandom;

/** Writes the random words of samples 0, 1, ... at a key: what the self-test of a device compares with the host. */
final class RandomKernel extends Kernel {
    final int[] keys;
    final int[] words;

    /** @param words two for every work item */
    RandomKernel(int[] keys, int[] words) {
        this.keys = keys;
        this.words = words;
    }

    @Override
    public void run() {
        int item = getGlobalId();
        long block = CounterRandom.finish(keys[0], keys[1], CounterRandom.begin(keys[0], keys[1], item, 3));
        words[2 * item] = (int) block;
        words[2 * item + 1] = (int) (block >>> 32);
    }
}

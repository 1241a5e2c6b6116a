package io.ponder.engine.tensor;

import io.ponder.engine.Checks;

/**
 * Finds the places of the k smallest or largest values, in order.
 *
 * <p>Equal values are ordered by place, the lower one first, so that the answer is the same on every machine. A NaN comes after
 * everything else in both directions. Thread-safe. Nothing is allocated: the answer serves as the heap, O(n log k).
 */
public final class TopK {
    private TopK() {}

    /**
     * Writes the places of the k smallest values, the smallest first.
     *
     * @param count   number of values
     * @param values  the values. Not modified.
     * @param offset  place of the first value
     * @param stride  distance between values
     * @param k       how many to find, 0 .. count
     * @param indices receives k numbers in 0 .. count - 1. Modified.
     */
    public static void smallest(int count, float[] values, int offset, int stride, int k, int[] indices, int indicesOffset) {
        select(count, values, offset, stride, 1, k, indices, indicesOffset);
    }

    /** Writes the places of the k largest values, the largest first. Otherwise as {@link #smallest}. */
    public static void largest(int count, float[] values, int offset, int stride, int k, int[] indices, int indicesOffset) {
        select(count, values, offset, stride, -1, k, indices, indicesOffset);
    }

    private static void select(int count, float[] x, int offset, int stride, float sign, int k, int[] heap, int base) {
        Checks.inRange("k", k, 0, count);
        if (k == 0) return;
        for (int i = 0; i < k; i++) {
            heap[base + i] = i;
        }
        // The heap keeps the worst of the k best on top.
        for (int i = k / 2 - 1; i >= 0; i--) {
            sink(x, offset, stride, sign, heap, base, i, k);
        }
        for (int i = k; i < count; i++) {
            if (before(x, offset, stride, sign, i, heap[base])) {
                heap[base] = i;
                sink(x, offset, stride, sign, heap, base, 0, k);
            }
        }
        for (int end = k - 1; end > 0; end--) {
            int worst = heap[base];
            heap[base] = heap[base + end];
            heap[base + end] = worst;
            sink(x, offset, stride, sign, heap, base, 0, end);
        }
    }

    private static void sink(float[] x, int offset, int stride, float sign, int[] heap, int base, int start, int size) {
        int parent = start;
        int moved = heap[base + parent];
        while (2 * parent + 1 < size) {
            int child = 2 * parent + 1;
            if (child + 1 < size && before(x, offset, stride, sign, heap[base + child], heap[base + child + 1])) child++;
            if (!before(x, offset, stride, sign, moved, heap[base + child])) break;
            heap[base + parent] = heap[base + child];
            parent = child;
        }
        heap[base + parent] = moved;
    }

    /** Returns whether place i comes strictly before place j in the order of the answer. */
    private static boolean before(float[] x, int offset, int stride, float sign, int i, int j) {
        float a = sign * x[offset + i * stride];
        float b = sign * x[offset + j * stride];
        if (a < b) return true;
        if (a > b) return false;
        boolean nanA = a != a;
        boolean nanB = b != b;
        if (nanA != nanB) return nanB;
        return i < j;
    }
}

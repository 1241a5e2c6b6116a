package io.ponder.engine.data;

import io.ponder.engine.Checks;

/**
 * Draws each ensemble member its own resample of the training rows: N draws with replacement out of N (Efron 1979).
 *
 * <p>The draws are keyed by seed, member and draw. They survive growth as far as they can: when N grows to N', draw i keeps its
 * row with probability N / N' and otherwise becomes one of the new rows, so a member trained on its old resample continues on mostly
 * the same rows, while every draw stays uniform over all N' rows. Each draw is a reservoir of one row: row m replaces it with
 * probability 1 / (m + 1), and the next replacement is found in one step. Positions are those in the list of training rows, whose
 * beginning must not change as it grows (that of a {@link HoldOutSplit} of a store without dropped rows does not).
 *
 * <p>Stateless, safe for several threads, allocates nothing.
 */
public final class Bootstrap {
    private Bootstrap() {}

    /**
     * Writes the resample of one member.
     *
     * @param rows   the training rows, {@code [count]}. Not modified.
     * @param count  number of training rows N and of draws
     * @param seed   key of the ensemble
     * @param member number of the member
     * @param out    {@code [count]}, must not be {@code rows}. Modified.
     */
    public static void draw(int[] rows, int count, long seed, int member, int[] out) {
        Checks.nonNegative("count", count);
        long key = RowRandom.mix(RowRandom.mix(seed, 0xB007), member);
        for (int i = 0; i < count; i++) out[i] = rows[position(RowRandom.mix(key, i), i, count)];
    }

    /** Returns the position of draw {@code slot} among {@code count} rows: uniform over the first slot + 1, then a reservoir of one. */
    private static int position(long key, int slot, int count) {
        int position = RowRandom.below(slot + 1, key, 0);
        long seen = slot + 1L;
        for (long draw = 1; ; draw++) {
            // P(no replacement among rows seen .. m - 1) = seen / m, so the next replacing row is floor(seen / u).
            double next = Math.floor(seen / RowRandom.unit(key, draw));
            if (next >= count) return position;
            position = (int) next;
            seen = (long) next + 1;
        }
    }
}

package io.ponder.engine.data;

import io.ponder.engine.Checks;

/**
 * Divides the rows of a growing {@link TransitionStore} into training rows and held-out rows. A transition never changes side.
 *
 * <p>Units (transitions, or whole episodes) are taken in blocks of {@code 1 / fraction}; one unit of every block, chosen by the seed,
 * is held out, so the share is exact for small data too. The very first unit always trains. While the cap is reached, everything
 * new trains. The side of a unit is decided when it is first seen by {@link #update}; an episode's side holds for all its rows.
 *
 * <p>Not thread-safe; {@code update} allocates only where the lists grow.
 */
public final class HoldOutSplit {
    private final double fraction;
    private final int cap;
    private final boolean byEpisode;
    private final long key;
    private final Serials training = new Serials();
    private final Serials held = new Serials();
    private long seen;
    private long lastEpisode = -1;
    private boolean lastEpisodeHeld;
    private int[] trainingRows = {};
    private int[] heldRows = {};

    /**
     * Creates a split.
     *
     * @param fraction  share that is held out, from 0 (nothing) to 0.9
     * @param cap       largest number of held-out rows; an episode that begins below it is held out whole
     * @param byEpisode whether whole episodes are held out, rather than single transitions
     * @param seed      decides which units are held out
     */
    public HoldOutSplit(double fraction, int cap, boolean byEpisode, long seed) {
        this.fraction = Checks.inRange("fraction", fraction, 0, 0.9);
        this.cap = Checks.nonNegative("cap", cap);
        this.byEpisode = byEpisode;
        key = RowRandom.mix(seed, 0x5911);
    }

    /** Decides the side of every row that is new in the store and forgets the rows that were dropped from it. */
    public void update(TransitionStore store) {
        if (seen > store.added()) {
            throw new IllegalArgumentException("The store has seen " + store.added() + " transitions, but the split has seen " + seen
                    + ".\nMaybe each store needs a split of its own.");
        }
        long oldest = store.added() - store.size();
        training.dropBefore(oldest);
        held.dropBefore(oldest);
        for (long serial = Math.max(seen, oldest); serial < store.added(); serial++) {
            (isHeld(store, serial, oldest) ? held : training).add(serial);
        }
        seen = store.added();
        trainingRows = training.readRows(oldest, trainingRows);
        heldRows = held.readRows(oldest, heldRows);
    }

    private boolean isHeld(TransitionStore store, long serial, long oldest) {
        if (!byEpisode) return chosen(serial) && held.count() < cap;
        long episode = store.episodeId(store.episodeOf((int) (serial - oldest)));
        if (episode != lastEpisode) {
            lastEpisode = episode;
            lastEpisodeHeld = chosen(episode) && held.count() < cap;
        }
        return lastEpisodeHeld;
    }

    /** Tells whether a unit is the one that its block holds out. */
    private boolean chosen(long unit) {
        if (fraction == 0) return false;
        long block = (long) (unit * fraction);
        while (start(block) > unit) block--;
        while (start(block + 1) <= unit) block++;
        long first = block == 0 ? 1 : start(block);
        return unit == first + RowRandom.below((int) (start(block + 1) - first), key, block);
    }

    private long start(long block) {
        return (long) Math.ceil(block / fraction);
    }

    /** Returns the training rows in the order of the store, {@link #trainingCount} entries. Valid until the next update. */
    public int[] trainingRows() {
        return trainingRows;
    }

    /** Returns the number of training rows. */
    public int trainingCount() {
        return training.count();
    }

    /** Returns the held-out rows in the order of the store, {@link #heldOutCount} entries. Valid until the next update. */
    public int[] heldOutRows() {
        return heldRows;
    }

    /** Returns the number of held-out rows. */
    public int heldOutCount() {
        return held.count();
    }

    /** Ascending permanent row numbers that are added at the end and dropped at the beginning. */
    private static final class Serials {
        private long[] values = new long[256];
        private int head;
        private int tail;

        int count() {
            return tail - head;
        }

        void add(long serial) {
            if (tail == values.length) {
                long[] target = head > tail / 2 ? values : new long[values.length * 2];
                System.arraycopy(values, head, target, 0, tail - head);
                values = target;
                tail -= head;
                head = 0;
            }
            values[tail++] = serial;
        }

        void dropBefore(long oldest) {
            while (head < tail && values[head] < oldest) head++;
        }

        int[] readRows(long oldest, int[] reuse) {
            int[] rows = reuse.length >= count() ? reuse : new int[count() + count() / 2];
            for (int i = 0; i < count(); i++) rows[i] = (int) (values[head + i] - oldest);
            return rows;
        }
    }
}

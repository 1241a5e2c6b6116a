package io.ponder.engine.data;

import java.util.Arrays;

/** The permanent numbers of the rows at which episodes began, oldest kept episode first. Amortised constant time for all but the search. */
final class EpisodeStarts {
    private long[] serials = new long[16];
    private int head;
    private int tail;
    private int dropped;

    int count() {
        return tail - head;
    }

    void add(long serial) {
        if (tail == serials.length) makeRoom();
        serials[tail++] = serial;
    }

    /** Forgets the episodes that ended before row {@code oldest}. */
    void dropBefore(long oldest) {
        while (tail - head > 1 && serials[head + 1] <= oldest) {
            head++;
            dropped++;
        }
    }

    long at(int episode) {
        return serials[require(episode)];
    }

    int idAt(int episode) {
        require(episode);
        return dropped + episode;
    }

    int indexOf(long serial) {
        int found = Arrays.binarySearch(serials, head, tail, serial);
        return (found >= 0 ? found : -found - 2) - head;
    }

    private int require(int episode) {
        if (episode < 0 || episode >= count()) {
            throw new IndexOutOfBoundsException("episode is " + episode + ", but there are " + count() + " episodes.");
        }
        return head + episode;
    }

    private void makeRoom() {
        if (head > serials.length / 2) {
            System.arraycopy(serials, head, serials, 0, tail - head);
            tail -= head;
            head = 0;
        } else {
            serials = Arrays.copyOf(serials, serials.length * 2);
        }
    }
}

package io.ponder.planners.update;

import java.util.Arrays;

/**
 * Is what a player has known and done at his decisions so far, and what he knows now. One thread at a time; allocates where it
 * becomes longer than ever before.
 */
public final class OwnHistory {
    private int player;
    private int length;
    private long[] sets = new long[8];
    private int[] actions = new int[8];
    private long now;

    /** Begins a game as a player. */
    public OwnHistory begin(int newPlayer) {
        player = newPlayer;
        length = 0;
        return this;
    }

    /** Sets what the player knows now, where he must decide ({@code ImperfectInformationGame.informationSet}). */
    public OwnHistory at(long informationSet) {
        now = informationSet;
        return this;
    }

    /** Records what he does now. */
    public OwnHistory chose(int action) {
        if (length == sets.length) {
            sets = Arrays.copyOf(sets, 2 * length);
            actions = Arrays.copyOf(actions, 2 * length);
        }
        sets[length] = now;
        actions[length++] = action;
        return this;
    }

    /** Returns whose history it is. */
    public int player() {
        return player;
    }

    /** Returns what he knows now. */
    public long now() {
        return now;
    }

    /** Returns the number of decisions behind him. */
    public int length() {
        return length;
    }

    /** Returns what he knew at a decision. */
    public long set(int decision) {
        return sets[decision];
    }

    /** Returns what he did at a decision. */
    public int action(int decision) {
        return actions[decision];
    }
}

package io.ponder.planners.update;

/**
 * Draws positions that a player may be facing, as likely as the policies that are played make them. One thread at a time;
 * allocates nothing once warm.
 */
public interface BeliefSampler {
    /**
     * Draws positions.
     *
     * @param history what the player knows
     * @param key     random numbers; the same key draws the same positions
     * @param count   positions to draw, at least 1
     * @param out     {@code [count][positionSize]}. Modified.
     * @return how many were found, from 0 to {@code count}; they are the first ones
     */
    int sample(OwnHistory history, long key, int count, int[][] out);
}

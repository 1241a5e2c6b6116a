package io.ponder.engine.game;

/**
 * Says how a board can be turned or mirrored without changing the game: entry {@code i} of the turned observation is entry
 * {@code observation[i]} of the old one, and action {@code a} becomes {@code action[a]}.
 *
 * @param observation {@code [observationSize]}, a permutation. Not copied.
 * @param action      {@code [actionCount]}, a permutation. Not copied.
 */
public record Symmetry(int[] observation, int[] action) {
    /** Returns the symmetry that changes nothing. */
    public static Symmetry identity(int observationSize, int actionCount) {
        return new Symmetry(count(observationSize), count(actionCount));
    }

    private static int[] count(int length) {
        int[] numbers = new int[length];
        for (int i = 0; i < length; i++) numbers[i] = i;
        return numbers;
    }
}

package io.ponder.engine.env;

/**
 * Says what breaks the contract of an environment.
 *
 * @param kind     which part of the contract
 * @param sentence what happened, with names and values, and perhaps a second line that begins with "Maybe"
 */
public record Finding(Kind kind, String sentence) {
    /** Is a part of the contract of {@link Environment}. */
    public enum Kind {
        /** An observation, a mask or the rewards have another number of entries than announced. */
        SHAPE,
        /** An observation lies outside the observation space. */
        BOUNDS,
        /** A reward is not finite, or the rewards of a zero-sum game do not sum to 0. */
        SIGN,
        /** A mask holds something else than 0 and 1, nothing legal, or does not say what {@code step} accepts. */
        MASK,
        /** The player to move does not exist. */
        PLAYER,
        /** The same seed and actions gave another episode. */
        DETERMINISM,
        /** A state that was read and set again leads somewhere else. */
        STATE,
        /** Something was earned, or the episode went on, after it had terminated; or it begins terminated. */
        ABSORBING,
        /** A method failed on a valid call, or changed an array it must not. */
        FAILURE
    }

    @Override
    public String toString() {
        return kind + ": " + sentence;
    }
}

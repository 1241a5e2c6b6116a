package io.ponder.worldmodels.ensemble;

/** Places of a learned chain from the inside out. A stage may only stand around stages of lower places. */
public enum Stage {
    /** The networks: {@link GaussianEnsemble}. */
    NETWORK("the networks"),
    /** Standardises what the networks read: {@link InputNormaliser}. */
    INPUT_NORMALISER("the input normaliser"),
    /** Replaces angles by sine and cosine and action indices by indicators: {@link InputFeatures}. */
    INPUT_FEATURES("the input features"),
    /** Scales back what the networks predict: {@link TargetNormaliser}. */
    TARGET_NORMALISER("the target normaliser"),
    /** Adds the observation to a predicted change: {@link DeltaTarget}. */
    DELTA_TARGET("the delta target");

    private final String title;

    Stage(String title) {
        this.title = title;
    }

    /**
     * Returns {@code inner} if this stage may stand around it.
     *
     * @throws IllegalArgumentException if not; the message gives the right order
     */
    Predictor around(Predictor inner) {
        if (inner.stage().compareTo(this) < 0) return inner;
        throw new IllegalArgumentException("The chain has " + title + " around " + inner.stage().title
                + ", but from the inside out the order is networks, input normaliser, input features, target normaliser, delta target,"
                + " each at most once.\nMaybe swap the two, or let LearnedChain build the chain.");
    }
}

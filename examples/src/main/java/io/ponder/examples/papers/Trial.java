package io.ponder.examples.papers;

/** Runs all arms of an experiment on one seed. */
@FunctionalInterface
public interface Trial {
    /**
     * Returns the value of every arm, in the order in which the arms were declared.
     *
     * <p>The same seed and scale give the same values on any thread; trials of several seeds run at the same time and share nothing that
     * changes.
     *
     * @param seed   any number; everything random comes from it
     * @param scale  how much to run
     * @param curves receives what happened on the way, for the picture; may be left alone
     */
    double[] run(long seed, Scale scale, Curves curves);
}

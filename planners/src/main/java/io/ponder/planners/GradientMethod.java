package io.ponder.planners;

/** Says how {@link GradientShooting} uses a gradient. */
public enum GradientMethod {
    /** Goes down the gradient; the learning rate is the length of a step in half ranges per unit of gradient. */
    SGD,
    /** Adam (Kingma and Ba 2015): about one learning rate a step in every entry. */
    ADAM,
    /**
     * Limited-memory BFGS with backtracking, projected to the bounds (Nocedal 1980; Byrd, Lu, Nocedal and Zhu 1995 for the bounds): few,
     * long steps near an optimum. The learning rate is the length of the first step, in half ranges of its largest entry.
     */
    LBFGS
}

package io.ponder.engine.train.selfplay;

import java.util.List;

/**
 * Says what one optimiser step lost.
 *
 * @param loss         the whole objective
 * @param names        names of its parts, such as {@code policy} and {@code value}
 * @param parts        means of its parts over batch and positions, unweighted. Not to be modified.
 * @param gradientNorm Euclidean norm of the gradient before clipping
 */
public record LearnedStep(double loss, List<String> names, double[] parts, double gradientNorm) {
    /** Returns a part by its name; NaN where there is none. */
    public double part(String name) {
        int i = names.indexOf(name);
        return i < 0 ? Double.NaN : parts[i];
    }
}

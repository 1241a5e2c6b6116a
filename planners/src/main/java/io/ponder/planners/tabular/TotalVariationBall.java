package io.ponder.planners.tabular;

import io.ponder.engine.Checks;

/**
 * Finds the policy with the best expected action values within a total-variation distance of a reference policy, state by state: the
 * distance, a share of probability, goes from the worst actions to the best one.
 */
public final class TotalVariationBall {
    private TotalVariationBall() {}

    /**
     * Moves one distribution.
     *
     * @param actions   number of actions
     * @param reference {@code [actions]} at {@code offset}: the reference. Not modified.
     * @param values    {@code [actions]} at {@code offset}: action values. Not modified.
     * @param radius    half the L1 distance that is allowed, from 0 to 1
     * @param out       {@code [actions]} at {@code offset}: receives the policy. Modified.
     */
    public static void best(int actions, double[] reference, double[] values, int offset, double radius, double[] out) {
        Checks.inRange("radius", radius, 0, 1);
        int best = 0;
        for (int a = 1; a < actions; a++) if (values[offset + a] > values[offset + best]) best = a;
        double moved = Math.min(radius, 1 - reference[offset + best]);
        System.arraycopy(reference, offset, out, offset, actions);
        out[offset + best] += moved;
        while (moved > 0) {
            int worst = -1;
            for (int a = 0; a < actions; a++) {
                if (a == best || out[offset + a] <= 0) continue;
                if (worst < 0 || values[offset + a] < values[offset + worst]) worst = a;
            }
            // Rounding can leave a little that nobody owns.
            if (worst < 0) return;
            double taken = Math.min(moved, out[offset + worst]);
            out[offset + worst] -= taken;
            moved -= taken;
        }
    }
}

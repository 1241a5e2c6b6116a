package io.ponder.planners.evolution;

/** Describes a point by a few numbers in which an {@link ArchiveSearch} looks for variety. Thread-safe; allocates nothing. */
public interface PlanDescriptor {
    /** Returns how many numbers describe a point, at least 1. */
    int size();

    /**
     * Describes a point.
     *
     * @param points {@code [population x n]}. Not modified.
     * @param at     place of the first variable of the point
     * @param n      number of variables
     * @param out    {@code [size]}, each from 0 to 1; what lies outside counts as the nearest of them. Modified.
     */
    void describe(double[] points, int at, int n, double[] out);

    /** Describes a point by half of 1 plus the averages of its first and its second half: for plans, what is done now and what later. */
    static PlanDescriptor halves() {
        return new PlanDescriptor() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public void describe(double[] points, int at, int n, double[] out) {
                int middle = Math.max(1, n / 2);
                out[0] = 0.5 + average(points, at, at + middle);
                out[1] = 0.5 + average(points, at + n - middle, at + n);
            }

            private double average(double[] points, int from, int to) {
                double sum = 0;
                for (int i = from; i < to; i++) sum += points[i];
                return sum / (to - from);
            }
        };
    }
}

package io.ponder.planners.evolution;

/** Sorts points by cost, NaN and infinite ones last, equal ones by their number. */
final class Ranking {
    private static final int[] GAPS = {1750, 701, 301, 132, 57, 23, 10, 4, 1};

    private final int[] order;
    private final double[] key;

    Ranking(int population) {
        order = new int[population];
        key = new double[population];
    }

    /** Sorts the points 0 to {@code count - 1}. */
    void sort(int count, double[] costs) {
        for (int k = 0; k < count; k++) {
            order[k] = k;
            key[k] = Double.isFinite(costs[k]) || costs[k] == Double.NEGATIVE_INFINITY ? costs[k] : Double.POSITIVE_INFINITY;
        }
        for (int gap : GAPS) {
            for (int i = gap; i < count; i++) {
                int moved = order[i];
                int j = i;
                for (; j >= gap && after(order[j - gap], moved); j -= gap) order[j] = order[j - gap];
                order[j] = moved;
            }
        }
    }

    private boolean after(int one, int other) {
        return key[one] > key[other] || (key[one] == key[other] && one > other);
    }

    /** Returns the point of a rank, 0 being the best. */
    int at(int rank) {
        return order[rank];
    }
}

package io.ponder.planners;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.Locale;

/**
 * Makes one cost of the returns of a candidate's particles: their mean, or what a cautious planner looks at. Immutable, safe for several
 * threads; any number of particles will do.
 */
public final class Risk {
    /** The negative mean: no caution. */
    public static final Risk MEAN = new Risk(Kind.MEAN, 0);
    /** The negative of the worst return. */
    public static final Risk WORST = new Risk(Kind.WORST, 0);

    private enum Kind {
        MEAN,
        WORST,
        TAIL,
        EXPONENTIAL,
        VARIANCE
    }

    private final Kind kind;
    private final double parameter;

    private Risk(Kind kind, double parameter) {
        this.kind = kind;
        this.parameter = parameter;
    }

    /**
     * Returns the conditional value at risk: the negative mean of the worst {@code share} of the particles, the one at the border counted in
     * part (Rockafellar and Uryasev 2000).
     *
     * @param share above 0, to 1
     */
    public static Risk conditionalValueAtRisk(double share) {
        if (!(share > 0 && share <= 1)) throw new IllegalArgumentException("share is " + share + ", but it must be above 0 and at most 1.");
        return new Risk(Kind.TAIL, share);
    }

    /**
     * Returns the exponential risk {@code log(mean(exp(-rate * return))) / rate}: about the negative mean and half the rate times the variance
     * (Howard and Matheson 1972).
     *
     * @param rate above 0, in units of one over the return
     */
    public static Risk exponential(double rate) {
        return new Risk(Kind.EXPONENTIAL, Checks.positive("rate", rate));
    }

    /**
     * Returns the negative mean and {@code weight} times the variance of the particles.
     *
     * @param weight above 0, in units of one over the return
     */
    public static Risk variancePenalty(double weight) {
        return new Risk(Kind.VARIANCE, Checks.positive("weight", weight));
    }

    /**
     * Returns the cost of some finite returns.
     *
     * @param returns holds {@code count} returns from {@code from} on. Not modified.
     * @param scratch at least {@code count} entries. Modified.
     */
    double cost(float[] returns, int from, int count, float[] scratch) {
        double mean = 0;
        float worst = Float.POSITIVE_INFINITY;
        for (int p = from; p < from + count; p++) {
            mean += returns[p];
            worst = Math.min(worst, returns[p]);
        }
        mean /= count;
        double sum = 0;
        switch (kind) {
            case MEAN:
                return -mean;
            case WORST:
                return -worst;
            case TAIL:
                double size = parameter * count;
                System.arraycopy(returns, from, scratch, 0, count);
                Arrays.sort(scratch, 0, count);
                for (int p = 0; p < count && p < size; p++) sum += Math.min(1, size - p) * scratch[p];
                return -sum / size;
            case EXPONENTIAL:
                for (int p = from; p < from + count; p++) sum += Math.exp(-parameter * (returns[p] - worst));
                return -worst + Math.log(sum / count) / parameter;
            default:
                for (int p = from; p < from + count; p++) sum += (returns[p] - mean) * (returns[p] - mean);
                return -mean + parameter * sum / count;
        }
    }

    /**
     * Writes how fast the cost falls with each return.
     *
     * @param returns finite; holds {@code count} returns from {@code from} on. Not modified.
     * @param out     at least {@code count} entries. Modified.
     */
    void weights(float[] returns, int from, int count, float[] scratch, float[] out) {
        double mean = 0;
        float worst = Float.POSITIVE_INFINITY;
        for (int p = from; p < from + count; p++) {
            mean += returns[p];
            worst = Math.min(worst, returns[p]);
        }
        mean /= count;
        switch (kind) {
            case MEAN:
                Arrays.fill(out, 0, count, 1f / count);
                return;
            case WORST:
                spread(returns, from, count, worst, 1, out);
                return;
            case TAIL:
                double size = parameter * count;
                System.arraycopy(returns, from, scratch, 0, count);
                Arrays.sort(scratch, 0, count);
                spread(returns, from, count, scratch[(int) Math.min(count - 1, Math.ceil(size) - 1)], size, out);
                return;
            case EXPONENTIAL:
                double sum = 0;
                for (int p = 0; p < count; p++) {
                    out[p] = (float) Math.exp(-parameter * (returns[from + p] - worst));
                    sum += out[p];
                }
                for (int p = 0; p < count; p++) out[p] /= (float) sum;
                return;
            default:
                for (int p = 0; p < count; p++) out[p] = (float) ((1 - 2 * parameter * (returns[from + p] - mean)) / count);
        }
    }

    /** Gives the returns below a border the weight 1 / size, and shares the rest among those at it. */
    private static void spread(float[] returns, int from, int count, float border, double size, float[] out) {
        int below = 0;
        int at = 0;
        for (int p = from; p < from + count; p++) {
            if (returns[p] < border) below++;
            else if (returns[p] == border) at++;
        }
        for (int p = 0; p < count; p++) {
            float value = returns[from + p];
            out[p] = value < border ? (float) (1 / size) : value == border ? (float) ((size - below) / (size * at)) : 0;
        }
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.MEAN || kind == Kind.WORST ? name : name + "(" + parameter + ")";
    }
}

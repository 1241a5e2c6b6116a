package io.ponder.planners.opponent;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Predicts an opponent by several levels of reasoning at once: level 0 is a model of what he does; level m is level m - 1,
 * moved towards the opponent's best answer to our answer to it. How well each level predicted lately decides its share.
 *
 * <p>After the opponent's action a, level m gets the posterior {@code p_m ~ phi_m(a) * mean of its last posteriors}, raised to
 * a floor so that no level is given up for good; then the shares are {@code base^(y_m)}, normalised, where {@code y_m} sums the
 * last posteriors, each weighted by {@code decay} to the power of its age. Probabilities are mixed, not parameters.
 *
 * <p>Source: X. Yu, J. Jiang, W. Zhang, H. Jiang, Z. Lu, "Model-based opponent modeling", 2022, equations 4 to 7. A base near 1
 * weighs all levels alike, whatever they predicted; e and above pick one.
 */
public final class RecursiveMixture implements OpponentModel {
    /**
     * Sizes of the mixture.
     *
     * @param levels levels of reasoning with level 0, at least 1
     * @param step   how far a level moves towards the answer, from 0 to 1
     * @param base   of the shares, at least 1; infinite for the level that predicted best
     * @param window posteriors that are kept, at least 1
     * @param decay  weight of a posterior after each later one, from 0 to 1
     * @param floor  smallest posterior before normalising, from 0 to 1
     */
    public record Parameters(int levels, double step, double base, int window, double decay, double floor) {
        /** Three levels, a step of 0.8, base e, the last 10 posteriors decaying by 0.9, at least 0.001. */
        public static final Parameters DEFAULT = new Parameters(3, 0.8, Math.E, 10, 0.9, 1e-3);

        public Parameters {
            Checks.positive("levels", levels);
            Checks.inRange("step", step, 0, 1);
            if (!(base >= 1)) throw new IllegalArgumentException("base is " + base + ", but it must be at least 1.");
            Checks.positive("window", window);
            Checks.inRange("decay", decay, 0, 1);
            Checks.inRange("floor", floor, 0, 1);
        }

        /** Returns these sizes with another number of levels. */
        public Parameters withLevels(int newLevels) {
            return new Parameters(newLevels, step, base, window, decay, floor);
        }

        /** Returns these sizes with another base of the shares. */
        public Parameters withBase(double newBase) {
            return new Parameters(levels, step, newBase, window, decay, floor);
        }
    }

    private final OpponentModel level0;
    private final Parameters parameters;
    private final Imagination[] imagination;
    private final Imagination.Level[] level;
    private final double[][] lower;
    private final double[] prediction;
    private final double[] share;
    private final double[] posterior;
    /** {@code [levels][window]}, a ring. */
    private final double[][] past;
    private int observed;

    /**
     * Creates a mixture.
     *
     * @param actions     own actions of the opponent
     * @param imagination makes what imagines his answer; each level has its own
     */
    public RecursiveMixture(OpponentModel level0, int actions, Supplier<Imagination> imagination, Parameters parameters) {
        this.level0 = level0;
        this.parameters = parameters;
        int levels = parameters.levels();
        this.imagination = new Imagination[levels];
        level = new Imagination.Level[levels];
        lower = new double[levels][actions];
        for (int m = 0; m < levels; m++) {
            int number = m;
            level[m] = (position, out) -> predict(number, position, out);
            if (m > 0) this.imagination[m] = imagination.get();
        }
        prediction = new double[actions];
        share = new double[levels];
        posterior = new double[levels];
        past = new double[levels][parameters.window()];
        reset();
    }

    /** Writes what a level predicts. */
    public void predict(int number, int[] position, double[] out) {
        if (number == 0) {
            level0.predict(position, out);
            return;
        }
        double[] below = lower[number];
        imagination[number].answer(position, level[number - 1], out);
        predict(number - 1, position, below);
        double step = parameters.step();
        for (int a = 0; a < below.length; a++) out[a] = (1 - step) * below[a] + step * out[a];
    }

    /** Returns the share of a level in the prediction. */
    public double share(int number) {
        return share[number];
    }

    @Override
    public void predict(int[] position, double[] out) {
        Arrays.fill(out, 0, prediction.length, 0);
        for (int m = 0; m < share.length; m++) {
            predict(m, position, prediction);
            for (int a = 0; a < prediction.length; a++) out[a] += share[m] * prediction[a];
        }
    }

    @Override
    public void observe(int[] position, int action) {
        double sum = 0;
        for (int m = 0; m < share.length; m++) {
            predict(m, position, prediction);
            posterior[m] = Math.max(parameters.floor(), prediction[action] * mean(m));
            sum += posterior[m];
        }
        for (int m = 0; m < share.length; m++) past[m][observed % parameters.window()] = posterior[m] / sum;
        observed++;
        weigh();
        level0.observe(position, action);
    }

    private double mean(int number) {
        int kept = Math.min(observed, parameters.window());
        if (kept == 0) return 1;
        double sum = 0;
        for (int i = 0; i < kept; i++) sum += past[number][i];
        return sum / kept;
    }

    private void weigh() {
        int kept = Math.min(observed, parameters.window());
        double most = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < share.length; m++) {
            share[m] = 0;
            for (int age = kept - 1; age >= 0; age--) {
                share[m] = parameters.decay() * share[m] + past[m][(observed - 1 - age) % parameters.window()];
            }
            most = Math.max(most, share[m]);
        }
        double sum = 0;
        for (int m = 0; m < share.length; m++) {
            share[m] = share[m] == most ? 1 : Math.exp((share[m] - most) * Math.log(parameters.base()));
            sum += share[m];
        }
        for (int m = 0; m < share.length; m++) share[m] /= sum;
    }

    @Override
    public void reset() {
        level0.reset();
        observed = 0;
        Arrays.fill(share, 1.0 / share.length);
    }
}

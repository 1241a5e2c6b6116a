package io.ponder.planners.opponent;

import io.ponder.engine.Checks;
import java.util.Arrays;

/**
 * Predicts that an opponent goes on as he did, whatever the position: shares of his past actions, of which recent ones count
 * more. All actions begin as if taken once together.
 */
public final class Frequencies implements OpponentModel {
    private final double decay;
    private final double[] count;

    /**
     * Creates a model.
     *
     * @param actions own actions of the opponent, at least 1
     * @param decay   what an action counts for after each later one, from 0 to 1
     */
    public Frequencies(int actions, double decay) {
        count = new double[Checks.positive("actions", actions)];
        this.decay = Checks.inRange("decay", decay, 0, 1);
        reset();
    }

    @Override
    public void predict(int[] position, double[] out) {
        double sum = 0;
        for (double c : count) sum += c;
        for (int a = 0; a < count.length; a++) out[a] = count[a] / sum;
    }

    @Override
    public void observe(int[] position, int action) {
        for (int a = 0; a < count.length; a++) count[a] *= decay;
        count[action]++;
    }

    @Override
    public void reset() {
        Arrays.fill(count, 1.0 / count.length);
    }
}

package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.RandomStream;
import org.junit.jupiter.api.Test;

/**
 * 256 bandits of 82 actions with exact prior values: the policy that Gumbel MuZero teaches is never worse than the prior; that of PUCT
 * often is.
 */
class PolicyImprovementTest {
    private static final int BANDITS = 256;
    private static final int ACTIONS = 82;
    private static final int SIMULATIONS = 4;
    /** Values of floats between 0 and 1, summed over 82 actions. */
    private static final double ROUNDING = 1e-6;

    private final float[][] logits = new float[BANDITS][ACTIONS];
    private final float[][] rewards = new float[BANDITS][ACTIONS];
    private final float[] values = new float[BANDITS];

    PolicyImprovementTest() {
        var random = new RandomStream(32, 0);
        for (int b = 0; b < BANDITS; b++) {
            double[] wide = new double[ACTIONS];
            for (int a = 0; a < ACTIONS; a++) {
                logits[b][a] = (float) random.nextGaussian();
                rewards[b][a] = random.nextFloat();
                wide[a] = logits[b][a];
            }
            double[] prior = ReferenceSearch.softmax(wide);
            for (int a = 0; a < ACTIONS; a++) values[b] += (float) (prior[a] * rewards[b][a]);
        }
    }

    /** Returns the gain of the taught policy over the prior on each bandit, the gain of the action last. */
    private double[] gains(SearchRecipe recipe) {
        var bandits = new Bandit(logits, rewards, values);
        var search = new TreeSearch(bandits, recipe.withSimulations(SIMULATIONS), SearchExecution.rows(BANDITS));
        float[] numbers = new float[BANDITS];
        for (int b = 0; b < BANDITS; b++) numbers[b] = b;
        search.plan(new PlanRequest(bandits, BANDITS).observe(bandits, numbers).keys(5, 0).explore(true), Budget.UNLIMITED);
        double[] gains = new double[BANDITS + 1];
        for (int b = 0; b < BANDITS; b++) {
            gains[b] = -values[b];
            for (int a = 0; a < ACTIONS; a++) gains[b] += search.result().policy()[a * BANDITS + b] * rewards[b][a];
            gains[BANDITS] += (rewards[b][search.result().chosenEdge()[b]] - values[b]) / BANDITS;
        }
        return gains;
    }

    private static long worse(double[] gains) {
        long worse = 0;
        for (int b = 0; b < BANDITS; b++) if (gains[b] < -ROUNDING) worse++;
        return worse;
    }

    @Test
    void gumbelIsNeverWorseThanThePrior() {
        // Untried actions are completed by the node's own value, which is exact here.
        var values = new CompletedQ(0.1, 50, true, false, 1e-8);
        double[] gains = gains(SearchRecipes.gumbel(GumbelHalving.DEFAULT, values));

        assertThat(worse(gains)).isZero();
        assertThat(gains[BANDITS]).as("mean gain of the chosen action").isGreaterThan(0.12);
    }

    @Test
    void puctIsWorseOnManyBandits() {
        assertThat(worse(gains(SearchRecipes.muzero().withNoise(null)))).isGreaterThan(BANDITS / 10);
    }
}

package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.SelectionKernels;
import org.junit.jupiter.api.Test;

class ThompsonTest {
    private static final int DRAWS = 20_000;
    /** Four standard errors of a frequency of 20 000 draws. */
    private static final double SAMPLING = 0.0142;
    /** For returns of 0 or 1. */
    private static final Thompson UNIT = Thompson.DEFAULT.withSpread(0.5);

    /** Returns how often the first of two edges is chosen, after returns of one or the other. */
    private static double shareOfFirst(Thompson rule, float[] first, float[] second) {
        var tree = new SearchTree(1, 3, new TreeShape(3, 0, 1, 0, 0, 0));
        var roots = new Roots(1, 3, true);
        tree.open(0, SearchTree.NO_PARENT, Selector.NONE, NodeKind.DECISION, 0);
        tree.rawValue[0] = 0.3f;
        tree.prior[0] = 0.5f;
        tree.prior[1] = 0.5f;
        tree.prior[2] = SearchTree.ILLEGAL;
        float[][] returns = {first, second};
        for (int a = 0; a < 2; a++) {
            for (float x : returns[a]) {
                roots.returns().add(0, a, x);
                tree.edgeVisits[a]++;
                tree.edgeValue[a] += (x - tree.edgeValue[a]) / tree.edgeVisits[a];
                tree.visits[0]++;
            }
        }
        Selector selector = rule.selector(new SearchContext(tree, roots, SelectionKernels.get(), 10));
        int chosen = 0;
        for (int i = 0; i < DRAWS; i++) {
            roots.keys[0] = i;
            int edge = selector.select(0, 0);
            assertThat(edge).isBetween(0, 1);
            if (edge == 0) chosen++;
        }
        return (double) chosen / DRAWS;
    }

    /** Returns the probability that the mean of the first edge is the larger one, by integrating over the posterior of both. */
    private static double probability(double weight, double spread, float[] first, float[] second) {
        double[] mean = new double[2];
        double[] variance = new double[2];
        float[][] returns = {first, second};
        for (int a = 0; a < 2; a++) {
            int n = returns[a].length;
            double m = 0;
            for (float x : returns[a]) m += x / n;
            double squares = weight * spread * spread;
            for (float x : returns[a]) squares += (x - m) * (x - m);
            squares += (m - 0.3) * (m - 0.3) * weight * n / (weight + n);
            mean[a] = (weight * 0.3 + n * m) / (weight + n);
            variance[a] = squares / (weight + n) / (weight + n);
        }
        double sum = 0;
        double step = 1e-3;
        for (double z = -8; z < 8; z += step) {
            // The larger of two normals: density of the first times distribution of the second, by a sum of its density.
            sum += step * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI)
                    * normalBelow((mean[0] + z * Math.sqrt(variance[0]) - mean[1]) / Math.sqrt(variance[1]));
        }
        return sum;
    }

    /** Returns the standard normal distribution function, by Marsaglia's series (2004). */
    private static double normalBelow(double x) {
        if (x < -8) return 0;
        if (x > 8) return 1;
        double sum = x;
        double term = x;
        for (int i = 3; sum + term != sum; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void anEdgeIsTakenAsOftenAsItIsLikelyToBeTheBest() {
        float[] good = {0.9f, 0.4f, 0.8f, 0.7f};
        float[] bad = {0.1f, 0.6f};
        float[] none = {};
        double expected = probability(1, 0.5, good, bad);
        double untried = probability(2, 0.3, none, good);

        assertThat(expected).isBetween(0.8, 0.95);
        assertThat(shareOfFirst(UNIT, good, bad)).isCloseTo(expected, within(SAMPLING));
        assertThat(shareOfFirst(new Thompson(0.3, 2, FixedRange.IDENTITY, FirstPlay.RAW_VALUE), none, good))
                .isCloseTo(untried, within(SAMPLING));
        // Another scale of values changes nothing where the spread is measured on it.
        var wide = new Thompson(0.05, 1, new FixedRange(0, 10), FirstPlay.RAW_VALUE);
        assertThat(shareOfFirst(wide, good, bad)).isCloseTo(expected, within(SAMPLING));
        // And a wrong spread does not go unnoticed.
        assertThat(Math.abs(shareOfFirst(UNIT.withSpread(1), good, bad) - expected)).isGreaterThan(3 * SAMPLING);
    }

    @Test
    void withInfiniteFirstPlayUntriedEdgesComeFirst() {
        assertThat(shareOfFirst(UNIT.withFirstPlay(FirstPlay.INFINITE), new float[] {}, new float[] {1, 1, 1})).isEqualTo(1);
    }

    /** Returns the mean regret of a simulation, and of the decision, over bandits. */
    private static double[] regret(SelectionRule root, int arms, int simulations) {
        int bandits = 400;
        var model = new NoisyArms(arms, 17);
        SearchRecipe recipe = SearchRecipes.uct(model.payments()).withRoot(root).withSimulations(simulations)
                .withDecision(new HighestValue());
        var search = new TreeSearch(model, recipe, SearchExecution.rows(bandits));
        float[] numbers = new float[bandits];
        for (int b = 0; b < bandits; b++) numbers[b] = b;
        search.plan(new PlanRequest(model, bandits).observe(model, numbers).keys(3, 1), Budget.UNLIMITED);
        double[] regret = new double[2];
        for (int b = 0; b < bandits; b++) {
            for (int a = 0; a < arms; a++) {
                double lost = model.best(b) - model.mean(b, a);
                int visits = search.result().visitCounts()[a * bandits + b];
                regret[0] += lost * visits / simulations / bandits;
                if (a == search.result().chosenEdge()[b]) regret[1] += lost / bandits;
            }
        }
        return regret;
    }

    @Test
    void withFewSimulationsItLosesLessThanUcb() {
        // As many simulations as arms: UCB1 has tried each once, and takes one of those that happened to pay.
        assertThat(regret(Ucb1.DEFAULT, 128, 128)[1] - regret(UNIT, 128, 128)[1]).as("regret of the decision").isGreaterThan(0.03);
        double ucb = regret(Ucb1.DEFAULT, 10, 100)[0];
        assertThat(regret(UNIT, 10, 100)[0]).as("regret of the simulations").isLessThan(0.7 * ucb);
        assertThat(regret(UNIT.withSpread(10), 10, 100)[0]).as("with draws that hardly heed the returns").isGreaterThan(ucb);
    }

    @Test
    void itIsRefusedBelowTheRoot() {
        var model = new NoisyArms(2, 1);
        SearchRecipe recipe = SearchRecipes.muzero().withInterior(Thompson.DEFAULT);

        assertThatIllegalArgumentException().isThrownBy(() -> new TreeSearch(model, recipe, SearchExecution.rows(1)))
                .withMessageContaining("roots only").withMessageContaining("Maybe");
        assertThatIllegalArgumentException().isThrownBy(() -> Thompson.DEFAULT.withSpread(-1)).withMessageContaining("spread");
    }
}

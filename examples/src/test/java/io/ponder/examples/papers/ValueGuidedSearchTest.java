package io.ponder.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueGuidedSearchTest {
    private static final double EXPLORATION = 0.5;
    private static final int SIMULATIONS = 40;
    /** Floats on one side, doubles on the other. */
    private static final double ROUNDING = 1e-4;

    /** The search as the paper tells it: a node begins with its value, an untried action is worth that value too. */
    private static final class Node {
        private final DecodingTree tree;
        private final int number;
        private final double raw;
        private final double[] prior = new double[DecodingTree.CHOICES];
        private final List<Node> children = new ArrayList<>();
        private int visits = 1;
        private double value;

        Node(DecodingTree tree, int number) {
            this.tree = tree;
            this.number = number;
            raw = tree.seen(number);
            value = raw;
            double sum = 0;
            for (int a = 0; a < prior.length; a++) {
                children.add(null);
                if (!tree.leaf(number)) prior[a] = Math.exp(tree.logit(DecodingTree.child(number, a)));
                sum += prior[a];
            }
            for (int a = 0; a < prior.length; a++) prior[a] /= sum;
        }

        double simulate() {
            if (tree.leaf(number)) return raw;
            int best = 0;
            for (int a = 1; a < prior.length; a++) if (score(a) > score(best)) best = a;
            double found;
            if (children.get(best) == null) {
                children.set(best, new Node(tree, DecodingTree.child(number, best)));
                found = children.get(best).raw;
            } else {
                found = children.get(best).simulate();
                if (tree.leaf(children.get(best).number)) children.get(best).visits++;
            }
            value += (found - value) / ++visits;
            return found;
        }

        private double score(int a) {
            Node child = children.get(a);
            double q = child == null ? raw : child.value;
            return q + EXPLORATION * prior[a] * Math.sqrt(visits) / (1 + tried(a));
        }

        int tried(int a) {
            return children.get(a) == null ? 0 : children.get(a).visits;
        }
    }

    @Test
    void visitsAreThoseOfThePaper() {
        for (int seed = 0; seed < 20; seed++) {
            var tree = new DecodingTree(seed, 0.3);
            var expected = new Node(tree, 0);
            for (int i = 0; i < SIMULATIONS; i++) expected.simulate();

            var recipe = SearchRecipes.valueGuided(EXPLORATION, DecodingTree.CHOICES).withSimulations(SIMULATIONS);
            try (var search = new TreeSearch(tree, recipe, SearchExecution.rows(1))) {
                var request = new PlanRequest(tree, 1).keys(seed, 0);
                DecodingTree.set(request.roots().resize(1), 0, 0);
                int chosen = (int) search.plan(request, Budget.UNLIMITED).action(0, 0);

                int[] visits = new int[DecodingTree.CHOICES];
                for (int e = 0; e < visits.length; e++) {
                    visits[(int) search.result().action(0, e, 0)] = search.result().visitCounts()[e];
                }
                int most = 0;
                for (int a = 0; a < visits.length; a++) {
                    assertThat(visits[a]).isEqualTo(expected.tried(a));
                    most = Math.max(most, visits[a]);
                }
                assertThat(visits[chosen]).isEqualTo(most);
                assertThat(search.result().rootValues()[0]).isEqualTo((float) expected.value, within((float) ROUNDING));
            }
        }
    }

    @Test
    void theValueModelErrsByItsNoiseAndKnowsLeaves() {
        var exact = new DecodingTree(3, 0);
        var noisy = new DecodingTree(3, 0.3);
        double squares = 0;
        int inner = 0;
        for (int n = 0; n < 4000; n++) {
            assertThat(noisy.exact(n)).isEqualTo(exact.seen(n));
            squares += Math.pow(noisy.seen(n) - exact.seen(n), 2);
            inner++;
        }
        // Five standard deviations of an estimated variance.
        assertThat(squares / inner).isEqualTo(0.09, within(5 * 0.09 * Math.sqrt(2.0 / inner)));
        assertThat(noisy.leaf(10_000)).isTrue();
        assertThat(noisy.seen(10_000)).isEqualTo(exact.exact(10_000)).isBetween(0.0, exact.best());
    }
}

package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.engine.tensor.SelectionKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of two moves is chosen in the end, by visits and by what is proven. */
class ProvenChoiceTest {
    private static final float UNPROVEN = Float.NaN;

    /** A root with two edges: visits, mean value, and proven value or NaN. */
    private static SearchTree root(int visits0, float value0, float proven0, int visits1, float value1, float proven1) {
        var rule = BackUpRule.DEFAULT.withProofs(ProofBounds.WIN_OR_LOSS);
        var tree = new SearchTree(1, 3, new TreeShape(2, 0, 1, 1, 0, 0), rule, null, EdgeStorage.DENSE, 0);
        tree.clear(0);
        tree.used[0] = 3;
        Proofs proofs = tree.proofs;
        assertThat(proofs).isNotNull();
        for (int node = 0; node < 3; node++) {
            float proven = node == 1 ? proven0 : node == 2 ? proven1 : UNPROVEN;
            boolean over = !Float.isNaN(proven);
            tree.open(node, node == 0 ? SearchTree.NO_PARENT : 0, node - 1, over ? NodeKind.TERMINAL : NodeKind.DECISION, 0);
            proofs.open(node, over);
            if (node == 0) continue;
            tree.child[node - 1] = node;
            tree.prior[node - 1] = 0.5f;
            tree.edgeVisits[node - 1] = node == 1 ? visits0 : visits1;
            tree.edgeValue[node - 1] = node == 1 ? value0 : value1;
            tree.reward[node] = over ? proven : 0;
            tree.discount[node] = over ? 0 : -1;
        }
        return tree;
    }

    /** The nine cases of OpenSpiel's mcts_test. */
    @ParameterizedTest
    @CsvSource({
        "50, 0.6, NaN, 40, 1, NaN, 0", // the most visited
        "50, 0.6, NaN, 40, 1, 1, 1", // a win is better than the most visited
        "50, 0.6, 0.5, 40, 1, 0.8, 1", // the better of two proven ones
        "50, -0.6, -0.5, 60, -0.8, -0.8, 0", // the less bad
        "50, 0.8, 0.1, 10, 0.8, NaN, 0", // something sure beats something promising
        "50, 0.6, NaN, 40, -1, -1, 0", // the most visited beats a loss
        "50, 0.6, NaN, 40, 0, 0, 0", // ... and a draw
        "50, -1, -1, 40, -0.9, NaN, 1", // what is not certain beats a loss
        "50, -1, -1, 60, -1, -1, 1" // among losses the one that took longer to find
    })
    void choosesAsOpenSpielDoes(int visits0, float value0, float proven0, int visits1, float value1, float proven1, int expected) {
        assertThat(MostVisited.best(root(visits0, value0, proven0, visits1, value1, proven1), 0, 0)).isEqualTo(expected);
        assertThat(MostVisited.best(root(visits1, value1, proven1, visits0, value0, proven0), 0, 0)).isEqualTo(1 - expected);
    }

    @Test
    void amongEqualsTheBetterMeanThenTheFirst() {
        assertThat(MostVisited.best(root(50, 0.2f, UNPROVEN, 50, 0.3f, UNPROVEN), 0, 0)).isEqualTo(1);
        assertThat(MostVisited.best(root(50, 0.2f, UNPROVEN, 50, 0.2f, UNPROVEN), 0, 0)).isZero();
    }

    /** A certain win is chosen before a move that was visited 1000 times as often, but exploring draws by visits. */
    @Test
    void probabilitiesAreThoseOfVisitsHoweverSmallTheTemperature() {
        SearchTree tree = root(10, 1, 1, 10_000, 0.6f, UNPROVEN);
        var roots = new Roots(1, 2, false);
        var context = new SearchContext(tree, roots, SelectionKernels.get(), 1);
        float[] probabilities = new float[2];
        assertThat(MostVisited.best(tree, 0, 0)).isZero();
        for (double temperature : new double[] {1, 0.5, 0.05, 0.01, 1e-6}) {
            int edge = new MostVisited(temperature).decider(context).decide(0, 0, true, probabilities);

            double share = Math.pow(1e-3, 1 / temperature);
            assertThat(edge).isBetween(0, 1);
            assertThat(probabilities[0]).isCloseTo((float) (share / (1 + share)), within(1e-7f));
            assertThat(probabilities[1]).isCloseTo((float) (1 / (1 + share)), within(1e-6f));
        }
    }

    @Test
    void anUntriedMoveIsBetterThanALoss() {
        SearchTree tree = root(50, -1, -1, 0, 0, UNPROVEN);
        tree.child[1] = SearchTree.UNVISITED;
        assertThat(MostVisited.best(tree, 0, 0)).isEqualTo(1);
        tree.prior[1] = SearchTree.ILLEGAL;
        assertThat(MostVisited.best(tree, 0, 0)).as("it is illegal").isZero();
    }

    /** Says what is known of an edge's value. */
    private static void bound(SearchTree tree, int edge, float low, float high) {
        int child = tree.child[edge];
        tree.discount[child] = 1;
        tree.proofs.open(child, false);
        tree.proofs.set(child, 0, low, high);
    }

    @Test
    void aSettledDrawIsReachedByTheProvenMove() {
        SearchTree tree = root(60, -0.1f, UNPROVEN, 40, 0, 0);
        bound(tree, 0, -1, 0);

        assertThat(MostVisited.best(tree, 0, 0)).as("the other may be a loss, but is visited more").isEqualTo(1);
    }

    @Test
    void whatIsCertainlyWorseIsLeftOut() {
        SearchTree tree = root(90, -0.2f, UNPROVEN, 10, -0.1f, -0.1f);
        bound(tree, 0, -1, -0.2f);
        assertThat(MostVisited.best(tree, 0, 0)).isEqualTo(1);

        bound(tree, 0, -1, 1);
        assertThat(MostVisited.best(tree, 0, 0)).as("now it may be better").isZero();
    }

    @Test
    void anEdgeIsProvenWhereNothingCountsBehindIt() {
        SearchTree tree = root(50, 0.25f, UNPROVEN, 40, 0.5f, UNPROVEN);
        assertThat(tree.proofs.provenEdge(0, 0, 0)).isFalse();
        tree.discount[1] = 0;
        tree.reward[1] = 0.25f;
        assertThat(tree.proofs.provenEdge(0, 0, 0)).isTrue();
    }

    @Test
    void nothingIsChosenWhereNothingCanBeTaken() {
        SearchTree tree = root(0, 0, UNPROVEN, 0, 0, UNPROVEN);
        for (int edge = 0; edge < 2; edge++) {
            tree.child[edge] = SearchTree.UNVISITED;
            tree.prior[edge] = SearchTree.ILLEGAL;
        }
        assertThat(MostVisited.best(tree, 0, 0)).isEqualTo(Selector.NONE);
        assertThat(MostVisited.mostVisited(tree, 0)).isEqualTo(Selector.NONE);
    }

    /** The probabilities with which a search that explores draws its answer. */
    private static float[] drawn(SearchTree tree) {
        var roots = new Roots(1, 2, false);
        var context = new SearchContext(tree, roots, SelectionKernels.get(), 100);
        var recipe = SearchRecipes.muzero();
        var result = new SearchResult(context, recipe.root());
        var model = new EvenModel(2);
        new RootAnswers(context, recipe, result, new Plan(1, 1, 1)).answer(new PlanRequest(model, 1).keys(1, 0).explore(true), 0);
        return result.probabilities();
    }

    @Test
    void onlyWhatIsCertainlyAsGoodAsAnyIsNotDrawn() {
        assertThat(drawn(root(30, 0.8f, 1, 10, 0.8f, UNPROVEN))).containsExactly(1, 0);
        SearchTree unsure = root(30, 0.8f, 0.1f, 10, 0.8f, UNPROVEN);
        assertThat(MostVisited.best(unsure, 0, 0)).isZero();
        assertThat(drawn(unsure)).as("the other may be better").containsExactly(0.75f, 0.25f);
    }
}

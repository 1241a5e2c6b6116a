package io.ponder.planners.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.model.NodeKind;
import io.ponder.engine.tensor.SelectionKernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Sequential halving and its decision where edges were closed in the middle of a search. */
class GumbelClosedEdgesTest {
    private static final int EDGES = 4;

    private final SearchTree tree = new SearchTree(1, 9, new TreeShape(EDGES, 0, 1, 0, 0, 0));
    private final Roots roots = new Roots(1, EDGES, false);
    private final SearchContext context = new SearchContext(tree, roots, SelectionKernels.get(), 8);

    GumbelClosedEdgesTest() {
        tree.open(0, SearchTree.NO_PARENT, Selector.NONE, NodeKind.DECISION, 0);
        Arrays.fill(tree.prior, 0, EDGES, 1f / EDGES);
        roots.legal[0] = EDGES;
        roots.planned[0] = 8;
        roots.expected[0] = 8;
    }

    private void visited(int edge, int visits, float value) {
        tree.edgeVisits[edge] = visits;
        tree.edgeValue[edge] = value;
        tree.visits[0] += visits;
    }

    private void close(int edge) {
        tree.prior[edge] = SearchTree.ILLEGAL;
        roots.close(0, edge);
    }

    @Test
    void whereNoOpenEdgeHasSoManyVisitsTheBestOfTheMostVisitedGoesOn() {
        Selector halving = GumbelHalving.DEFAULT.selector(context);
        assertThat(halving.select(0, 0)).isZero();
        visited(0, 1, 0.2f);
        visited(1, 1, 0.7f);
        // In the first round the other two would come now.
        assertThat(halving.select(0, 0)).isIn(2, 3);
        close(2);
        close(3);

        assertThat(halving.select(0, 0)).isEqualTo(1);

        close(1);
        assertThat(halving.select(0, 0)).isZero();
        close(0);
        assertThat(halving.select(0, 0)).isEqualTo(Selector.NONE);
    }

    @Test
    void theDecisionIsAmongOpenEdgesAndWithoutAnyTheMostVisited() {
        RootDecision.Decider decider = GumbelBest.DEFAULT.decider(context);
        visited(0, 5, 0.9f);
        visited(1, 2, 0.9f);
        visited(2, 3, 0.3f);
        visited(3, 6, 0.9f);
        close(0);
        close(3);
        float[] probabilities = new float[EDGES];

        assertThat(decider.decide(0, 0, false, probabilities)).isEqualTo(2);
        assertThat(probabilities).containsExactly(0, 0, 1, 0);

        close(1);
        close(2);
        assertThat(decider.decide(0, 0, false, probabilities)).isEqualTo(3);
    }
}

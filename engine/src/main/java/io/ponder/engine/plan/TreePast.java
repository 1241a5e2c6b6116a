package io.ponder.engine.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an edge of a {@link TreeSnapshot} was like before an earlier simulation: its visits and the mean of the returns through it, from the
 * nodes that had been made by then.
 *
 * <p>That is exact where every simulation made a node and returns are single numbers. Where the nodes do not explain the visits and the
 * value that an edge has in the end (leaves evaluated again, values of several players, proofs, shared nodes), the numbers are those of
 * the end, and it is said so.
 */
final class TreePast {
    private static final double AGREES = 1e-4;

    private final TreeSnapshot tree;
    private final EdgeScore scores;
    private final Map<Integer, TreeSnapshot.Node> nodes = new HashMap<>();

    TreePast(TreeSnapshot tree, EdgeScore scores) {
        this.tree = tree;
        this.scores = scores;
        for (TreeSnapshot.Node node : tree.nodes()) nodes.put(node.index(), node);
    }

    /** Returns the last node that the ways to two nodes have in common; the second may be one of another tree. */
    int parting(TreeSnapshot.Node one, TreeSnapshot.Node other, Map<Integer, TreeSnapshot.Node> othersNodes) {
        for (TreeSnapshot.Node at = other; at != null; at = othersNodes.get(at.parent())) {
            for (TreeSnapshot.Node of = one; of != null; of = nodes.get(of.parent())) {
                if (at.parent() == of.parent() && at.parent() >= 0) return at.parent();
            }
        }
        return 0;
    }

    /** Returns the edge of a node that leads to another node. */
    int towards(int node, TreeSnapshot.Node below) {
        TreeSnapshot.Node at = below;
        while (at != null && at.parent() != node) at = nodes.get(at.parent());
        return at == null ? -1 : at.edge();
    }

    /** Says what there is to say of an edge before a simulation. */
    String describe(int node, int edge, int simulation) {
        TreeSnapshot.Edge now = edge(node, edge);
        if (now == null) return "edge " + edge + " is illegal";
        double[] then = statistics(node, edge, simulation);
        boolean exact = explained(node, now);
        String known = String.format(Locale.ROOT, "edge %d: prior %.6g, value %.6g, %d visits%s", edge, now.prior(),
                exact ? then[1] : now.value(), exact ? (int) then[0] : now.visits(), exact ? "" : " in the end");
        TreeSnapshot.Node before = before(node, simulation);
        double score = before == null ? Double.NaN : scores.score(before, edge);
        return Double.isNaN(score) ? known : known + String.format(Locale.ROOT, ", score %.6g", score);
    }

    /** Tells whether the nodes explain the visits and the value that an edge has in the end. */
    private boolean explained(int node, TreeSnapshot.Edge now) {
        double[] end = statistics(node, now.index(), Integer.MAX_VALUE);
        return end[0] == now.visits() && agree(end[1], now.value());
    }

    private static boolean agree(double ours, double theirs) {
        return Math.abs(ours - theirs) <= AGREES * Math.max(1, Math.abs(theirs));
    }

    /** Returns a node as it was before a simulation, or null where that cannot be told of all its edges. */
    private TreeSnapshot.@Nullable Node before(int node, int simulation) {
        TreeSnapshot.Node now = nodes.get(node);
        if (now == null) return null;
        List<TreeSnapshot.Edge> edges = new ArrayList<>();
        int visits = 1;
        int visitsNow = 1;
        double sum = now.rawValue();
        double sumNow = now.rawValue();
        for (TreeSnapshot.Edge edge : now.edges()) {
            if (!explained(node, edge)) return null;
            double[] then = statistics(node, edge.index(), simulation);
            edges.add(new TreeSnapshot.Edge(
                    edge.index(), edge.action(), edge.prior(), (int) then[0], (float) then[1], then[0] == 0 ? -1 : edge.child()));
            visits += (int) then[0];
            sum += then[0] * then[1];
            visitsNow += edge.visits();
            sumNow += edge.visits() * (double) edge.value();
        }
        if (visitsNow != now.visits() || !agree(sumNow / visitsNow, now.value())) return null;
        return new TreeSnapshot.Node(node, now.parent(), now.edge(), now.kind(), now.player(), visits, (float) (sum / visits),
                now.rawValue(), now.reward(), now.discount(), edges);
    }

    private TreeSnapshot.@Nullable Edge edge(int node, int edge) {
        TreeSnapshot.Node at = nodes.get(node);
        if (at == null) return null;
        for (TreeSnapshot.Edge candidate : at.edges()) if (candidate.index() == edge) return candidate;
        return null;
    }

    /** Returns the visits of an edge and the mean of its returns, by the nodes with a lower index. */
    private double[] statistics(int node, int edge, int before) {
        int visits = 0;
        double sum = 0;
        for (TreeSnapshot.Node made : tree.nodes()) {
            if (made.index() >= before || made.index() == node) continue;
            double returned = made.rawValue();
            TreeSnapshot.Node at = made;
            while (at != null && at.parent() >= 0) {
                returned = at.reward() + at.discount() * returned;
                if (at.parent() == node) break;
                at = nodes.get(at.parent());
            }
            if (at == null || at.parent() != node || at.edge() != edge) continue;
            visits++;
            sum += returned;
        }
        return new double[] {visits, visits == 0 ? 0 : sum / visits};
    }
}

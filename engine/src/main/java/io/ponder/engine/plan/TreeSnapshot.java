package io.ponder.engine.plan;

import io.ponder.engine.model.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A search tree as a value: what a search had found when the copy was made. Immutable; equal to another where every number is equal.
 *
 * <p>Nodes stand in the order in which they were made, the root first. Only legal edges are listed.
 *
 * @param nodes all nodes, at least the root
 */
public record TreeSnapshot(List<Node> nodes) {
    /** Share of a node's visits below which the drawing leaves a branch out. */
    private static final double DRAWN_SHARE = 0.02;

    /**
     * A node.
     *
     * @param index    number of the node; in a fresh tree, of the simulation that made it
     * @param parent   index of the parent, -1 for the root
     * @param edge     the parent's edge that leads here, -1 for the root
     * @param kind     kind, of {@link NodeKind}
     * @param player   player to move; 0 where the search did not tell players apart
     * @param visits   visits, the evaluation that made it included
     * @param value    mean value for the player to move
     * @param rawValue value with which it was made
     * @param reward   reward of the transition that leads here, for the player who moved
     * @param discount discount of that transition
     * @param edges    legal edges
     */
    public record Node(
            int index, int parent, int edge, byte kind, int player, int visits, float value, float rawValue, float reward, float discount,
            List<Edge> edges) {
        /** Copies the list. */
        public Node {
            edges = List.copyOf(edges);
        }
    }

    /**
     * An edge.
     *
     * @param index  number of the edge
     * @param action the action, an index if it is discrete
     * @param prior  prior probability
     * @param visits how often it was taken
     * @param value  reward plus discounted mean value of the child; 0 without visits
     * @param child  index of the child, -1 for none
     */
    public record Edge(int index, List<Float> action, float prior, int visits, float value, int child) {
        /** Copies the list. */
        public Edge {
            action = List.copyOf(action);
        }
    }

    /**
     * The first place where two trees differ.
     *
     * @param simulation index of the first node that was not made at the same edge, or exists in one tree only; -1 if all nodes are at the
     *                   same places and only numbers differ
     * @param ours       that node in this tree, or null
     * @param theirs     that node in the other tree, or null
     * @param what       says so, and where both made a node, what each search knew of the two edges at which they part just before: prior, value
     *                   and visits, and the scores where the rules were given and what they read can be told
     */
    public record Divergence(int simulation, @Nullable Node ours, @Nullable Node theirs, String what) {}

    /** Copies the list. */
    public TreeSnapshot {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) throw new IllegalArgumentException("nodes has 0 entries, but a tree has at least a root.");
    }

    /** Returns the root. */
    public Node root() {
        return nodes.get(0);
    }

    private Map<Integer, Node> byIndex() {
        Map<Integer, Node> map = new HashMap<>();
        for (Node node : nodes) map.put(node.index, node);
        return map;
    }

    private static @Nullable Edge mostVisited(Node node) {
        Edge best = null;
        for (Edge edge : node.edges) if (edge.visits > 0 && (best == null || edge.visits > best.visits)) best = edge;
        return best;
    }

    /** Returns the most visited edges from the root on, as far as the tree goes; among equals the first. */
    public List<Edge> principalVariation() {
        Map<Integer, Node> map = byIndex();
        List<Edge> out = new ArrayList<>();
        Node node = root();
        while (node != null) {
            Edge edge = mostVisited(node);
            if (edge == null) break;
            out.add(edge);
            node = map.get(edge.child);
        }
        return out;
    }

    /** Returns a few lines for people: size, value, the root's edges in order of their visits, and the principal variation. */
    public String summary() {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%d nodes, root visited %d times, value %.4f%n", nodes.size(), root().visits, root().value));
        List<Edge> edges = new ArrayList<>(root().edges);
        edges.sort((a, b) -> Integer.compare(b.visits, a.visits));
        for (Edge edge : edges) {
            if (edge.visits == 0) continue;
            text.append(String.format(
                    Locale.ROOT, "  %-12s visits %6d  value %8.4f  prior %.4f%n", label(edge), edge.visits, edge.value, edge.prior));
        }
        text.append("  best line:");
        for (Edge edge : principalVariation()) text.append(' ').append(label(edge));
        return text.append(System.lineSeparator()).toString();
    }

    private static String label(Edge edge) {
        if (edge.action.size() == 1 && edge.action.get(0) == edge.index) return Integer.toString(edge.index);
        var text = new StringBuilder();
        for (float entry : edge.action) text.append(text.isEmpty() ? "" : ",").append(String.format(Locale.ROOT, "%.4g", entry));
        return text.toString();
    }

    /** Returns where this tree and another differ first, without scores, or null where they are equal. */
    public @Nullable Divergence firstDifference(TreeSnapshot other) {
        return firstDifference(other, EdgeScore.UNKNOWN, EdgeScore.UNKNOWN);
    }

    /**
     * Returns where this tree and another differ first, or null where they are equal.
     *
     * @param scoresHere  the scores of the rules that made this tree
     * @param scoresThere the scores of the rules that made the other
     */
    public @Nullable Divergence firstDifference(TreeSnapshot other, EdgeScore scoresHere, EdgeScore scoresThere) {
        if (equals(other)) return null;
        Map<Integer, Node> ours = byIndex();
        Map<Integer, Node> theirs = other.byIndex();
        int last = Math.max(nodes.get(nodes.size() - 1).index, other.nodes.get(other.nodes.size() - 1).index);
        for (int i = 0; i <= last; i++) {
            Node mine = ours.get(i);
            Node its = theirs.get(i);
            if (mine == null && its == null) continue;
            if (mine == null || its == null || mine.parent != its.parent || mine.edge != its.edge) {
                return new Divergence(i, mine, its, "Simulation " + i + " made " + place(mine) + " here and " + place(its) + " there."
                        + (mine == null || its == null ? "" : scores(other, i, mine, its, scoresHere, scoresThere)));
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (!nodes.get(i).equals(other.nodes.get(i))) {
                return new Divergence(-1, nodes.get(i), other.nodes.get(i), "All nodes are at the same places, but the numbers of node "
                        + nodes.get(i).index + " differ.");
            }
        }
        throw new IllegalStateException("unequal trees without a difference");
    }

    private static String place(@Nullable Node node) {
        if (node == null) return "no node";
        return node.parent < 0 ? "the root" : "a node at edge " + node.edge + " of node " + node.parent;
    }

    /** Says what made the two searches part: both edges of the node where they did, as each search knew them before. */
    private String scores(TreeSnapshot other, int simulation, Node mine, Node its, EdgeScore scoresHere, EdgeScore scoresThere) {
        var here = new TreePast(this, scoresHere);
        var there = new TreePast(other, scoresThere);
        int node = here.parting(mine, its, other.byIndex());
        int ours = here.towards(node, mine);
        int theirs = there.towards(node, its);
        return String.format(Locale.ROOT, " They part at node %d. Here %s; %s. There %s; %s.", node, here.describe(node, ours, simulation),
                here.describe(node, theirs, simulation), there.describe(node, ours, simulation), there.describe(node, theirs, simulation));
    }

    /**
     * Returns a drawing as a self-contained SVG file, without the branches that got less than 2 % of the root's visits. The line of the most
     * visited edges is drawn strong.
     */
    public String toSvg() {
        return toSvg((node, edge) -> label(edge));
    }

    /**
     * Returns the drawing of {@link #toSvg()} with names for actions and outcomes.
     *
     * @param labels gets a node and one of its edges
     */
    public String toSvg(BiFunction<Node, Edge, String> labels) {
        return new TreeDrawing(this, labels).svg();
    }

    /** Returns the tree as a Graphviz digraph, without the branches that got less than 2 % of the root's visits. */
    public String toGraphviz() {
        return toGraphviz((node, edge) -> label(edge));
    }

    /**
     * Returns the digraph of {@link #toGraphviz()} with names for actions and outcomes.
     *
     * @param labels gets a node and one of its edges
     */
    public String toGraphviz(BiFunction<Node, Edge, String> labels) {
        var text = new StringBuilder("digraph tree {\n  node [shape=box, fontname=\"sans-serif\"];\n");
        double least = DRAWN_SHARE * root().visits;
        Map<Integer, Node> map = byIndex();
        for (Node node : nodes) {
            if (node.visits < least) continue;
            String shape = node.kind == NodeKind.CHANCE ? ", shape=ellipse" : node.kind == NodeKind.TERMINAL ? ", shape=octagon" : "";
            text.append(String.format(Locale.ROOT, "  n%d [label=\"%d\\n%.3f\"%s];%n", node.index, node.visits, node.value, shape));
        }
        for (Node node : nodes) {
            for (Edge edge : node.edges) {
                Node child = map.get(edge.child);
                if (child == null || child.visits < least) continue;
                text.append(String.format(
                        Locale.ROOT, "  n%d -> n%d [label=\"%s\\n%.3f\"];%n", node.index, child.index,
                        labels.apply(node, edge).replace("\\", "\\\\").replace("\"", "\\\""), edge.value));
            }
        }
        return text.append("}\n").toString();
    }
}

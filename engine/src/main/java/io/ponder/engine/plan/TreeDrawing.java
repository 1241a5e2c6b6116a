package io.ponder.engine.plan;

import io.ponder.engine.model.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws a {@link TreeSnapshot} as SVG: the root on the left, a column for every ply, a row for every leaf, a parent half-way between its
 * first and last child. A box names the action, the visits and the value of the edge for whoever chose it; pointing at it shows the rest.
 *
 * <p>A player is named and has a colour only where the tree tells players apart: values of one row may be those of two sides.
 *
 * <p>Left out are branches with less than 2 % of the root's visits, unless they are on the line of the most visited edges, which is drawn
 * strong. Where nodes are shared, each hangs below the parent that made it.
 */
final class TreeDrawing {
    private static final double DRAWN_SHARE = 0.02;
    private static final int BOX_WIDTH = 128;
    private static final int BOX_HEIGHT = 38;
    private static final int COLUMN = 188;
    private static final int ROW = 50;
    private static final int MARGIN = 16;
    private static final int HEADER = 78;
    private static final double WIDEST_LINE = 7;
    private static final String STYLE = """
            <style>
            text { font-family: "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-size: 12px; fill: #1c2733; }
            .title { font-size: 15px; font-weight: 600; }
            .note { fill: #55636f; }
            .action { font-weight: 600; }
            .box { fill: #f2f5f8; stroke: #9aa8b5; }
            .other { fill: #fdf3e4; stroke: #c9a878; }
            .end { fill: #e3e6e9; stroke: #55636f; stroke-dasharray: 4 2; }
            .best { stroke: #0b5cad; stroke-width: 2.5; }
            path { fill: none; stroke: #b6c1cb; }
            path.on { stroke: #0b5cad; }
            </style>
            """;

    private final TreeSnapshot tree;
    private final BiFunction<TreeSnapshot.Node, TreeSnapshot.Edge, String> labels;
    private final Map<Integer, TreeSnapshot.Node> nodes = new HashMap<>();
    private final Set<Integer> best = new HashSet<>();
    private final boolean severalPlayers;
    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder boxes = new StringBuilder();
    private int rows;
    private int columns;

    TreeDrawing(TreeSnapshot tree, BiFunction<TreeSnapshot.Node, TreeSnapshot.Edge, String> labels) {
        this.tree = tree;
        this.labels = labels;
        for (TreeSnapshot.Node node : tree.nodes()) nodes.put(node.index(), node);
        severalPlayers = tree.nodes().stream().anyMatch(node -> node.player() != tree.root().player());
        best.add(tree.root().index());
        for (TreeSnapshot.Edge edge : tree.principalVariation()) best.add(edge.child());
    }

    String svg() {
        draw(tree.root(), null, 0);
        int width = Math.max(640, 2 * MARGIN + columns * COLUMN + BOX_WIDTH);
        int height = HEADER + rows * ROW + MARGIN;
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">
                <title>Search tree</title>
                %s<rect width="%d" height="%d" fill="#ffffff"/>
                <text class="title" x="%d" y="26">Root visited %s times, value %+.3f</text>
                <text class="note" x="%d" y="46">Boxes: action, visits, value for whoever chooses it. Strong: the most visited line.%s</text>
                <text class="note" x="%d" y="64">+n: so many more, each below 2 %% of the visits.</text>
                %s%s</svg>
                """, width, height, width, height, STYLE, width, height, MARGIN, grouped(tree.root().visits()), tree.root().value(), MARGIN,
                severalPlayers ? " Colour: player." : "", MARGIN, lines, boxes);
    }

    /** Draws a node with what is below it, and returns the middle of its box from above. */
    private double draw(TreeSnapshot.Node node, TreeSnapshot.@Nullable Edge from, int column) {
        columns = Math.max(columns, column);
        List<TreeSnapshot.Node> children = new ArrayList<>();
        List<TreeSnapshot.Edge> edges = new ArrayList<>();
        int hidden = 0;
        for (TreeSnapshot.Edge edge : node.edges()) {
            TreeSnapshot.Node child = nodes.get(edge.child());
            if (child == null || child.parent() != node.index() || child.edge() != edge.index()) continue;
            if (child.visits() < DRAWN_SHARE * tree.root().visits() && !best.contains(child.index())) {
                hidden++;
                continue;
            }
            children.add(child);
            edges.add(edge);
        }
        double middle;
        if (children.isEmpty()) {
            middle = HEADER + ROW * (rows++ + 0.5);
        } else {
            double[] middles = new double[children.size()];
            for (int i = 0; i < middles.length; i++) middles[i] = draw(children.get(i), edges.get(i), column + 1);
            middle = (middles[0] + middles[middles.length - 1]) / 2;
            for (int i = 0; i < middles.length; i++) line(column, middle, middles[i], children.get(i));
        }
        box(node, from, column, middle, hidden);
        return middle;
    }

    private void line(int column, double from, double to, TreeSnapshot.Node child) {
        double left = MARGIN + column * COLUMN + BOX_WIDTH;
        double right = MARGIN + (column + 1) * COLUMN;
        double bend = (left + right) / 2;
        double share = Math.min(1, (double) child.visits() / tree.root().visits());
        lines.append(String.format(Locale.ROOT, "<path%s d=\"M%.0f %.1fC%.0f %.1f %.0f %.1f %.0f %.1f\" stroke-width=\"%.1f\"/>%n",
                best.contains(child.index()) ? " class=\"on\"" : "", left, from, bend, from, bend, to, right, to,
                Math.max(1, WIDEST_LINE * Math.sqrt(share))));
    }

    private void box(
            TreeSnapshot.Node node, TreeSnapshot.@Nullable Edge from, int column, double middle, int hidden) {
        double x = MARGIN + column * COLUMN;
        String kind = node.kind() == NodeKind.TERMINAL ? "end" : node.player() % 2 == 0 ? "box" : "other";
        // Chance is round, decisions have corners.
        int corner = node.kind() == NodeKind.CHANCE ? BOX_HEIGHT / 2 : 4;
        TreeSnapshot.Node above = from == null ? null : nodes.get(node.parent());
        String action = from == null || above == null ? "root" : labels.apply(above, from);
        String hover = String.format(Locale.ROOT, "node %d, %s%s, value %.6g, evaluation %.6g%s", node.index(),
                NodeKind.name(node.kind()), severalPlayers ? ", player " + node.player() : "", node.value(), node.rawValue(),
                from == null ? "" : String.format(Locale.ROOT, ", prior %.6g, reward %.6g, discount %.6g", from.prior(), node.reward(),
                        node.discount()));
        boxes.append(String.format(Locale.ROOT, """
                <g><title>%s</title><rect class="%s%s" x="%.0f" y="%.1f" width="%d" height="%d" rx="%d"/>
                <text class="action" x="%.0f" y="%.1f">%s</text><text x="%.0f" y="%.1f">%s  %+.3f</text>%s</g>
                """, escape(hover), kind, best.contains(node.index()) ? " best" : "", x, middle - BOX_HEIGHT / 2.0, BOX_WIDTH,
                BOX_HEIGHT, corner, x + 12, middle - 4, escape(shortened(action)), x + 12, middle + 12,
                grouped(from == null ? node.visits() : from.visits()), from == null ? node.value() : from.value(),
                hidden == 0 ? "" : String.format(Locale.ROOT, "<text class=\"note\" text-anchor=\"end\" x=\"%.0f\" y=\"%.1f\">+%d</text>",
                        x + BOX_WIDTH - 8, middle - 4, hidden)));
    }

    private static String grouped(int visits) {
        return String.format(Locale.ROOT, "%,d", visits).replace(',', '\u2009');
    }

    private static String shortened(String label) {
        return label.length() <= 14 ? label : label.substring(0, 13) + "\u2026";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}

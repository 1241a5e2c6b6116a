package io.ponder.planners.tree;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The same searches written once more, slowly: nodes are objects, numbers are doubles, the descent is a recursion, and every score is
 * computed from the formulas of the papers. Shares nothing with the engine but the model and the records of options.
 */
final class ReferenceSearch {
    /** A lead over the second best below this may come out the other way in floats. */
    private static final double CLOSE = 1e-4;

    static final class Node {
        int index;
        byte kind;
        int player;
        int[] tags = {};
        double[] logits = {};
        double[] prior = {};
        double[] raw = {};
        double[] mean = {};
        double[] reward = {};
        double discount = 1;
        int visits = 1;
        Node[] children = {};
        int[] edgeVisits = {};

        double q(int edge) {
            Node child = children[edge];
            return child.reward[player] + child.discount * child.mean[player];
        }
    }

    private final HashModel model;
    private final SearchRecipe recipe;
    private final boolean[] illegal;
    private final double[] gumbel;
    private final long key;
    /** Returns through each edge of the root, in order. */
    private final List<List<Double>> returns = new ArrayList<>();
    private final List<Integer> schedule;
    final Node root;
    /** Whether a choice was so close that floats may decide otherwise. */
    boolean close;
    private double least = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    ReferenceSearch(HashModel model, SearchRecipe recipe, int rootState, int rootPlayer, boolean[] illegal, float[] noise, long key) {
        this.model = model;
        this.recipe = recipe;
        this.illegal = illegal;
        this.key = key;
        int actions = model.options.actions();
        for (int a = 0; a < actions; a++) returns.add(new ArrayList<>());
        root = evaluate(new int[] {rootState, NodeKind.DECISION, rootPlayer});
        DirichletNoise dirichlet = recipe.noise();
        if (dirichlet != null) {
            double[] raw = softmax(root.logits);
            for (int a = 0; a < actions; a++) {
                if (root.logits[a] == Double.NEGATIVE_INFINITY) continue;
                root.logits[a] = Math.log((1 - dirichlet.fraction()) * raw[a] + dirichlet.fraction() * noise[a]);
            }
        }
        for (int a = 0; a < actions; a++) if (illegal[a]) root.logits[a] = Double.NEGATIVE_INFINITY;
        root.prior = softmax(root.logits);
        gumbel = new double[actions];
        for (int a = 0; a < actions; a++) gumbel[a] = recipe.root().gumbelScale() * noise[a];
        schedule = recipe.root() instanceof GumbelHalving halving ? schedule(halving.maxConsidered()) : List.of();
        for (int i = 1; i <= recipe.simulations(); i++) simulate(root, 0, i);
    }

    private List<Integer> schedule(int most) {
        int legal = 0;
        for (double logit : root.logits) if (logit > Double.NEGATIVE_INFINITY) legal++;
        int m = Math.min(most, legal);
        int n = recipe.simulations();
        List<Integer> out = new ArrayList<>();
        if (m <= 1) {
            for (int i = 0; i < n; i++) out.add(i);
            return out;
        }
        int rounds = (int) Math.ceil(Math.log(m) / Math.log(2) - 1e-9);
        int[] seen = new int[m];
        for (int k = m; out.size() < n; k = Math.max(2, k / 2)) {
            int each = Math.max(1, n / (rounds * k));
            for (int r = 0; r < each; r++) {
                for (int c = 0; c < k; c++) out.add(seen[c]++);
            }
        }
        return out.subList(0, n);
    }

    /** Returns the return of one simulation, one entry a player. */
    private double[] simulate(Node node, int depth, int simulation) {
        boolean leaf = node.kind == NodeKind.TERMINAL || depth == recipe.maxDepth();
        int edge = leaf ? -1 : choose(node, depth);
        if (edge < 0) {
            node.visits++;
            return node.raw.clone();
        }
        Node child = node.children[edge];
        double[] returned;
        if (child == null) {
            child = expand(node, edge);
            child.index = simulation;
            node.children[edge] = child;
            returned = child.raw.clone();
        } else {
            returned = simulate(child, depth + 1, simulation);
        }
        for (int p = 0; p < returned.length; p++) {
            returned[p] = child.reward[p] + child.discount * returned[p];
            node.mean[p] = (node.mean[p] * node.visits + returned[p]) / (node.visits + 1);
        }
        node.visits++;
        node.edgeVisits[edge]++;
        if (node == root) returns.get(edge).add(returned[node.player]);
        least = Math.min(least, node.q(edge));
        largest = Math.max(largest, node.q(edge));
        return returned;
    }

    private int choose(Node node, int depth) {
        if (node.kind == NodeKind.CHANCE) return best(quota(node));
        SelectionRule rule = depth == 0 ? recipe.root() : recipe.interior();
        if (rule instanceof Puct puct) return best(puct(node, puct));
        if (rule instanceof Ucb1 ucb) return best(ucb(node, ucb));
        if (rule instanceof Thompson thompson) return best(thompson(node, thompson));
        if (rule instanceof GumbelInterior interior) return best(interior(node, interior.values()));
        if (rule instanceof GumbelHalving halving) return best(halving(node, halving.values()));
        throw new IllegalStateException(rule.toString());
    }

    private int best(double[] scores) {
        int best = -1;
        for (int a = 0; a < scores.length; a++) {
            if (scores[a] > Double.NEGATIVE_INFINITY && (best < 0 || scores[a] > scores[best])) best = a;
        }
        for (int a = 0; a < scores.length && best >= 0; a++) {
            double lead = scores[best] - scores[a];
            if (a != best && lead > 0 && lead < CLOSE * Math.max(1, Math.abs(scores[best]))) close = true;
        }
        return best;
    }

    private static double[] quota(Node node) {
        double[] scores = new double[node.prior.length];
        for (int c = 0; c < scores.length; c++) scores[c] = node.prior[c] / (node.edgeVisits[c] + 1);
        return scores;
    }

    /** Returns the bounds of a Q transform. */
    private double[] bounds(Node node, QTransform transform) {
        if (transform instanceof FixedRange fixed) return new double[] {fixed.low(), fixed.high()};
        if (transform instanceof TreeMinMax) return largest > least ? new double[] {least, largest} : new double[] {0, 1};
        double low = node.mean[node.player];
        double high = low;
        for (int a = 0; a < node.children.length; a++) {
            if (node.edgeVisits[a] == 0) continue;
            low = Math.min(low, node.q(a));
            high = Math.max(high, node.q(a));
        }
        return new double[] {low, high};
    }

    private double firstPlay(Node node, FirstPlay firstPlay, double low) {
        return switch (firstPlay) {
            case LOWER_BOUND -> low;
            case ZERO -> 0;
            case NODE_VALUE -> node.mean[node.player];
            case RAW_VALUE -> node.raw[node.player];
            case INFINITE -> Double.POSITIVE_INFINITY;
            case VISITED_MEAN -> {
                double sum = node.mean[node.player];
                int count = 1;
                for (int a = 0; a < node.children.length; a++) {
                    if (node.edgeVisits[a] == 0) continue;
                    sum += node.q(a);
                    count++;
                }
                yield sum / count;
            }
        };
    }

    private double[] worth(Node node, QTransform transform, FirstPlay firstPlay) {
        double[] bounds = bounds(node, transform);
        double range = Math.max(bounds[1] - bounds[0], transform.leastRange());
        double[] worth = new double[node.children.length];
        for (int a = 0; a < worth.length; a++) {
            double q = node.edgeVisits[a] > 0 ? node.q(a) : firstPlay(node, firstPlay, bounds[0]);
            worth[a] = (q - bounds[0]) / range;
        }
        return worth;
    }

    private double[] puct(Node node, Puct rule) {
        double[] scores = worth(node, rule.transform(), rule.firstPlay());
        double n = rule.countsNode() ? node.visits : node.visits - 1;
        double growth = Double.isInfinite(rule.base()) ? 0 : Math.log((n + rule.base() + 1) / rule.base());
        for (int a = 0; a < scores.length; a++) {
            scores[a] += Math.sqrt(n) * (rule.init() + growth) * node.prior[a] / (1 + node.edgeVisits[a]);
            if (node.logits[a] == Double.NEGATIVE_INFINITY) scores[a] = Double.NEGATIVE_INFINITY;
        }
        return scores;
    }

    private double[] ucb(Node node, Ucb1 rule) {
        double[] scores = worth(node, rule.transform(), rule.firstPlay());
        double logarithm = Math.log(Math.max(1, node.visits - 1));
        for (int a = 0; a < scores.length; a++) {
            if (node.edgeVisits[a] > 0) scores[a] += rule.exploration() * Math.sqrt(logarithm / node.edgeVisits[a]);
            if (node.logits[a] == Double.NEGATIVE_INFINITY) scores[a] = Double.NEGATIVE_INFINITY;
        }
        return scores;
    }

    /** Draws a value for every edge of the root from its posterior. */
    private double[] thompson(Node node, Thompson rule) {
        double[] scores = worth(node, rule.transform(), rule.firstPlay());
        double[] bounds = bounds(node, rule.transform());
        double range = Math.max(bounds[1] - bounds[0], rule.transform().leastRange());
        double first = (firstPlay(node, rule.firstPlay(), bounds[0]) - bounds[0]) / range;
        long stream = CounterRandom.key(key, 0x54484F4D50534F4EL);
        for (int a = 0; a < scores.length; a++) {
            int n = node.edgeVisits[a];
            double m = scores[a];
            double mean = returns.get(a).stream().mapToDouble(x -> x).average().orElse(0);
            double squares = rule.weight() * rule.spread() * rule.spread();
            for (double x : returns.get(a)) squares += (x - mean) * (x - mean) / range / range;
            double pull = Double.isInfinite(first) ? 0 : rule.weight();
            if (n > 0 && pull > 0) {
                squares += (m - first) * (m - first) * pull * n / (pull + n);
                scores[a] = (pull * first + n * m) / (pull + n);
            }
            double precision = (rule.weight() + n) / squares * (pull + n);
            double normal = CounterRandom.normal((int) stream, (int) (stream >>> 32), node.visits, a);
            if (precision > 0) scores[a] += normal / Math.sqrt(precision);
            if (node.logits[a] == Double.NEGATIVE_INFINITY) scores[a] = Double.NEGATIVE_INFINITY;
        }
        return scores;
    }

    /** Returns the completed, rescaled and scaled values. */
    private static double[] transformed(Node node, CompletedQ rule) {
        int count = node.children.length;
        int visits = Arrays.stream(node.edgeVisits).sum();
        int most = Arrays.stream(node.edgeVisits).max().orElse(0);
        double priors = 0;
        double products = 0;
        for (int a = 0; a < count; a++) {
            if (node.edgeVisits[a] == 0) continue;
            priors += node.prior[a];
            products += node.prior[a] * node.q(a);
        }
        double raw = node.raw[node.player];
        double mixed = rule.mixed() && visits > 0 ? (raw + visits * products / priors) / (1 + visits) : raw;
        double[] values = new double[count];
        for (int a = 0; a < count; a++) values[a] = node.edgeVisits[a] > 0 ? node.q(a) : mixed;
        if (rule.rescale()) {
            double low = Arrays.stream(values).min().orElse(0);
            double range = Math.max(Arrays.stream(values).max().orElse(0) - low, rule.leastRange());
            for (int a = 0; a < count; a++) values[a] = (values[a] - low) / range;
        }
        for (int a = 0; a < count; a++) values[a] *= (rule.maxVisitInit() + most) * rule.valueScale();
        return values;
    }

    private static double[] interior(Node node, CompletedQ rule) {
        double[] values = transformed(node, rule);
        double[] logits = new double[values.length];
        for (int a = 0; a < logits.length; a++) logits[a] = node.logits[a] + values[a];
        double[] policy = softmax(logits);
        int visits = Arrays.stream(node.edgeVisits).sum();
        for (int a = 0; a < policy.length; a++) {
            policy[a] -= node.edgeVisits[a] / (1.0 + visits);
            if (node.logits[a] == Double.NEGATIVE_INFINITY) policy[a] = Double.NEGATIVE_INFINITY;
        }
        return policy;
    }

    private double[] rootScores(CompletedQ rule) {
        double[] values = transformed(root, rule);
        double top = Arrays.stream(root.logits).max().orElse(0);
        double[] scores = new double[values.length];
        for (int a = 0; a < scores.length; a++) scores[a] = gumbel[a] + root.logits[a] - top + values[a];
        return scores;
    }

    private double[] halving(Node node, CompletedQ rule) {
        double[] scores = rootScores(rule);
        int required = schedule.get(node.visits - 1);
        for (int a = 0; a < scores.length; a++) if (node.edgeVisits[a] != required) scores[a] = Double.NEGATIVE_INFINITY;
        return scores;
    }

    /** Returns the action of Gumbel MuZero. */
    int gumbelAction(CompletedQ rule) {
        double[] scores = rootScores(rule);
        int most = Arrays.stream(root.edgeVisits).max().orElse(0);
        for (int a = 0; a < scores.length; a++) if (root.edgeVisits[a] != most) scores[a] = Double.NEGATIVE_INFINITY;
        return best(scores);
    }

    private Node evaluate(int[] tags) {
        var state = new ModelState(model.spec(), 1).resize(1);
        System.arraycopy(tags, 0, state.tags(), 0, 3);
        var nodes = new NodeBuffer(model.spec(), model, 1);
        model.evaluate(state, new ColumnKeys(1).resize(1), nodes);
        return node(tags, nodes);
    }

    private Node expand(Node parent, int edge) {
        var state = new ModelState(model.spec(), 1).resize(1);
        System.arraycopy(parent.tags, 0, state.tags(), 0, 3);
        var step = new StepBuffer(model.spec(), 1);
        var nodes = new NodeBuffer(model.spec(), model, 1);
        model.expand(state, new byte[] {parent.kind}, new float[] {edge}, new ColumnKeys(1).resize(1), step, nodes);
        Node node = node(Arrays.copyOf(step.next().tags(), 3), nodes);
        for (int p = 0; p < node.reward.length; p++) node.reward[p] = step.reward()[p];
        node.discount = step.discount()[0];
        return node;
    }

    private Node node(int[] tags, NodeBuffer nodes) {
        var node = new Node();
        int players = model.options.players();
        node.tags = tags;
        node.kind = nodes.kind()[0];
        node.player = nodes.playerToMove()[0];
        node.raw = new double[players];
        for (int p = 0; p < players; p++) node.raw[p] = node.kind == NodeKind.TERMINAL ? 0 : nodes.value()[p];
        node.mean = node.raw.clone();
        node.reward = new double[players];
        int count = node.kind == NodeKind.CHANCE ? model.options.chances() : model.options.actions();
        node.logits = new double[count];
        for (int a = 0; a < count; a++) node.logits[a] = nodes.logits()[a];
        node.prior = softmax(node.logits);
        node.children = new Node[count];
        node.edgeVisits = new int[count];
        return node;
    }

    static double[] softmax(double[] logits) {
        double top = Arrays.stream(logits).max().orElse(0);
        double[] out = Arrays.stream(logits).map(x -> Math.exp(x - top)).toArray();
        double sum = Arrays.stream(out).sum();
        return Arrays.stream(out).map(x -> x / sum).toArray();
    }
}

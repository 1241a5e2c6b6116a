package io.ponder.examples.papers;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.CounterRandom;

/**
 * Stands in for decoding text: a tree of 5 choices among 8, a policy that leans towards good subtrees, and a value model of
 * that policy with noise. A leaf pays between 0 and 1: the logistic function of 1.5 times the sum of normal increments on its
 * way, with a standard deviation of 0.45.
 *
 * <p>A state is the number of a node, the children of node n being {@code 8 n + 1} to {@code 8 n + 8}. Logits are standard
 * normals plus 4 times what the mean leaf below a child is above that of its siblings. Values are exact for the policy, plus
 * noise that belongs to the node.
 */
final class DecodingTree implements WorldModel, LatentHeads {
    static final int CHOICES = 8;
    static final int DEPTH = 5;

    private static final float INCREMENT = 0.45f;
    private static final ModelSpec SPEC = new ModelSpec(1, 1, CHOICES, 1, 1, 1);

    private final int firstLeaf;
    private final float[] logit;
    private final float[] exact;
    private final float[] seen;
    private final float best;

    /** Draws a tree; {@code noise} is the standard deviation of the value model's error. */
    DecodingTree(long seed, double noise) {
        int nodes = 1;
        for (int d = 0; d < DEPTH; d++) nodes = CHOICES * nodes + 1;
        firstLeaf = (nodes - 1) / CHOICES;
        logit = new float[nodes];
        exact = new float[nodes];
        seen = new float[nodes];
        long key = CounterRandom.key(seed, 0x4445434F4445L);
        float[] sum = new float[nodes];
        for (int n = 1; n < nodes; n++) sum[n] = sum[(n - 1) / CHOICES] + INCREMENT * normal(key, 0, n);
        float[] mean = new float[nodes];
        float most = 0;
        for (int n = nodes - 1; n >= 0; n--) {
            if (n >= firstLeaf) {
                mean[n] = (float) (1 / (1 + Math.exp(-1.5 * sum[n])));
                exact[n] = mean[n];
                most = Math.max(most, mean[n]);
            } else {
                value(n, key, mean);
            }
            seen[n] = n >= firstLeaf ? exact[n] : exact[n] + (float) noise * normal(key, 2, n);
        }
        best = most;
    }

    private static float normal(long key, int purpose, int node) {
        return CounterRandom.normal((int) key, (int) (key >>> 32), purpose, node);
    }

    private void value(int node, long key, float[] mean) {
        int first = CHOICES * node + 1;
        for (int c = first; c < first + CHOICES; c++) mean[node] += mean[c] / CHOICES;
        double all = 0;
        double value = 0;
        for (int c = first; c < first + CHOICES; c++) {
            logit[c] = normal(key, 1, c) + 4 * (mean[c] - mean[node]);
            all += Math.exp(logit[c]);
            value += Math.exp(logit[c]) * exact[c];
        }
        exact[node] = (float) (value / all);
    }

    /** Returns the return of the best leaf. */
    double best() {
        return best;
    }

    /** Tells whether a node is a leaf. */
    boolean leaf(int node) {
        return node >= firstLeaf;
    }

    /** Returns what the policy earns from a node on: at a leaf, its return. */
    double exact(int node) {
        return exact[node];
    }

    /** Returns what the value model says of a node; of a leaf, its return. */
    double seen(int node) {
        return seen[node];
    }

    /** Returns the logit of the choice that leads to a node. */
    double logit(int node) {
        return logit[node];
    }

    /** Returns the likeliest choice. */
    int greedy(int node) {
        int best = 0;
        for (int a = 1; a < CHOICES; a++) if (logit[child(node, a)] > logit[child(node, best)]) best = a;
        return best;
    }

    /** Draws a choice of the policy. */
    int draw(int node, double uniform) {
        return CounterRandom.categoricalFromLogits(CHOICES, logit, child(node, 0), 1, (float) uniform);
    }

    static int child(int node, int choice) {
        return CHOICES * node + 1 + choice;
    }

    @Override
    public ModelSpec spec() {
        return SPEC;
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        out.resize(columns);
        for (int k = 0; k < columns; k++) set(out, k, (int) observations[k]);
    }

    /** Makes a node the state of a column. */
    static void set(ModelState state, int column, int node) {
        state.values()[column] = 0;
        state.tags()[column] = node;
    }

    @Override
    public void step(ModelState state, float[] choices, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            int node = state.tags()[k];
            int next = leaf(node) ? node : child(node, (int) choices[k]);
            out.reward()[k] = leaf(next) && !leaf(node) ? exact[next] : 0;
            out.discount()[k] = leaf(next) ? 0 : 1;
            set(out.next(), k, next);
        }
    }

    @Override
    public void evaluate(ModelState states, ColumnKeys keys, NodeBuffer out) {
        int columns = states.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            int node = states.tags()[k];
            out.kind()[k] = leaf(node) ? NodeKind.TERMINAL : NodeKind.DECISION;
            out.value()[k] = leaf(node) ? 0 : seen[node];
            out.playerToMove()[k] = 0;
            for (int a = 0; a < CHOICES && !leaf(node); a++) out.logits()[a * columns + k] = logit[child(node, a)];
        }
    }

    @Override
    public void expand(ModelState parents, byte[] kinds, float[] choices, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(parents, choices, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override
    public WorldModel fork() {
        return this;
    }
}

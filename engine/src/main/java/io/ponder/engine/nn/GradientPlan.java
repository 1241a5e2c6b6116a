package io.ponder.engine.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Decides once where the derivatives of a backward pass live.
 *
 * <p>Every consumer of a node writes the derivative by it into a buffer of its own, so that operations overwrite and need not add; where a
 * node has several consumers the buffers are summed before its own operation runs. A buffer is handed on as soon as it has been
 * read, so that a deep network needs two or three of them, which stay in the cache.
 */
final class GradientPlan {
    private final int capacity;
    private final boolean[] requires;
    private final List<List<float[]>> parts = new ArrayList<>();
    private final Set<float[]> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<float[]> free = new ArrayList<>();
    private final List<OperationFrame> frames = new ArrayList<>();
    private final List<float[][]> sums = new ArrayList<>();
    private final List<Node> order = new ArrayList<>();

    GradientPlan(Network network, Program program, OperationFrame[] frameOfNode, int capacity, Differentiate by, Node[] roots) {
        this.capacity = capacity;
        int count = network.nodes().size();
        requires = new boolean[count];
        for (int i = 0; i < count; i++) parts.add(new ArrayList<>());
        for (Node input : program.inputs()) requires[input.index()] = input.differentiable() && by.inputs();
        for (Node node : program.operations()) requires[node.index()] = requires(node, by);
        for (Node root : roots) {
            if (requires[root.index()] && parts.get(root.index()).isEmpty()) parts.get(root.index()).add(keep(root.rows()));
        }
        for (int i = program.operations().size() - 1; i >= 0; i--) {
            Node node = program.operations().get(i);
            if (requires[node.index()] && !parts.get(node.index()).isEmpty()) plan(node, frameOfNode[node.index()]);
        }
    }

    private boolean requires(Node node, Differentiate by) {
        Operation operation = java.util.Objects.requireNonNull(node.operation());
        if (!operation.differentiable()) return false;
        boolean wanted = by.parameters() && !operation.parameters().isEmpty();
        for (Node input : node.inputs()) wanted |= requires[input.index()];
        return wanted;
    }

    private void plan(Node node, OperationFrame frame) {
        List<float[]> own = parts.get(node.index());
        float[] output = own.get(0);
        frame.outputGradient(output);
        boolean passedOn = false;
        Node[] inputs = node.inputs();
        for (int i = 0; i < inputs.length; i++) {
            Node input = inputs[i];
            if (!requires[input.index()]) continue;
            float[] buffer;
            if (input.operation() == null) {
                buffer = keep(input.rows());
            } else if (i == 0 && frame.operation().inPlace() && input.rows() == node.rows() && !kept.contains(output)) {
                buffer = output;
                passedOn = true;
            } else {
                buffer = take(input.rows());
            }
            frame.inputGradient(i, buffer);
            parts.get(input.index()).add(buffer);
        }
        for (float[] part : own) {
            if (!kept.contains(part) && !(passedOn && part == output)) free.add(part);
        }
        order.add(node);
        frames.add(frame);
        sums.add(own.size() > 1 ? own.toArray(new float[0][]) : new float[0][]);
    }

    private float[] keep(int rows) {
        float[] buffer = new float[Math.multiplyExact(rows, capacity)];
        kept.add(buffer);
        return buffer;
    }

    /** Takes the smallest free buffer that is large enough. */
    private float[] take(int rows) {
        int length = Math.multiplyExact(rows, capacity);
        int best = -1;
        for (int i = 0; i < free.size(); i++) {
            int size = free.get(i).length;
            if (size >= length && (best < 0 || size < free.get(best).length)) best = i;
        }
        return best < 0 ? new float[length] : free.remove(best);
    }

    /** The operations that run backwards, in that order. */
    OperationFrame[] frames() {
        return frames.toArray(new OperationFrame[0]);
    }

    /** The nodes of {@link #frames()}. */
    Node[] nodes() {
        return order.toArray(new Node[0]);
    }

    /** For every frame the buffers to be summed into the first of them beforehand; empty where there is one only. */
    float[][][] sums() {
        return sums.toArray(new float[0][][]);
    }

    /** The buffers of a node, the first of which receives the sum; none if nothing flows back to it. */
    float[][] parts(Node node) {
        return parts.get(node.index()).toArray(new float[0][]);
    }

    boolean requires(Node node) {
        return requires[node.index()];
    }

    /** For every frame the tensors that no earlier frame has added to. */
    ParameterTensor[][] firstTouched() {
        List<ParameterTensor> seen = new ArrayList<>();
        ParameterTensor[][] first = new ParameterTensor[frames.size()][];
        for (int i = 0; i < first.length; i++) {
            List<ParameterTensor> fresh = new ArrayList<>(frames.get(i).operation().parameters());
            fresh.removeAll(seen);
            seen.addAll(fresh);
            first[i] = fresh.toArray(new ParameterTensor[0]);
        }
        return first;
    }
}

package io.ponder.engine.nn;

import java.util.ArrayList;
import java.util.List;

/** The part of a network that some of its nodes need, in the order of computation. */
final class Program {
    private final List<Node> inputs = new ArrayList<>();
    private final List<Node> operations = new ArrayList<>();
    private final boolean[] needed;

    /** @param roots the nodes wanted */
    Program(Network network, Node... roots) {
        List<Node> nodes = network.nodes();
        needed = new boolean[nodes.size()];
        for (Node root : roots) needed[network.require(root).index()] = true;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (!needed[i]) continue;
            for (Node input : nodes.get(i).inputs()) needed[input.index()] = true;
        }
        for (Node node : nodes) {
            if (!needed[node.index()]) continue;
            if (node.operation() == null) {
                inputs.add(node);
            } else {
                operations.add(node);
            }
        }
    }

    List<Node> inputs() {
        return inputs;
    }

    List<Node> operations() {
        return operations;
    }

    boolean needs(Node node) {
        return node.index() < needed.length && needed[node.index()];
    }

    static int scratchRows(Node node) {
        return java.util.Objects.requireNonNull(node.operation()).scratchRows(inputRows(node));
    }

    static int workFloats(Node node) {
        return java.util.Objects.requireNonNull(node.operation()).workFloats(inputRows(node));
    }

    private static int[] inputRows(Node node) {
        Node[] inputs = node.inputs();
        int[] rows = new int[inputs.length];
        for (int i = 0; i < inputs.length; i++) rows[i] = inputs[i].rows();
        return rows;
    }
}

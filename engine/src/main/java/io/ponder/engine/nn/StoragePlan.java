package io.ponder.engine.nn;

import java.util.ArrayList;
import java.util.List;

/** Decides which nodes of a pass without derivatives share memory: in place where an operation allows it, else once nobody reads a block any more. */
final class StoragePlan {
    private final Program program;
    private final int[] consumers;
    private final int[] lastUse;
    private final boolean[] isOutput;

    StoragePlan(Network network, Program program, Node[] outputs) {
        this.program = program;
        int count = network.nodes().size();
        consumers = new int[count];
        lastUse = new int[count];
        isOutput = new boolean[count];
        for (Node output : outputs) isOutput[output.index()] = true;
        for (int i = 0; i < program.operations().size(); i++) {
            for (Node input : program.operations().get(i).inputs()) {
                consumers[input.index()]++;
                lastUse[input.index()] = i;
            }
        }
    }

    /** Fills the slot of every node, and appends the blocks, one a slot. */
    void assign(int[] slots, List<float[]> blocks, int columns) {
        List<Integer> rowsOfSlot = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (Node input : program.inputs()) slots[input.index()] = newSlot(rowsOfSlot, input.rows());
        for (int i = 0; i < program.operations().size(); i++) {
            Node node = program.operations().get(i);
            Node first = node.inputs()[0];
            boolean inPlace = java.util.Objects.requireNonNull(node.operation()).inPlace() && reusable(first)
                    && consumers[first.index()] == 1 && first.rows() == node.rows();
            slots[node.index()] = inPlace ? slots[first.index()] : take(free, rowsOfSlot, node.rows());
            for (int j = 0; j < node.inputs().length; j++) {
                Node input = node.inputs()[j];
                Integer slot = slots[input.index()];
                if (lastUse[input.index()] == i && reusable(input) && !(inPlace && j == 0) && !free.contains(slot)) free.add(slot);
            }
        }
        for (int rows : rowsOfSlot) blocks.add(new float[Math.multiplyExact(rows, columns)]);
    }

    private boolean reusable(Node node) {
        return node.operation() != null && !isOutput[node.index()];
    }

    private static int take(List<Integer> free, List<Integer> rowsOfSlot, int rows) {
        if (free.isEmpty()) return newSlot(rowsOfSlot, rows);
        int slot = free.remove(free.size() - 1);
        rowsOfSlot.set(slot, Math.max(rows, rowsOfSlot.get(slot)));
        return slot;
    }

    private static int newSlot(List<Integer> rowsOfSlot, int rows) {
        rowsOfSlot.add(rows);
        return rowsOfSlot.size() - 1;
    }
}

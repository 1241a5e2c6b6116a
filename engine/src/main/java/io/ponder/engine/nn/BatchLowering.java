package io.ponder.engine.nn;

import io.ponder.engine.tensor.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns a part of a graph into steps. Every operation writes rows of its own, so blocks are put where they are stacked and slices are
 * only looked at: neither costs a step, except where an input or a block with another place is stacked as well. An activation behind a
 * dense layer or a norm is a part of its step.
 */
final class BatchLowering {
    private static final int NOWHERE = -1;
    private static final int BEFORE_ALL_STEPS = -1;

    private final Network network;
    private final List<Node> outputs;
    private final Program program;
    private final int[] at;
    private final int[] level;
    private final int[] readers;
    private final List<BatchStep> steps = new ArrayList<>();
    private final List<BatchProgram.Section> sections = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final TreeSet<String> unknown = new TreeSet<>();
    private int rows;
    private int parameters;

    BatchLowering(Network network, Node... outputs) {
        this.network = network;
        this.outputs = List.of(outputs);
        program = new Program(network, outputs);
        at = new int[network.nodes().size()];
        level = new int[at.length];
        readers = new int[at.length];
        Arrays.fill(at, NOWHERE);
        Arrays.fill(level, BEFORE_ALL_STEPS);
    }

    BatchProgram program() {
        if (network.members() > 1) reasons.add("The network has " + network.members() + " members, one is in the list.");
        List<BatchStep.Block> inputBlocks = new ArrayList<>();
        for (Node input : program.inputs()) {
            at[input.index()] = take(input.rows());
            inputBlocks.add(block(input));
        }
        int inputRows = rows;
        place();
        for (Node node : program.operations()) lower(node);
        for (String name : unknown) reasons.add("The operation " + name + " is not in the list.");
        List<BatchStep.Block> found = outputBlocks(inputRows);
        steps.sort(Comparator.comparingInt(BatchStep::level));
        return new BatchProgram(program.inputs(), inputBlocks, found, steps, sections, rows, reasons);
    }

    private int take(int count) {
        int first = rows;
        rows = Math.addExact(rows, count);
        return first;
    }

    private BatchStep.Block block(Node node) {
        return new BatchStep.Block(at[node.index()], node.rows());
    }

    /** Gives every operation its rows, the last first, so that what is stacked can be put into the stack. */
    private void place() {
        List<Node> operations = program.operations();
        for (Node node : operations) for (Node input : node.inputs()) readers[input.index()]++;
        for (Node output : outputs) readers[output.index()]++;
        for (int i = operations.size() - 1; i >= 0; i--) {
            Node node = operations.get(i);
            if (looksAtAnother(node)) continue;
            if (stacksNeighbours(node)) {
                at[node.index()] = at[node.inputs()[0].index()];
                continue;
            }
            if (at[node.index()] == NOWHERE) at[node.index()] = take(node.rows());
            if (node.operation() instanceof Concat) placeParts(node);
            if (isFused(node)) at[node.inputs()[0].index()] = at[node.index()];
        }
    }

    private void placeParts(Node stack) {
        int row = at[stack.index()];
        for (Node part : stack.inputs()) {
            boolean free = part.operation() != null && at[part.index()] == NOWHERE && !looksAtAnother(part) && !stacksNeighbours(part);
            if (free) at[part.index()] = row;
            row += part.rows();
        }
    }

    private static boolean looksAtAnother(Node node) {
        return node.operation() instanceof Slice || node.operation() instanceof GradientGate;
    }

    /** Tells whether a node stacks inputs of the network that lie one behind the other anyway. */
    private boolean stacksNeighbours(Node node) {
        if (!(node.operation() instanceof Concat)) return false;
        int row = at[node.inputs()[0].index()];
        for (Node part : node.inputs()) {
            if (part.operation() != null || at[part.index()] != row) return false;
            row += part.rows();
        }
        return true;
    }

    /** Tells whether a node is an activation that belongs to the step before it. */
    private boolean isFused(Node node) {
        if (!(node.operation() instanceof Activate)) return false;
        Node before = node.inputs()[0];
        return (before.operation() instanceof Dense || before.operation() instanceof LayerNorm) && readers[before.index()] == 1;
    }

    private void lower(Node node) {
        Operation operation = node.operation();
        Node input = node.inputs()[0];
        int before = BEFORE_ALL_STEPS;
        for (Node each : node.inputs()) before = Math.max(before, level[each.index()]);
        level[node.index()] = before;
        if (operation instanceof Slice slice) {
            at[node.index()] = at[input.index()] + slice.from;
        } else if (operation instanceof GradientGate) {
            at[node.index()] = at[input.index()];
        } else if (operation instanceof Concat) {
            if (!stacksNeighbours(node)) stack(node);
        } else if (operation instanceof Dense dense) {
            add(BatchStep.Kind.DENSE, node, pack(dense, node.rows(), 0), 0, 0);
        } else if (operation instanceof LayerNorm norm) {
            add(BatchStep.Kind.NORM, node, pack(norm, node.rows(), 1), norm.epsilon, 0);
        } else if (operation instanceof Standardise) {
            add(BatchStep.Kind.STANDARDISE, node, pack(operation, node.rows(), 0), 0, 0);
        } else if (operation instanceof Affine affine) {
            add(BatchStep.Kind.AFFINE, node, 0, affine.factor, affine.shift);
        } else if (operation instanceof MinMaxScale scale) {
            add(BatchStep.Kind.MIN_MAX, node, 0, scale.epsilon, 0);
        } else if (operation instanceof Softmax softmax) {
            add(BatchStep.Kind.SOFTMAX, node, 0, softmax.groupSize, 0);
        } else if (operation instanceof Activate activate) {
            if (isFused(node)) fuse(node, activate.function);
            else addStep(BatchStep.Kind.AFFINE, node, input, block(node), activate.function, 0, 1, 0);
        } else if (operation instanceof Add) {
            addUp(node);
        } else {
            unknown.add(operation == null ? node.name() : operation.name());
        }
    }

    private void add(BatchStep.Kind kind, Node node, int parametersAt, float constant, float shift) {
        addStep(kind, node, node.inputs()[0], block(node), Activation.IDENTITY, parametersAt, constant, shift);
    }

    private void addStep(
            BatchStep.Kind kind, Node node, Node from, BatchStep.Block to, Activation activation, int parametersAt, float constant, float shift) {
        int next = ++level[node.index()];
        steps.add(new BatchStep(kind, next, block(from), block(from), to, activation, parametersAt, constant, shift));
    }

    /** Adds part by part: a step writes rows that no other writes, so all sums but the last get rows beside. */
    private void addUp(Node node) {
        Node[] parts = node.inputs();
        BatchStep.Block sum = block(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            BatchStep.Block to = i == parts.length - 1 ? block(node) : new BatchStep.Block(take(node.rows()), node.rows());
            int next = ++level[node.index()];
            steps.add(new BatchStep(BatchStep.Kind.ADD, next, sum, block(parts[i]), to, Activation.IDENTITY, 0, 0, 0));
            sum = to;
        }
        if (parts.length == 1) add(BatchStep.Kind.AFFINE, node, 0, 1, 0);
    }

    private void fuse(Node node, Activation function) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            BatchStep step = steps.get(i);
            if (step.to().row() != at[node.index()]) continue;
            steps.set(i, new BatchStep(step.kind(), step.level(), step.from(), step.with(), step.to(), function, step.parameters(),
                    step.constant(), step.shift()));
            return;
        }
    }

    /** Copies the parts of a stack that could not be put there. */
    private void stack(Node node) {
        int row = at[node.index()];
        int last = BEFORE_ALL_STEPS;
        for (Node part : node.inputs()) {
            int partLevel = level[part.index()];
            if (at[part.index()] != row) copy(part, new BatchStep.Block(row, part.rows()), ++partLevel);
            last = Math.max(last, partLevel);
            row += part.rows();
        }
        level[node.index()] = last;
    }

    private void copy(Node from, BatchStep.Block to, int copyLevel) {
        steps.add(new BatchStep(BatchStep.Kind.AFFINE, copyLevel, block(from), block(from), to, Activation.IDENTITY, 0, 1, 0));
    }

    /** Notes the tensors of an operation; a first one that is absent counts as {@code absent}, a second as 0. Returns where they begin. */
    private int pack(Operation operation, int length, float absent) {
        int first = parameters;
        List<ParameterTensor> tensors = operation.parameters();
        for (int i = 0; i < 2; i++) {
            ParameterTensor tensor = i < tensors.size() ? tensors.get(i) : null;
            note(tensor, length, i == 0 ? absent : 0);
        }
        return first;
    }

    private void note(@Nullable ParameterTensor tensor, int length, float absent) {
        int size = tensor == null ? length : tensor.memberSize();
        sections.add(new BatchProgram.Section(tensor == null ? NOWHERE : tensor.offset(0), size, absent));
        parameters = Math.addExact(parameters, size);
    }

    /** Gives outputs rows of their own where they are an input's or another output's. */
    private List<BatchStep.Block> outputBlocks(int inputRows) {
        List<BatchStep.Block> found = new ArrayList<>();
        for (Node output : outputs) {
            BatchStep.Block own = block(output);
            boolean shared = own.row() < inputRows || found.stream().anyMatch(own::overlaps);
            if (shared) {
                own = new BatchStep.Block(take(output.rows()), output.rows());
                copy(output, own, level[output.index()] + 1);
            }
            found.add(own);
        }
        return found;
    }
}

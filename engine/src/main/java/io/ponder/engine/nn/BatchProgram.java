package io.ponder.engine.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * States what some outputs of a network compute, as data that a device can run: steps over blocks of rows, each column for itself. Rows are
 * numbered through: first those of the inputs, then those that steps write, each by one step only. What cannot be stated is in {@link #reasons}.
 *
 * <p>Immutable and thread-safe.
 */
public final class BatchProgram {
    /** Parameters that are copied from a tensor, or that have one value where the network has none. */
    record Section(int source, int length, float value) {}

    private final List<Node> inputs;
    private final List<BatchStep.Block> inputBlocks;
    private final List<BatchStep.Block> outputBlocks;
    private final List<BatchStep> steps;
    private final List<Section> sections;
    private final int rows;
    private final List<String> reasons;

    BatchProgram(
            List<Node> inputs, List<BatchStep.Block> inputBlocks, List<BatchStep.Block> outputBlocks, List<BatchStep> steps,
            List<Section> sections, int rows, List<String> reasons) {
        this.inputs = List.copyOf(inputs);
        this.inputBlocks = List.copyOf(inputBlocks);
        this.outputBlocks = List.copyOf(outputBlocks);
        this.steps = List.copyOf(steps);
        this.sections = List.copyOf(sections);
        this.rows = rows;
        this.reasons = List.copyOf(reasons);
    }

    /** States outputs of a network of one member: dense layers and what stands between them. */
    public static BatchProgram of(Network network, Node... outputs) {
        return new BatchLowering(network, outputs).program();
    }

    /** Returns the inputs that the outputs need. */
    public List<Node> inputs() {
        return inputs;
    }

    /** Returns the rows of every input, from row 0 on without gaps. */
    public List<BatchStep.Block> inputBlocks() {
        return inputBlocks;
    }

    /** Returns the rows of every output, in the order they were asked for. No two overlap, and none is that of an input. */
    public List<BatchStep.Block> outputBlocks() {
        return outputBlocks;
    }

    /** Returns the steps, level by level. */
    public List<BatchStep> steps() {
        return steps;
    }

    /** Returns the steps of a level, in the order of their rows; empty behind the last level. */
    public List<BatchStep> level(int level) {
        List<BatchStep> found = new ArrayList<>();
        for (BatchStep step : steps) if (step.level() == level) found.add(step);
        return found;
    }

    /** Returns the number of levels. */
    public int levels() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).level() + 1;
    }

    /** Returns the number of rows, those of the inputs included. */
    public int rows() {
        return rows;
    }

    /** Returns the number of rows of all inputs. */
    public int inputRows() {
        int sum = 0;
        for (BatchStep.Block block : inputBlocks) sum += block.rows();
        return sum;
    }

    /** Returns the number of parameters. */
    public int parameterCount() {
        int count = 0;
        for (Section section : sections) count = Math.addExact(count, section.length());
        return count;
    }

    /**
     * Writes the parameters as they are now.
     *
     * @param network the network that was stated
     * @param to      {@code [parameterCount]}. Modified.
     */
    public void writeParameters(Network network, float[] to) {
        int at = 0;
        for (Section section : sections) {
            if (section.source() >= 0) {
                System.arraycopy(network.parameters(), section.source(), to, at, section.length());
            } else {
                Arrays.fill(to, at, at + section.length(), section.value());
            }
            at += section.length();
        }
    }

    /** Returns why the outputs could not be stated, one sentence each; empty where they could. */
    public List<String> reasons() {
        return reasons;
    }
}

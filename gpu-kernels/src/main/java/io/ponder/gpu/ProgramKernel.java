package io.ponder.gpu;

import io.ponder.engine.nn.BatchStep;

/**
 * Computes outputs of a network for a batch of columns: each pass of a launch is a level of a {@link io.ponder.engine.nn.BatchProgram}, as
 * {@link ProgramLayout} wrote it. A work item is one column of {@value #ROWS_OF_ITEM} rows of a dense layer, or of a whole block of rows where they
 * depend on each other. The columns of a group lie next to each other and read the same weights at the same time.
 */
final class ProgramKernel extends ActivationKernel {
    /** Rows of a dense layer that an item computes, each number it reads serving all of them. */
    static final int ROWS_OF_ITEM = 4;

    /** Columns, a multiple of {@link #GROUP}, that all rows are apart. */
    int columns;
    /** Rows below this lie in {@link #input}, the others in {@link #units}. */
    int inputRows;
    /** Where in {@link #words} the table of rows that are outputs begins. */
    int outputTable;

    /** Levels, steps, and the table of outputs. */
    final int[] words;
    /** Weights of all steps, then their constants. */
    final float[] weights;
    /** {@code [inputRows x columns]}. */
    final float[] input;
    /** {@code [rows x columns]}, what steps leave for each other; never leaves the device. */
    final float[] units;
    /** {@code [outputRows x columns]}. */
    final float[] output;

    ProgramKernel(int[] words, float[] weights, float[] input, float[] units, float[] output) {
        this.words = words;
        this.weights = weights;
        this.input = input;
        this.units = units;
        this.output = output;
    }

    @Override
    public void run() {
        int item = getGlobalId();
        int level = getPassId();
        int part = item / columns;
        int column = item - part * columns;
        int step = words[2 * level];
        int count = words[2 * level + 1];
        int found = -1;
        for (int i = 0; i < count; i++) {
            int at = step + i * ProgramLayout.STEP_WORDS;
            int first = words[at + ProgramLayout.FIRST_PART];
            if (part >= first && part < first + words[at + ProgramLayout.PARTS]) found = at;
        }
        if (found >= 0) compute(found, part - words[found + ProgramLayout.FIRST_PART], column);
    }

    private void compute(int step, int part, int column) {
        int kind = words[step + ProgramLayout.KIND];
        if (kind == ProgramLayout.DENSE) {
            dense(step, part, column);
        } else if (kind == ProgramLayout.NORM) {
            norm(step, column);
        } else if (kind == ProgramLayout.MIN_MAX) {
            minMax(step, column);
        } else if (kind == ProgramLayout.SOFTMAX) {
            softmax(step, part, column);
        } else {
            entries(step, part, column);
        }
    }

    private float load(int row, int column) {
        float x = 0;
        if (row < inputRows) {
            x = input[row * columns + column];
        } else {
            x = units[(row - inputRows) * columns + column];
        }
        return x;
    }

    private void store(int row, int column, float x) {
        units[(row - inputRows) * columns + column] = x;
        int out = words[outputTable + row];
        if (out >= 0) output[out * columns + column] = x;
    }

    private void dense(int step, int part, int column) {
        int inputs = words[step + ProgramLayout.FROM_ROWS];
        int outputs = words[step + ProgramLayout.TO_ROWS];
        int row = part * ROWS_OF_ITEM;
        int weight = words[step + ProgramLayout.PARAMETERS];
        int bias = weight + inputs * outputs;
        int last = outputs - 1;
        int row1 = min(row + 1, last);
        int row2 = min(row + 2, last);
        int row3 = min(row + 3, last);
        float sum0 = weights[bias + row];
        float sum1 = weights[bias + row1];
        float sum2 = weights[bias + row2];
        float sum3 = weights[bias + row3];
        int at0 = weight + row * inputs;
        int at1 = weight + row1 * inputs;
        int at2 = weight + row2 * inputs;
        int at3 = weight + row3 * inputs;
        int from = words[step + ProgramLayout.FROM];
        if (from < inputRows) {
            int at = from * columns + column;
            for (int i = 0; i < inputs; i++) {
                float x = input[at + i * columns];
                sum0 += weights[at0 + i] * x;
                sum1 += weights[at1 + i] * x;
                sum2 += weights[at2 + i] * x;
                sum3 += weights[at3 + i] * x;
            }
        } else {
            int at = (from - inputRows) * columns + column;
            for (int i = 0; i < inputs; i++) {
                float x = units[at + i * columns];
                sum0 += weights[at0 + i] * x;
                sum1 += weights[at1 + i] * x;
                sum2 += weights[at2 + i] * x;
                sum3 += weights[at3 + i] * x;
            }
        }
        int to = words[step + ProgramLayout.TO];
        int activation = words[step + ProgramLayout.ACTIVATION];
        store(to + row, column, activate(activation, sum0));
        if (row + 1 < outputs) store(to + row + 1, column, activate(activation, sum1));
        if (row + 2 < outputs) store(to + row + 2, column, activate(activation, sum2));
        if (row + 3 < outputs) store(to + row + 3, column, activate(activation, sum3));
    }

    private void norm(int step, int column) {
        int from = words[step + ProgramLayout.FROM];
        int to = words[step + ProgramLayout.TO];
        int count = words[step + ProgramLayout.TO_ROWS];
        int scale = words[step + ProgramLayout.PARAMETERS];
        int activation = words[step + ProgramLayout.ACTIVATION];
        float sum = 0;
        for (int i = 0; i < count; i++) sum += load(from + i, column);
        float mean = sum / count;
        float squares = 0;
        for (int i = 0; i < count; i++) {
            float distance = load(from + i, column) - mean;
            squares += distance * distance;
        }
        float inverse = 1f / sqrt(squares / count + weights[words[step + ProgramLayout.CONSTANTS]]);
        for (int i = 0; i < count; i++) {
            float x = (load(from + i, column) - mean) * inverse * weights[scale + i] + weights[scale + count + i];
            store(to + i, column, activate(activation, x));
        }
    }

    private void minMax(int step, int column) {
        int from = words[step + ProgramLayout.FROM];
        int to = words[step + ProgramLayout.TO];
        int count = words[step + ProgramLayout.TO_ROWS];
        float least = load(from, column);
        float most = least;
        for (int i = 1; i < count; i++) {
            float x = load(from + i, column);
            least = min(least, x);
            most = max(most, x);
        }
        float inverse = 1f / (most - least + weights[words[step + ProgramLayout.CONSTANTS]]);
        for (int i = 0; i < count; i++) store(to + i, column, (load(from + i, column) - least) * inverse);
    }

    private void softmax(int step, int part, int column) {
        int size = (int) weights[words[step + ProgramLayout.CONSTANTS]];
        int from = words[step + ProgramLayout.FROM] + part * size;
        int to = words[step + ProgramLayout.TO] + part * size;
        float most = load(from, column);
        for (int i = 1; i < size; i++) most = max(most, load(from + i, column));
        float sum = 0;
        for (int i = 0; i < size; i++) sum += exp(load(from + i, column) - most);
        float inverse = 1f / sum;
        for (int i = 0; i < size; i++) store(to + i, column, exp(load(from + i, column) - most) * inverse);
    }

    /** One row of a step whose entries do not depend on each other. */
    private void entries(int step, int row, int column) {
        int kind = words[step + ProgramLayout.KIND];
        float x = load(words[step + ProgramLayout.FROM] + row, column);
        float y = x;
        if (kind == ProgramLayout.AFFINE) {
            int constants = words[step + ProgramLayout.CONSTANTS];
            y = weights[constants] * x + weights[constants + 1];
        }
        if (kind == ProgramLayout.ADD) y = x + load(words[step + ProgramLayout.WITH] + row, column);
        if (kind == ProgramLayout.STANDARDISE) {
            int shift = words[step + ProgramLayout.PARAMETERS];
            float scaled = (x - weights[shift + row]) * weights[shift + words[step + ProgramLayout.TO_ROWS] + row];
            y = max(-BatchStep.LIMIT, min(BatchStep.LIMIT, scaled));
        }
        store(words[step + ProgramLayout.TO] + row, column, activate(words[step + ProgramLayout.ACTIVATION], y));
    }
}

package io.ponder.gpu;

import io.ponder.engine.nn.BatchProgram;
import io.ponder.engine.nn.BatchStep;
import java.util.List;

/**
 * Lays a program out as {@link ProgramKernel} reads it. Whole numbers: for each level where its steps begin and how many they are, the steps,
 * and for each row of the program which row of the outputs it is, or -1. Floats: parameters, then two constants a step.
 */
final class ProgramLayout {
    static final int KIND = 0;
    static final int FROM = 1;
    static final int FROM_ROWS = 2;
    static final int WITH = 3;
    static final int TO = 4;
    static final int TO_ROWS = 5;
    static final int ACTIVATION = 6;
    static final int PARAMETERS = 7;
    static final int CONSTANTS = 8;
    static final int FIRST_PART = 9;
    static final int PARTS = 10;
    static final int STEP_WORDS = 11;

    static final int DENSE = 0;
    static final int NORM = 1;
    static final int AFFINE = 2;
    static final int ADD = 3;
    static final int STANDARDISE = 4;
    static final int MIN_MAX = 5;
    static final int SOFTMAX = 6;

    private static final int CONSTANTS_OF_STEP = 2;

    final int[] words;
    final int weightCount;
    final int outputTable;
    final int outputRows;
    /** Most parts that the steps of a level have together: rows of work items. */
    final int parts;

    private final BatchProgram program;

    ProgramLayout(BatchProgram program) {
        this.program = program;
        int stepCount = program.steps().size();
        int levels = program.levels();
        outputTable = 2 * levels + STEP_WORDS * stepCount;
        words = new int[Math.addExact(outputTable, program.rows())];
        weightCount = Math.addExact(program.parameterCount(), CONSTANTS_OF_STEP * stepCount);
        int at = 2 * levels;
        int constants = program.parameterCount();
        int most = 1;
        for (int level = 0; level < levels; level++) {
            List<BatchStep> steps = program.level(level);
            words[2 * level] = at;
            words[2 * level + 1] = steps.size();
            int part = 0;
            for (BatchStep step : steps) {
                write(step, at, constants, part);
                part = Math.addExact(part, words[at + PARTS]);
                at += STEP_WORDS;
                constants += CONSTANTS_OF_STEP;
            }
            most = Math.max(most, part);
        }
        parts = most;
        outputRows = writeOutputs();
    }

    private void write(BatchStep step, int at, int constants, int firstPart) {
        words[at + KIND] = kind(step.kind());
        words[at + FROM] = step.from().row();
        words[at + FROM_ROWS] = step.from().rows();
        words[at + WITH] = step.with().row();
        words[at + TO] = step.to().row();
        words[at + TO_ROWS] = step.to().rows();
        words[at + ACTIVATION] = EnsembleLayout.activation(step.activation());
        words[at + PARAMETERS] = step.parameters();
        words[at + CONSTANTS] = constants;
        words[at + FIRST_PART] = firstPart;
        words[at + PARTS] = switch (step.kind()) {
            case DENSE -> (step.to().rows() + ProgramKernel.ROWS_OF_ITEM - 1) / ProgramKernel.ROWS_OF_ITEM;
            case NORM, MIN_MAX -> 1;
            case SOFTMAX -> step.to().rows() / (int) step.constant();
            case AFFINE, ADD, STANDARDISE -> step.to().rows();
        };
    }

    private static int kind(BatchStep.Kind kind) {
        return switch (kind) {
            case DENSE -> DENSE;
            case NORM -> NORM;
            case AFFINE -> AFFINE;
            case ADD -> ADD;
            case STANDARDISE -> STANDARDISE;
            case MIN_MAX -> MIN_MAX;
            case SOFTMAX -> SOFTMAX;
        };
    }

    private int writeOutputs() {
        for (int row = 0; row < program.rows(); row++) words[outputTable + row] = -1;
        int rows = 0;
        for (BatchStep.Block block : program.outputBlocks()) {
            for (int i = 0; i < block.rows(); i++) words[outputTable + block.row() + i] = rows++;
        }
        return rows;
    }

    /** Writes the constants, which stay behind the parameters. */
    void writeConstants(float[] weights) {
        int at = program.parameterCount();
        for (BatchStep step : program.steps()) {
            weights[at++] = step.constant();
            weights[at++] = step.shift();
        }
    }
}

package io.ponder.engine.nn;

import io.ponder.engine.Checks;

/**
 * y = (x - min x) / (max x - min x + epsilon), column by column, so that every column spans 0 to just below 1: the scaling of MuZero's
 * latent states (Schrittwieser et al. 2020, appendix G).
 *
 * <p>The derivative also flows through the minimum and the maximum, to the first entry that attains each. Where max - min is below epsilon the
 * slope, about 1 / epsilon, says nothing any more; such a column passes no derivative back.
 */
final class MinMaxScale implements Operation {
    final float epsilon;

    MinMaxScale(double epsilon) {
        this.epsilon = (float) Checks.positive("epsilon", epsilon);
    }

    @Override
    public String name() {
        return "min-max-scale";
    }

    @Override
    public int rows(int... inputRows) {
        return inputRows[0];
    }

    /** Minimum, maximum and 1 / (max - min + epsilon); two sums and two places of the backward pass. */
    @Override
    public int scratchRows(int... inputRows) {
        return 7;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int n = f.rows();
        float[] s = f.scratch();
        int inverse = 2 * k;
        f.kernels().minColumns(n, k, f.input(0), f.inputOffset(0), k, s, 0);
        f.kernels().maxColumns(n, k, f.input(0), f.inputOffset(0), k, s, k);
        int negative = 3 * k;
        for (int j = 0; j < k; j++) s[inverse + j] = 1 / (s[k + j] - s[j] + epsilon);
        f.kernels().scale(k, -1, s, 0, s, negative);
        f.kernels().addPerColumn(n, k, s, negative, f.input(0), f.inputOffset(0), k, f.output(), f.outputOffset(), k);
        f.kernels().timesPerColumn(n, k, s, inverse, f.output(), f.outputOffset(), k, f.output(), f.outputOffset(), k);
    }

    /** With g = dy / (max - min + epsilon): dx = g, less sum(g y) at the maximum and sum(g (1 - y)) at the minimum. */
    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        int k = f.columns();
        int n = f.rows();
        float[] s = f.scratch();
        float[] dx = f.inputGradient(0);
        int inverse = 2 * k;
        int sum = 3 * k;
        int atMaximum = 4 * k;
        for (int j = 0; j < k; j++) {
            if (s[k + j] - s[j] < epsilon) s[inverse + j] = 0;
        }
        f.kernels().timesPerColumn(n, k, s, inverse, f.outputGradient(), 0, k, dx, 0, k);
        f.kernels().sumColumns(n, k, dx, 0, k, s, sum, false);
        f.kernels().fill(k, 0, s, atMaximum);
        for (int i = 0; i < n; i++) f.kernels().timesAdd(k, dx, i * k, f.output(), f.outputOffset() + i * k, s, atMaximum);
        findPlaces(f);
        for (int j = 0; j < k; j++) {
            dx[(int) s[5 * k + j] * k + j] -= s[sum + j] - s[atMaximum + j];
            dx[(int) s[6 * k + j] * k + j] -= s[atMaximum + j];
        }
    }

    /** Writes the first row that is the minimum, and the first that is the maximum, of every column. */
    private static void findPlaces(OperationFrame f) {
        int k = f.columns();
        float[] s = f.scratch();
        float[] x = f.input(0);
        f.kernels().fill(2 * k, 0, s, 5 * k);
        for (int i = f.rows() - 1; i >= 0; i--) {
            int at = f.inputOffset(0) + i * k;
            for (int j = 0; j < k; j++) {
                if (x[at + j] == s[j]) s[5 * k + j] = i;
                if (x[at + j] == s[k + j]) s[6 * k + j] = i;
            }
        }
    }
}

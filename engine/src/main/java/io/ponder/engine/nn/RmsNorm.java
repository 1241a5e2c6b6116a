package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.Arrays;
import java.util.List;

/** Divides every column by its root mean square, then scales the rows (Zhang and Sennrich 2019). */
final class RmsNorm implements Operation {
    private final double epsilon;
    private final List<ParameterTensor> parameters;

    /** @param parameters the scale, or nothing */
    RmsNorm(double epsilon, ParameterTensor... parameters) {
        this.epsilon = Checks.positive("epsilon", epsilon);
        this.parameters = List.of(parameters);
    }

    @Override
    public String name() {
        return "rms-norm";
    }

    @Override
    public int rows(int... inputRows) {
        for (ParameterTensor tensor : parameters) {
            Checks.same("rows of the input", inputRows[0], "size of " + tensor.name(), tensor.memberSize());
        }
        return inputRows[0];
    }

    @Override
    public List<ParameterTensor> parameters() {
        return parameters;
    }

    /** The normalised block, 1 / root mean square, and a row of work. */
    @Override
    public int scratchRows(int... inputRows) {
        return inputRows[0] + 2;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int n = f.rows();
        float[] s = f.scratch();
        float[] x = f.input(0);
        int inverse = n * k;
        Arrays.fill(s, inverse, inverse + k, 0f);
        for (int i = 0; i < n; i++) f.kernels().timesAdd(k, x, f.inputOffset(0) + i * k, x, f.inputOffset(0) + i * k, s, inverse);
        for (int j = 0; j < k; j++) s[inverse + j] = (float) (1 / Math.sqrt(s[inverse + j] / (double) n + epsilon));
        f.kernels().timesPerColumn(n, k, s, inverse, x, f.inputOffset(0), k, s, 0, k);
        if (parameters.isEmpty()) {
            System.arraycopy(s, 0, f.output(), f.outputOffset(), n * k);
        } else {
            f.kernels().timesPerRow(n, k, f.parameters(), f.parameterOffset(0), s, 0, k, f.output(), f.outputOffset(), k);
        }
    }

    /** With x^ the normalised block and g = scale dy: dx = (g - x^ mean(g x^)) / root mean square. */
    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        int n = f.rows();
        float[] s = f.scratch();
        float[] dy = f.outputGradient();
        if (f.wantsParameters()) {
            for (int i = 0; i < n; i++) {
                f.parameterGradients()[f.parameterGradientOffset(0) + i] += f.kernels().dot(k, dy, i * k, s, i * k);
            }
        }
        if (!f.wantsInput(0)) return;
        float[] dx = f.inputGradient(0);
        if (parameters.isEmpty()) {
            System.arraycopy(dy, 0, dx, 0, n * k);
        } else {
            f.kernels().timesPerRow(n, k, f.parameters(), f.parameterOffset(0), dy, 0, k, dx, 0, k);
        }
        int inverse = n * k;
        int product = inverse + k;
        Arrays.fill(s, product, product + k, 0f);
        for (int i = 0; i < n; i++) f.kernels().timesAdd(k, dx, i * k, s, i * k, s, product);
        f.kernels().scale(k, 1f / n, s, product, s, product);
        for (int i = 0; i < n; i++) {
            int at = i * k;
            for (int j = 0; j < k; j++) dx[at + j] = s[inverse + j] * (dx[at + j] - s[at + j] * s[product + j]);
        }
    }
}

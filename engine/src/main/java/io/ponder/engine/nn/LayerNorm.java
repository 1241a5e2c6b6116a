package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import java.util.List;

/** Normalises every column to mean 0 and (biased) variance 1, then scales and shifts the rows (Ba et al. 2016). */
final class LayerNorm implements Operation {
    final float epsilon;
    private final List<ParameterTensor> parameters;

    /** @param parameters scale and shift, or nothing */
    LayerNorm(double epsilon, ParameterTensor... parameters) {
        this.epsilon = (float) Checks.positive("epsilon", epsilon);
        this.parameters = List.of(parameters);
    }

    @Override
    public String name() {
        return "layer-norm";
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

    /** The normalised block, 1 / standard deviation, and two rows of work. */
    @Override
    public int scratchRows(int... inputRows) {
        return inputRows[0] + 3;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        int n = f.rows();
        float[] s = f.scratch();
        f.kernels().normaliseColumns(n, k, epsilon, f.input(0), f.inputOffset(0), k, s, 0, k, s, n * k);
        if (parameters.isEmpty()) {
            System.arraycopy(s, 0, f.output(), f.outputOffset(), n * k);
        } else {
            f.kernels().affinePerRow(n, k, f.parameters(), f.parameterOffset(0), f.parameters(), f.parameterOffset(1), s, 0, k,
                    f.output(), f.outputOffset(), k);
        }
    }

    /** With x^ the normalised block and g = scale dy: dx = (g - mean g - x^ mean(g x^)) / standard deviation. */
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
            f.kernels().sumRows(n, k, dy, 0, k, f.parameterGradients(), f.parameterGradientOffset(1), true);
        }
        if (!f.wantsInput(0)) return;
        float[] dx = f.inputGradient(0);
        float[] g = dy;
        if (!parameters.isEmpty()) {
            f.kernels().timesPerRow(n, k, f.parameters(), f.parameterOffset(0), dy, 0, k, dx, 0, k);
            g = dx;
        }
        f.kernels().normaliseColumnsGradient(n, k, s, 0, k, s, n * k, g, 0, k, dx, 0, k, s, (n + 1) * k);
    }
}

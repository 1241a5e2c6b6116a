package io.ponder.engine.nn;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = W x + b with W {@code [out x in]}. */
final class Dense implements Operation {
    private final int out;
    private final int in;
    private final List<ParameterTensor> parameters;

    Dense(ParameterTensor weight, @Nullable ParameterTensor bias) {
        this.out = weight.memberShape()[0];
        this.in = weight.memberShape()[1];
        this.parameters = bias == null ? List.of(weight) : List.of(weight, bias);
    }

    @Override
    public String name() {
        return "dense";
    }

    @Override
    public int rows(int... inputRows) {
        Checks.same("rows of the input", inputRows[0], "inputs of the dense layer", in);
        return out;
    }

    @Override
    public List<ParameterTensor> parameters() {
        return parameters;
    }

    @Override
    public boolean overwritesParameters() {
        return true;
    }

    @Override
    public void forward(OperationFrame f) {
        int k = f.columns();
        float[] transposed = f.transposedWeights();
        if (transposed != null && k <= Kernels.FEW_COLUMNS) {
            forwardFewColumns(f, transposed);
        } else if (parameters.size() == 2) {
            f.kernels().multiplyBias(out, k, in, f.parameters(), f.parameterOffset(0), in, f.input(0), f.inputOffset(0), k,
                    f.parameters(), f.parameterOffset(1), f.output(), f.outputOffset(), k);
        } else {
            f.kernels().multiply(out, k, in, f.parameters(), f.parameterOffset(0), in, f.input(0), f.inputOffset(0), k,
                    f.output(), f.outputOffset(), k, false);
        }
    }

    private void forwardFewColumns(OperationFrame f, float[] transposed) {
        int k = f.columns();
        if (parameters.size() == 2) {
            f.kernels().multiplyLeftTransposedBias(out, k, in, transposed, f.transposedOffset(), out, f.input(0), f.inputOffset(0), k,
                    f.parameters(), f.parameterOffset(1), f.output(), f.outputOffset(), k);
        } else {
            f.kernels().multiplyLeftTransposed(out, k, in, transposed, f.transposedOffset(), out, f.input(0), f.inputOffset(0), k,
                    f.output(), f.outputOffset(), k, false);
        }
    }

    @Override
    public void backward(OperationFrame f) {
        int k = f.columns();
        if (f.wantsParameters()) {
            f.kernels().multiplyRightTransposed(out, in, k, f.outputGradient(), 0, k, f.input(0), f.inputOffset(0), k,
                    f.parameterGradients(), f.parameterGradientOffset(0), in, f.accumulates());
            if (parameters.size() == 2) {
                f.kernels().sumRows(out, k, f.outputGradient(), 0, k, f.parameterGradients(), f.parameterGradientOffset(1),
                        f.accumulates());
            }
        }
        if (f.wantsInput(0)) {
            f.kernels().multiplyLeftTransposed(in, k, out, f.parameters(), f.parameterOffset(0), in, f.outputGradient(), 0, k,
                    f.inputGradient(0), 0, k, false);
        }
    }
}

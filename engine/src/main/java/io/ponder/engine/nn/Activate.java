package io.ponder.engine.nn;

import io.ponder.engine.tensor.Activation;
import java.util.Locale;

/** An activation function, entry by entry. */
final class Activate implements Operation {
    final Activation function;

    Activate(Activation function) {
        this.function = function;
    }

    @Override
    public String name() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int rows(int... inputRows) {
        return inputRows[0];
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public void forward(OperationFrame f) {
        f.kernels().activate(function, f.rows() * f.columns(), f.input(0), f.inputOffset(0), f.output(), f.outputOffset());
    }

    @Override
    public void backward(OperationFrame f) {
        if (!f.wantsInput(0)) return;
        boolean fromInput = function.savesInput();
        f.kernels().activationGradient(function, f.rows() * f.columns(), fromInput ? f.input(0) : f.output(),
                fromInput ? f.inputOffset(0) : f.outputOffset(), f.outputGradient(), 0, f.inputGradient(0), 0);
    }
}

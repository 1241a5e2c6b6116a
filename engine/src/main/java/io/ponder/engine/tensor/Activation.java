package io.ponder.engine.tensor;

/**
 * Names an elementwise activation function and which of its values a layer keeps for the backward pass.
 *
 * <p>The derivative of some functions is cheapest from the output, that of others needs the input; {@link #savesInput()} says which,
 * and {@link Kernels#activationGradient} expects exactly that array.
 */
public enum Activation {
    /** y = x. */
    IDENTITY(false),
    /** y = max(x, 0), with derivative 0 at 0. */
    RELU(false),
    /** y = tanh x. */
    TANH(false),
    /** y = 1 / (1 + exp(-x)). */
    SIGMOID(false),
    /** y = x / (1 + exp(-x)), also called swish. */
    SILU(true),
    /** y = ln(1 + exp x); exactly x above 20. */
    SOFTPLUS(true),
    /** y = x above 0, else exp(x) - 1; the derivative at 0 is 1. */
    ELU(false),
    /** y = x tanh(softplus x). */
    MISH(true);

    private final boolean savesInput;

    Activation(boolean savesInput) {
        this.savesInput = savesInput;
    }

    /** Returns true if the gradient is computed from the input x, false if it is computed from the output y. */
    public boolean savesInput() {
        return savesInput;
    }
}

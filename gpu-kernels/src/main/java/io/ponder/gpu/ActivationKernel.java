package io.ponder.gpu;

import com.aparapi.Kernel;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;

/** What all kernels that run networks share: activation functions, numbered as {@link EnsembleLayout} does, and no fallback. */
abstract class ActivationKernel extends Kernel {
    /** Work items of a group. */
    static final int GROUP = 64;

    /** Aparapi's own fallback runs kernels on Java threads; nothing here may fall back in silence. */
    @Override
    public final boolean isAllowDevice(Device device) {
        return device instanceof OpenCLDevice;
    }

    final float softplus(float x) {
        float y = x;
        if (x <= 20) y = log(1 + exp(x));
        return y;
    }

    /** Applies an activation function. */
    final float activate(int kind, float x) {
        float y = x;
        if (kind == EnsembleLayout.RELU) y = max(x, 0f);
        if (kind == EnsembleLayout.TANH) y = tanh(x);
        if (kind == EnsembleLayout.SIGMOID) y = 1f / (1f + exp(-x));
        if (kind == EnsembleLayout.SILU) y = x / (1f + exp(-x));
        if (kind == EnsembleLayout.SOFTPLUS) y = softplus(x);
        if (kind == EnsembleLayout.ELU && x <= 0) y = exp(x) - 1f;
        if (kind == EnsembleLayout.MISH) y = x * tanh(softplus(x));
        return y;
    }
}

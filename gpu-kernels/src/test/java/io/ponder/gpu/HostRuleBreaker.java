package io.ponder.gpu;

import com.aparapi.Range;
import com.aparapi.internal.kernel.KernelManager;

/** Does what the host side of kernels must not do. */
final class HostRuleBreaker {
    private HostRuleBreaker() {}

    static void launch(RandomKernel kernel, Range range) {
        KernelManager.instance().bestDevice();
        kernel.execute("second", range);
    }
}

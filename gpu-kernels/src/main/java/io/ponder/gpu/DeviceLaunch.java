package io.ponder.gpu;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import org.jspecify.annotations.Nullable;

/**
 * Launches kernels and fetches what they wrote, so that a failure of the device is an {@link IllegalStateException} and never an old or
 * half-written result. Aparapi reports a refused buffer or launch as an {@code AssertionError}, and some failures of a copy not at all.
 */
final class DeviceLaunch {
    /** A number that no kernel computes: it marks a result that has not arrived. */
    private static final int ABSENT = 0x7fc0dead;

    private DeviceLaunch() {}

    /** Runs a kernel and waits for it. */
    static void run(Kernel kernel, Range range, int passes, String executedOn) {
        try {
            kernel.execute(range, passes);
        } catch (RuntimeException | AssertionError failure) {
            throw failed(executedOn, failure);
        }
        if (!(kernel.getTargetDevice() instanceof OpenCLDevice)) throw failed(executedOn, null);
    }

    /** Marks an array that the next launch writes as a whole. */
    static void expect(float[] result, int length) {
        result[0] = Float.intBitsToFloat(ABSENT);
        result[length - 1] = Float.intBitsToFloat(ABSENT);
    }

    /** Fetches an array that was marked. */
    static void fetch(Kernel kernel, float[] result, int length, String executedOn) {
        kernel.get(result);
        if (absent(result[0]) || absent(result[length - 1])) throw failed(executedOn, null);
    }

    private static boolean absent(float x) {
        return Float.floatToRawIntBits(x) == ABSENT;
    }

    private static IllegalStateException failed(String executedOn, @Nullable Throwable cause) {
        return new IllegalStateException("The launch failed on " + executedOn + ", which leaves nothing to rely on."
                + "\nMaybe the device was lost or is out of memory; go on with the backend cpu.", cause);
    }
}

package io.ponder.gpu;

import com.aparapi.device.OpenCLDevice;

/** Refuses arrays that a device cannot hold, before it is asked. */
final class DeviceMemory {
    private DeviceMemory() {}

    /**
     * Checks what a kernel needs.
     *
     * @param largest bytes of its largest array
     * @param total   bytes of all of them
     * @param what    who needs them, at the beginning of a sentence
     * @param advice  a line that begins with "Maybe"
     */
    static void check(OpenCLDevice device, long largest, long total, String what, String advice) {
        long most = Math.min(device.getMaxMemAllocSize(), Integer.MAX_VALUE);
        String name = OpenClDevices.describe(device);
        if (largest > most) {
            throw new IllegalStateException(what + " needs an array of " + largest + " bytes, but " + name + " gives at most " + most
                    + " at once.\n" + advice);
        }
        if (total > device.getGlobalMemSize()) {
            throw new IllegalStateException(what + " needs " + total + " bytes, but " + name + " has " + device.getGlobalMemSize() + ".\n" + advice);
        }
    }
}

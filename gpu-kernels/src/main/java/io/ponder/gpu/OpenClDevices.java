package io.ponder.gpu;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;

/** Finds the OpenCL devices of this machine. Safe for several threads. */
public final class OpenClDevices {
    static {
        // Aparapi logs a missing OpenCL as two severe errors; here it is an answer, not a failure. It reads this when it is loaded.
        System.getProperties().putIfAbsent("com.aparapi.logLevel", "OFF");
    }

    private OpenClDevices() {}

    /**
     * Tells one device.
     *
     * @param platform     the driver's name and version
     * @param name         the device's name
     * @param type         GPU, CPU or accelerator
     * @param computeUnits its compute units
     * @param memoryBytes  its global memory
     */
    public record Description(String platform, String name, String type, int computeUnits, long memoryBytes) {}

    /** Returns all devices of all platforms; empty where OpenCL or its native library is missing. */
    public static List<Description> list() {
        List<Description> found = new ArrayList<>();
        try {
            for (OpenCLPlatform platform : new OpenCLPlatform().getOpenCLPlatforms()) {
                for (OpenCLDevice device : platform.getOpenCLDevices()) {
                    found.add(new Description(
                            platform.getName() + ", " + platform.getVersion(),
                            device.getName(),
                            String.valueOf(device.getType()),
                            device.getMaxComputeUnits(),
                            device.getGlobalMemSize()));
                }
            }
        } catch (LinkageError missingNativeLibrary) {
            return List.of();
        }
        return List.copyOf(found);
    }
}

package io.ponder.gpu;

import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    /**
     * Returns the best device, a GPU before an accelerator before a CPU, then the one with most compute units; empty where OpenCL or its
     * native library is missing. Found once for the process.
     */
    static Optional<OpenCLDevice> best() {
        return Found.DEVICES.stream().findFirst();
    }

    /**
     * Returns the best device.
     *
     * @throws IllegalStateException if there is none
     */
    static OpenCLDevice required() {
        return best().orElseThrow(() -> new IllegalStateException("There is no OpenCL device.\nMaybe install a driver: PoCL runs on any CPU."));
    }

    /** Returns all devices, the best first. */
    static List<OpenCLDevice> all() {
        return Found.DEVICES;
    }

    /** Returns name, platform and version of a device. */
    static String describe(OpenCLDevice device) {
        OpenCLPlatform platform = device.getOpenCLPlatform();
        return device.getName().strip() + " (" + platform.getName().strip() + ", " + platform.getVersion().strip() + ")";
    }

    /** Holds what was found, from the first use on. */
    private static final class Found {
        static final List<OpenCLDevice> DEVICES = find();

        private static List<OpenCLDevice> find() {
            List<OpenCLDevice> all = new ArrayList<>();
            try {
                for (OpenCLPlatform platform : new OpenCLPlatform().getOpenCLPlatforms()) all.addAll(platform.getOpenCLDevices());
            } catch (LinkageError missingNativeLibrary) {
                return List.of();
            }
            all.sort(Comparator.comparingInt((OpenCLDevice device) -> rank(device.getType()))
                    .thenComparingInt(device -> -device.getMaxComputeUnits()));
            // Buffers that share the host's memory break when the collector moves an array.
            all.forEach(device -> device.setSharedMemory(false));
            return List.copyOf(all);
        }

        private static int rank(Device.TYPE type) {
            return type == Device.TYPE.GPU ? 0 : type == Device.TYPE.ACC ? 1 : 2;
        }
    }
}

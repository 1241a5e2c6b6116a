package io.ponder.examples.cli;

import io.ponder.gpu.OpenClDevices;
import io.ponder.gpu.OpenClSelfTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts the OpenCL devices into words. */
final class OpenClReport {
    private OpenClReport() {}

    static List<String> lines() {
        List<OpenClDevices.Description> devices;
        try {
            devices = OpenClDevices.list();
        } catch (NoClassDefFoundError absent) {
            return List.of("the module ponder-gpu-kernels is not on the class path");
        }
        if (devices.isEmpty()) {
            return List.of("no device found", " Maybe install a driver; on Debian \"apt-get install pocl-opencl-icd\" gives one that runs on the CPU.");
        }
        List<String> lines = new ArrayList<>();
        for (OpenClDevices.Description d : devices) {
            lines.add(String.format(Locale.ROOT, "%s (%s, %d compute units, %.1f GiB; %s)",
                    d.name(), d.type(), d.computeUnits(), d.memoryBytes() / 1024.0 / 1024 / 1024, d.platform()));
        }
        for (OpenClSelfTest.Result result : OpenClSelfTest.run()) {
            lines.add(" self-test of " + result.device() + ": " + (result.passed() ? "passed" : "FAILED") + ", " + result.detail());
        }
        return lines;
    }
}

package io.ponder.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenClDevicesTest {
    @Test
    void everyDeviceHasANameUnitsAndMemory() {
        for (OpenClDevices.Description device : OpenClDevices.list()) {
            assertThat(device.name()).isNotBlank();
            assertThat(device.platform()).isNotBlank();
            assertThat(device.computeUnits()).isPositive();
            assertThat(device.memoryBytes()).isPositive();
        }
    }

    @Test
    void theDriverThatTheGateInstallsIsFound() {
        boolean poclInstalled = Files.exists(Path.of("/etc/OpenCL/vendors/pocl.icd"));

        if (poclInstalled) assertThat(OpenClDevices.list()).anySatisfy(device -> assertThat(device.type()).isEqualTo("CPU"));
    }
}

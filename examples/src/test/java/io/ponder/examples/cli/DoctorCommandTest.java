package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.tensor.KernelChoice;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void theJdkTheKernelsAndEveryRefusalAreTold() {
        var run = CommandLineRun.of("doctor");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains(System.getProperty("java.version"), "Cores", "Memory", "OpenCL");
        assertThat(run.out()).contains("Kernels  " + KernelChoice.current().name());
        for (String refusal : KernelChoice.current().refusals()) assertThat(run.out()).contains(refusal);
    }
}

package io.ponder.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KernelSelectionTest {
    @Test
    void propertyForcesPlainAndSaysSo() {
        List<String> refusals = new ArrayList<>();

        Kernels kernels = KernelSelection.select("plain", refusals);

        assertThat(kernels).isSameAs(Kernels.plain());
        assertThat(refusals).singleElement().asString().contains("ponder.kernels");
    }

    @Test
    void anotherWishIsRefused() {
        assertThatThrownBy(() -> KernelSelection.select("fast", new ArrayList<>()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ponder.kernels is fast");
    }

    @Test
    void choiceAgreesWithTheKernelsInUse() {
        KernelChoice choice = KernelChoice.current();

        assertThat(choice.name()).isEqualTo(Kernels.get().name());
        assertThat(choice.lanes()).isEqualTo(Kernels.get().lanes());
        assertThat(choice.refusals().isEmpty()).isEqualTo(choice.name().equals("vector"));
    }

    @Test
    void withoutTheModulePlainRunsAndNoVectorClassIsLoaded() throws Exception {
        String output = run("", "-Xlog:class+load");

        assertThat(output).contains("name=plain").contains("--add-modules jdk.incubator.vector");
        assertThat(output).doesNotContain("tensor.Vector").doesNotContain("jdk.incubator.vector.FloatVector");
    }

    @Test
    void forcedVectorWithoutTheModuleFailsWithTheReason() throws Exception {
        String output = run("", "-Dponder.kernels=vector");

        assertThat(output).contains("jdk.incubator.vector is not loaded").contains("Maybe start Java with");
    }

    @Test
    void withoutTheOptimisingCompilerPlainRuns() throws Exception {
        String output = run("--add-modules=jdk.incubator.vector", "-Xint");

        assertThat(output).contains("name=plain").contains("optimising compiler is off");
    }

    /** Starts a process that prints its choice. */
    private static String run(String module, String option) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (!module.isEmpty()) command.add(module);
        command.add(option);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("-Dlog4j2.statusLoggerLevel=OFF");
        command.add(PrintsChoice.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Main class of the started process. */
    static final class PrintsChoice {
        private PrintsChoice() {}

        public static void main(String[] arguments) {
            System.out.println("chosen " + KernelChoice.current());
        }
    }
}

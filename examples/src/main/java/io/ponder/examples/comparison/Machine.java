package io.ponder.examples.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Names the machine and the JVM that results were made on.
 *
 * @param operatingSystem name and version
 * @param architecture    such as amd64
 * @param processor       model name of the processor, or "unknown"
 * @param cores           processors available to the JVM
 * @param memoryMegabytes largest heap of the JVM in megabytes
 * @param java            version of the JDK
 * @param virtualMachine  name of the virtual machine
 */
public record Machine(
        String operatingSystem,
        String architecture,
        String processor,
        int cores,
        long memoryMegabytes,
        String java,
        String virtualMachine) {

    /** Returns this machine. */
    public static Machine here() {
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                processorName(),
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"));
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse("unknown");
        } catch (IOException | RuntimeException notLinux) {
            String named = System.getenv("PROCESSOR_IDENTIFIER");
            return named == null ? "unknown" : named;
        }
    }
}

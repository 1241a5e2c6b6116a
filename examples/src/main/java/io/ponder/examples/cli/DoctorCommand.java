package io.ponder.examples.cli;

import io.ponder.engine.tensor.KernelChoice;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what this machine offers to Ponder, what is used, and why something is not. */
@Command(
        name = "doctor",
        description = "Shows the JDK, the SIMD path, cores, memory and OpenCL devices, and why something is not used.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        lines().forEach(out::println);
        out.flush();
        return 0;
    }

    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "Java", System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.vendor") + ")");
        add(lines, "System", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + processor());
        add(lines, "Cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        add(lines, "Memory", String.format(Locale.ROOT, "%.1f GiB for Java", Runtime.getRuntime().maxMemory() / 1024.0 / 1024 / 1024));
        KernelChoice kernels = KernelChoice.current();
        add(lines, "Kernels", kernels.name().equals("vector")
                ? "vector, " + kernels.lanes() + " floats (" + kernels.lanes() * 32 + " bits) at once"
                : "plain Java loops");
        kernels.refusals().forEach(reason -> add(lines, "", "not vector: " + reason));
        OpenClReport.lines().forEach(line -> add(lines, line.startsWith(" ") ? "" : "OpenCL", line.strip()));
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add(String.format("%-8s %s", name, value));
    }

    /** Returns the processor's name where the system tells it. */
    private static String processor() {
        try (var info = Files.lines(Path.of("/proc/cpuinfo"))) {
            return info.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown processor");
        } catch (java.io.IOException | java.io.UncheckedIOException e) {
            return "unknown processor";
        }
    }
}

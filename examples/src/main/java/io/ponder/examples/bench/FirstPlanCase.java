package io.ponder.examples.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From starting a Java process to its first action: {@link FirstPlan} in a JVM of its own, with only what an embedding program has on
 * its class path. Timed from outside, so that the start of the JVM and of the process counts.
 */
final class FirstPlanCase implements BenchCase {
    @Override
    public String name() {
        return "first-plan";
    }

    @Override
    public List<Map<String, Object>> parameterSets() {
        return List.of(Parameters.of("vector", "on"), Parameters.of("vector", "off"));
    }

    @Override
    public Measurement measure(Map<String, Object> parameters, int threads, Stopwatch stopwatch) {
        boolean vector = Parameters.text(parameters, "vector").equals("on");
        int warmUps = 2;
        double[] nanos = new double[stopwatch.runs()];
        for (int run = -warmUps; run < nanos.length; run++) {
            long before = System.nanoTime();
            start(vector);
            if (run >= 0) nanos[run] = System.nanoTime() - before;
        }
        return Measurement.of("millisFromJvmStart", "ms", nanos, t -> t / 1e6);
    }

    /** Starts the program and returns when it has printed its action. */
    private static void start(boolean vector) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (vector) command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-cp", embeddingClassPath(), FirstPlan.class.getName()));
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = reader.readLine();
                if (line == null || !line.startsWith("action ")) throw new IllegalStateException("The program printed " + line);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns this process's class path without what only the command line needs. */
    private static String embeddingClassPath() {
        String all = System.getProperty("java.class.path");
        return Arrays.stream(all.split(File.pathSeparator))
                .flatMap(FirstPlanCase::jars)
                .filter(entry -> {
                    String file = Path.of(entry).getFileName().toString();
                    return file.startsWith("ponder-") || file.startsWith("log4j-api") || file.startsWith("jspecify")
                            || file.equals("classes");
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the jars of a class path entry that ends with a star, else the entry. */
    private static Stream<String> jars(String entry) {
        if (!entry.endsWith("*")) return Stream.of(entry);
        File[] files = new File(entry.substring(0, entry.length() - 1)).listFiles((dir, file) -> file.endsWith(".jar"));
        return files == null ? Stream.empty() : Arrays.stream(files).map(File::getPath);
    }
}

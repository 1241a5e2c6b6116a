package io.ponder.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a main class of the tests in a JVM of its own, which may have another collector, heap or JDK, or may die. */
final class ChildJvm {
    private final Class<?> main;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path home = Path.of(System.getProperty("java.home"));

    private ChildJvm(Class<?> main) {
        this.main = main;
    }

    static ChildJvm of(Class<?> main) {
        return new ChildJvm(main);
    }

    /** How a process ended, and what it printed. */
    record Ended(int code, String output) {}

    ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    ChildJvm heap(String most) {
        return option("-Xmx" + most);
    }

    ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ChildJvm home(Path newHome) {
        home = newHome;
        return this;
    }

    /** Returns the home of a JDK of this feature version: the one that runs, or one installed beside it. */
    static Optional<Path> installed(int feature) throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        if (feature(own) == feature) return Optional.of(own);
        try (Stream<Path> beside = Files.list(own.toRealPath().getParent())) {
            return beside.sorted().filter(each -> feature(each) == feature).findFirst();
        }
    }

    private static int feature(Path home) {
        try {
            for (String line : Files.readAllLines(home.resolve("release"))) {
                if (line.startsWith("JAVA_VERSION=")) return Runtime.Version.parse(line.substring(14, line.length() - 1)).feature();
            }
        } catch (IOException | IllegalArgumentException noJdk) {
            return 0;
        }
        return 0;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString(), "--add-modules", "jdk.incubator.vector"));
        if (feature(home) >= 22) command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        Path folder = Files.createTempDirectory("child-jvm");
        File output = folder.resolve("output").toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        if (!ended) process.destroyForcibly().waitFor();
        String printed = (ended ? "" : "It did not end within five minutes. ") + Files.readString(output.toPath());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
        return new Ended(ended ? process.exitValue() : -1, printed);
    }

    /** The class path of the tests; Surefire may have put it into the manifest of one jar, which Java reads as well. */
    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator)).distinct().collect(Collectors.joining(File.pathSeparator));
    }
}

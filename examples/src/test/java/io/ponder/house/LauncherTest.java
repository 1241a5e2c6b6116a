package io.ponder.house;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher {@code ponder} in a checkout of one source file, with a JDK and a Maven that only pretend. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final List<String> TOOLS = List.of("sh", "cat", "find", "cksum", "sort", "readlink", "mktemp", "mkfifo", "rm",
            "mkdir", "rmdir", "mv", "head", "sed", "sleep", "ls");

    /** Prints its arguments, one a line in brackets, and what a JVM and Aparapi say about incubator modules and OpenCL. */
    private static final String JAVA = """
            #!/bin/sh
            echo "WARNING: Using incubator modules: jdk.incubator.vector" >&2
            echo "an error" >&2
            echo "WARNING: Aparapi is running on an untested OpenCL platform version: OpenCL 3.0 PoCL" >&2
            { true 3<&0; } 2>/dev/null && echo "[stdin is open]"
            printf '[%s]\\n' "$@"
            exit 7
            """;

    /** Notes that it ran, takes a while, and makes what the launcher asks for unless a source says "broken". */
    private static final String MAVEN = """
            #!/bin/sh
            echo run >>mvn-runs
            sleep 0.3
            if [ -n "$(sed -n /broken/p engine/src/main/A.java)" ]; then
              echo "[ERROR] A.java is broken"
              exit 1
            fi
            for option in "$@"; do
              case $option in -Dponder.launcher=*) mkdir -p "${option#*=}/app" "${option#*=}/lib" ;; esac
            done
            """;

    /**
     * Ends when the last process that may write to standard error has ended: the one that leaves out the JVM's line outlives the JVM by
     * a moment, and Java's Process drops what arrives after the process it started is gone.
     */
    private static final String UNTIL_THE_LAST_ERROR = """
            exec 3>&1
            { "$0" "$@" 2>&1 >&3 3>&-; echo $? >code.$$; } | cat >&2
            exit "$(cat code.$$)"
            """;

    @TempDir
    private Path temp;

    private Path checkout;
    private Path jdk;
    private Path tools;

    private record Result(int code, String out, String err) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(temp.resolve("a folder with blanks/ponder"));
        Files.createDirectories(checkout.resolve(".mvn"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.createDirectories(checkout.resolve("engine/src/main"));
        Files.writeString(checkout.resolve("engine/pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("engine/src/main/A.java"), "class A {}");
        Files.copy(realLauncher(), checkout.resolve("ponder"));
        Files.setPosixFilePermissions(checkout.resolve("ponder"), fromString("rwxr-xr-x"));

        jdk = temp.resolve("jdk");
        script(jdk.resolve("bin/java"), JAVA);
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        describeJdk("17.0.15", "java.base jdk.incubator.vector");

        tools = Files.createDirectories(temp.resolve("tools"));
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "#!/bin/sh\nexec " + whereIs(tool) + " \"$@\"\n");
        }
        script(tools.resolve("mvn"), MAVEN);
    }

    @Test
    void firstUseBuildsAndLaterOnesDoNot() {
        Result first = run(checkout.resolve("ponder"));
        Result second = run(checkout.resolve("ponder"));

        assertThat(first.err()).startsWith("Building Ponder (first use");
        assertThat(second.err()).isEqualTo("an error\n");
        assertThat(mavenRuns()).isEqualTo(1);
    }

    @Test
    void argumentsAndExitCodePassThrough() {
        Result result = run(checkout.resolve("ponder"), "compare", "two words", "*", "");

        assertThat(result.out()).contains("[io.ponder.examples.cli.Ponder]\n[compare]\n[two words]\n[*]\n[]\n");
        assertThat(result.out()).contains("[--add-modules]\n[jdk.incubator.vector]\n").doesNotContain("native-access");
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.err()).endsWith("an error\n").doesNotContain("WARNING");
    }

    @Test
    void aClosedInputIsAnEmptyOne() throws IOException {
        run(checkout.resolve("ponder"));
        Path closing = temp.resolve("closing");
        script(closing, "#!/bin/sh\nexec \"" + checkout.resolve("ponder") + "\" <&-\n");

        assertThat(run(closing).out()).contains("[stdin is open]");
    }

    @Test
    void classPathHasBothFoldersOfTheBuild() {
        String build = checkout + "/target/launcher/[0-9]+";

        assertThat(run(checkout.resolve("ponder")).out()).containsPattern("\\[" + build + "/app/\\*:" + build + "/lib/\\*]");
    }

    @Test
    void changedSourceIsBuiltAgainAndAnOldOneIsFound() throws IOException {
        run(checkout.resolve("ponder"));
        Files.writeString(checkout.resolve("engine/src/main/A.java"), "class A { }");
        Result changed = run(checkout.resolve("ponder"));
        Files.writeString(checkout.resolve("engine/src/main/A.java"), "class A {}");
        Result back = run(checkout.resolve("ponder"));

        assertThat(changed.err()).startsWith("Building Ponder (its sources have changed)");
        assertThat(back.err()).isEqualTo("an error\n");
        assertThat(mavenRuns()).isEqualTo(2);
    }

    @Test
    void failedBuildShowsWhyAndRunsNothing() throws IOException {
        Files.writeString(checkout.resolve("engine/src/main/A.java"), "broken");

        Result result = run(checkout.resolve("ponder"));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("[ERROR] A.java is broken", "build.log");
        assertThat(checkout.resolve("target/launcher/build.log")).isRegularFile();
        assertThat(buildFolder()).containsOnly("build.log");
    }

    @Test
    void runsFromAnyFolderThroughLinksToLinks() throws IOException {
        Path far = Files.createDirectories(temp.resolve("bin"));
        Files.createSymbolicLink(far.resolve("one"), far.relativize(checkout.resolve("ponder")));
        Files.createSymbolicLink(far.resolve("two"), Path.of("one"));

        assertThat(run(far.resolve("two"), "x").out()).contains("[x]");
        assertThat(mavenRuns()).isEqualTo(1);
    }

    @Test
    void twoFirstUsesAtOnceBuildOnce() {
        List<Process> both = List.of(start(checkout.resolve("ponder"), "a"), start(checkout.resolve("ponder"), "b"));

        assertThat(both).extracting(process -> finish(process).code()).containsExactly(7, 7);
        assertThat(mavenRuns()).isEqualTo(1);
        assertThat(buildFolder()).hasSize(2).contains("build.log");
    }

    @Test
    void lockOfADeadProcessIsRemoved() throws IOException, InterruptedException {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(checkout.resolve("target/launcher/lock"));
        Files.writeString(checkout.resolve("target/launcher/lock/pid"), dead.pid() + "\n");

        assertThat(run(checkout.resolve("ponder")).code()).isEqualTo(7);
        assertThat(buildFolder()).doesNotContain("lock", "lock.removal");
    }

    @Test
    void missingThingIsNamedInOneSentence() throws IOException {
        Files.delete(tools.resolve("mvn"));
        assertRefused(run(checkout.resolve("ponder")), "Maven is missing");

        Files.delete(jdk.resolve("bin/javac"));
        assertRefused(run(checkout.resolve("ponder")), "without a compiler");

        describeJdk("11.0.2", "java.base");
        assertRefused(run(checkout.resolve("ponder")), "is Java 11, and Ponder needs 17 or later");

        describeJdk("1.8.0_392", "java.base");
        assertRefused(run(checkout.resolve("ponder")), "is Java 8, and Ponder needs 17 or later");

        Files.delete(jdk.resolve("bin/java"));
        assertRefused(run(checkout.resolve("ponder")), "JAVA_HOME is " + jdk + ", which has no bin/java");

        jdk = Path.of("");
        assertRefused(run(checkout.resolve("ponder")), "no Java found");
    }

    @Test
    void newerJdkIsAllowedNativeCode() throws IOException {
        describeJdk("25.0.3", "java.base jdk.incubator.vector");

        assertThat(run(checkout.resolve("ponder")).out()).contains("[--enable-native-access=ALL-UNNAMED]");
    }

    @Test
    void jdkWithoutTheVectorApiIsNotAskedForIt() throws IOException {
        describeJdk("17.0.15", "java.base java.desktop");

        assertThat(run(checkout.resolve("ponder")).out()).doesNotContain("incubator");
    }

    private static void assertRefused(Result result, String sentence) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(2);
        assertThat(result.err().lines().toList().get(0)).startsWith("ponder: ").contains(sentence);
        assertThat(result.err().lines().toList().get(1)).startsWith("Maybe ");
    }

    private void describeJdk(String version, String modules) throws IOException {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
    }

    private Result run(Path launcher, String... arguments) {
        return finish(start(launcher, arguments));
    }

    private Process start(Path launcher, String... arguments) {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", UNTIL_THE_LAST_ERROR, launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(temp.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "JAVA_HOME", jdk.toString(), "TMPDIR", temp.toString()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result finish(Process process) {
        try {
            // Small enough for the pipes, so that one after the other cannot block.
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(process.exitValue(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int mavenRuns() {
        try {
            return Files.readAllLines(checkout.resolve("mvn-runs")).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> buildFolder() {
        try (Stream<Path> files = Files.list(checkout.resolve("target/launcher"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }

    private static Path realLauncher() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("ponder"))) {
            folder = folder.getParent();
        }
        return folder.resolve("ponder");
    }

    private static Path whereIs(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}

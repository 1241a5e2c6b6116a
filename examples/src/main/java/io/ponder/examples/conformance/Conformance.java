package io.ponder.examples.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Replays golden files and writes one line for each: {@code PASS name}, {@code FAIL name: first difference} or
 * {@code SKIP name: reason}; then {@code N passed, N failed}, with {@code , N skipped} where there are any.
 *
 * <p>Holds the counts of its last run; not thread-safe.
 */
public final class Conformance {
    /** The kinds that are built, in the order in which they are asked. */
    public static final List<GoldenKind> KINDS = List.of(
            new TrajectoryKind(), new TableKind(), new PlanningKind(), new SafetensorsKind(), new NetworkKind(), new ActivationKind(),
            new LossKind(), new CodecKind(), new OptimiserKind(), new TreeTableKind(), new PublishedTreeKind());

    private final List<GoldenKind> kinds;
    private int passed;
    private int failed;
    private int skipped;

    /** Creates a replay of all kinds that are built. */
    public Conformance() {
        this(KINDS);
    }

    /** Creates a replay of these kinds. */
    public Conformance(List<GoldenKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * Replays files; a directory stands for all golden files below it.
     *
     * @param paths files and directories, at least one
     * @param out   receives the lines
     * @return the number of files that failed
     * @throws IllegalArgumentException if a path does not exist, or there is no golden file
     * @throws IOException              if a directory cannot be read
     */
    public int run(List<Path> paths, Consumer<String> out) throws IOException {
        passed = 0;
        failed = 0;
        skipped = 0;
        for (Path path : paths) {
            if (!Files.exists(path)) throw new IllegalArgumentException("path is '" + path + "', but there is no such file.");
        }
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                for (Path file : filesBelow(path)) report(path.relativize(file).toString().replace('\\', '/'), file, out);
            } else {
                report(path.getFileName().toString(), path, out);
            }
        }
        if (passed + failed + skipped == 0) {
            throw new IllegalArgumentException("path is '" + paths.get(0)
                    + "', but no golden file lies there.\nMaybe give the folder that holds the .json and .safetensors files.");
        }
        out.accept(passed + " passed, " + failed + " failed" + (skipped == 0 ? "" : ", " + skipped + " skipped"));
        return failed;
    }

    /** Returns the number of files that passed in the last run. */
    public int passed() {
        return passed;
    }

    /** Returns the number of files that failed in the last run. */
    public int failed() {
        return failed;
    }

    /** Returns the number of files that were skipped in the last run. */
    public int skipped() {
        return skipped;
    }

    /** Returns the golden files below a directory in order of their paths; notices and texts are none. */
    public static List<Path> filesBelow(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> below = Files.walk(directory)) {
            below.filter(Files::isRegularFile).filter(Conformance::isGolden).sorted().forEach(files::add);
        }
        return files;
    }

    private static boolean isGolden(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".safetensors");
    }

    private void report(String name, Path path, Consumer<String> out) {
        Verdict verdict = replay(name, path);
        switch (verdict.outcome()) {
            case PASS -> passed++;
            case FAIL -> failed++;
            case SKIP -> skipped++;
        }
        out.accept(verdict.outcome() + " " + name + (verdict.detail().isEmpty() ? "" : ": " + verdict.detail()));
    }

    /** Replays one file; whatever goes wrong is a failed verdict. */
    public Verdict replay(String name, Path path) {
        try {
            GoldenFile file = GoldenFile.read(name, path);
            for (GoldenKind kind : kinds) {
                if (kind.recognises(file)) return kind.replay(file);
            }
            return Verdict.skip("no replay " + subject(file) + " is built yet");
        } catch (Difference e) {
            return Verdict.fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Verdict.fail("cannot be read: " + e);
        } catch (RuntimeException e) {
            // A replay that breaks down on a file has not agreed with it.
            return Verdict.fail("the replay broke down: " + e);
        }
    }

    /** Names what a file that nobody recognises is about, if it says so. */
    private static String subject(GoldenFile file) {
        if (file.json() == null) return "for this kind of file";
        String algorithm = file.json().path("algorithm").asText();
        if (algorithm.isEmpty()) algorithm = file.json().path("cases").path(0).path("kind").asText();
        return algorithm.isEmpty() ? "for this kind of file" : "of " + algorithm;
    }
}

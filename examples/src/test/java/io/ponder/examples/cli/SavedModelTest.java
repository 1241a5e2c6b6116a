package io.ponder.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelTest {
    private static final String SMALL = " --env pendulum-v1 --planners cem --models learned --seeds 1 --episodes 2 --budget 2k --quick";

    @TempDir
    private Path folder;

    private static CommandLineRun run(String line) {
        return CommandLineRun.of(line.trim().split(" +"));
    }

    @Test
    void aComparisonPlansWithTheModelThatAnotherOneSaved() throws Exception {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");

        var saved = run("compare --save-models --out " + first + SMALL);
        Path model = first.resolve("models/Pendulum-v1-cem-1");
        var loaded = run("compare --load " + model + " --out " + second + SMALL);

        assertThat(saved.code()).as(saved.err()).isZero();
        assertThat(loaded.code()).as(loaded.err()).isZero();
        assertThat(Files.list(model)).anyMatch(file -> file.toString().endsWith(".safetensors"));
        assertThat(Files.readString(second.resolve("results.json"))).contains("\"load\"", "\"learned\"");
    }

    @Test
    void aFolderWithoutAModelOrForAnotherEnvironmentIsRefusedBeforeTheRun() {
        var nothing = run("compare --load " + folder + " --out " + folder.resolve("a") + SMALL);
        var several = run("compare --load " + folder + " --out " + folder.resolve("b"));

        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("--load", folder.toString(), "\nMaybe").doesNotContain("\tat ");
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.err()).contains("--load", "--env", "\nMaybe");
    }

    @Test
    void aTruncatedModelIsRefusedBeforeTheRun() throws Exception {
        Path first = folder.resolve("first");
        assertThat(run("compare --save-models --out " + first + SMALL).code()).isZero();
        Path model = first.resolve("models/Pendulum-v1-cem-1");
        for (Path file : Files.list(model).filter(f -> f.toString().endsWith(".safetensors")).toList()) {
            Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));
        }

        var loaded = run("compare --load " + model + " --out " + folder.resolve("c") + SMALL);

        assertThat(loaded.code()).isEqualTo(2);
        assertThat(loaded.err()).contains("--load").doesNotContain("\tat ");
    }
}

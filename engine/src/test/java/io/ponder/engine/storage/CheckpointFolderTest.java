package io.ponder.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.data.RunningStatistics;
import io.ponder.engine.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    @TempDir
    Path folder;

    private static CheckpointManifest manifest(long seed) {
        CheckpointManifest manifest = CheckpointManifest.of("test-model", ModelSpec.continuous(3, 1), seed);
        manifest.settings().put("hidden", new int[] {64, 64}).put("activation", "silu").put("deterministic", false);
        manifest.training().put("steps", 1L << 40).put("holdOutLoss", new double[] {0.25, Double.NaN, Double.POSITIVE_INFINITY});
        var statistics = new RunningStatistics(3);
        statistics.add(new float[] {1, 2, 0.1f});
        statistics.add(new float[] {2, 2, 0.7f});
        manifest.statistics().put("observations", statistics);
        manifest.statistics().put("nothing", new RunningStatistics(2));
        return manifest;
    }

    private static SafetensorsWriter weights(float value) {
        return new SafetensorsWriter().add("w", new int[] {2}, new float[] {value, -value});
    }

    private static float firstWeight(CheckpointFolder checkpoints) throws IOException {
        try (Checkpoint checkpoint = checkpoints.load()) {
            return checkpoint.weights().readFloats("w")[0];
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWasSavedComesBack() throws IOException {
        var checkpoints = new CheckpointFolder(folder.resolve("new/folder"));
        checkpoints.save(manifest(7), weights(1.5f));

        try (Checkpoint checkpoint = checkpoints.load()) {
            CheckpointManifest read = checkpoint.manifest();
            assertThat(read.model()).isEqualTo("test-model");
            assertThat(read.spec()).isEqualTo(ModelSpec.continuous(3, 1));
            assertThat(read.seed()).isEqualTo(7);
            assertThat(read.codeVersion()).isEqualTo(CheckpointManifest.currentCodeVersion());
            assertThat(read.settings().integers("hidden")).containsExactly(64, 64);
            assertThat(read.settings().text("activation")).isEqualTo("silu");
            assertThat(read.settings().truth("deterministic")).isFalse();
            assertThat(read.training().whole("steps")).isEqualTo(1L << 40);
            assertThat(read.training().numbers("holdOutLoss")).containsExactly(0.25, Double.NaN, Double.POSITIVE_INFINITY);
            RunningStatistics statistics = read.statistics().get("observations");
            assertThat(statistics.count()).isEqualTo(2);
            assertThat(statistics.mean(0)).isEqualTo(1.5);
            assertThat(statistics.standardDeviation(0)).isEqualTo(0.5);
            assertThat(statistics.scale(1)).isEqualTo(1);
            assertThat(statistics.maximum(2)).isEqualTo(0.7f);
            assertThat(read.statistics().get("nothing").count()).isZero();
            assertThat(checkpoint.weights().readFloats("w")).containsExactly(1.5f, -1.5f);
            assertThat(checkpoint.generation()).isEqualTo(1);
            assertThat(checkpoint.skipped()).isEmpty();
        }
    }

    @Test
    void theNewestTwoGenerationsAreKept() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        for (int i = 1; i <= 4; i++) assertThat(checkpoints.save(manifest(i), weights(i))).isEqualTo(i);

        assertThat(names()).containsExactly(
                "checkpoint-3.json", "checkpoint-3.safetensors", "checkpoint-4.json", "checkpoint-4.safetensors");
        assertThat(firstWeight(checkpoints)).isEqualTo(4);
    }

    @Test
    void aFullDiskAtAnyByteLeavesTheOldCheckpointWhole() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        checkpoints.save(manifest(1), weights(1));
        List<String> before = names();
        long needed = Files.size(folder.resolve("checkpoint-1.json")) + Files.size(folder.resolve("checkpoint-1.safetensors"));

        for (long room = 0; room < needed; room += 13) {
            var full = new CheckpointFolder(folder, FullDisk.after(room));
            assertThatThrownBy(() -> full.save(manifest(2), weights(2)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("\nMaybe the disk is full");
            assertThat(names()).isEqualTo(before);
            assertThat(firstWeight(checkpoints)).isEqualTo(1);
        }
        assertThat(new CheckpointFolder(folder, FullDisk.after(needed)).save(manifest(2), weights(2))).isEqualTo(2);
    }

    @Test
    void tornWeightsAreNamedAndThePreviousCheckpointIsUsed() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        checkpoints.save(manifest(1), weights(1));
        checkpoints.save(manifest(2), weights(2));
        Path torn = folder.resolve("checkpoint-2.safetensors");
        byte[] bytes = Files.readAllBytes(torn);
        Files.write(torn, Arrays.copyOf(bytes, bytes.length - 3));

        try (Checkpoint checkpoint = checkpoints.load()) {
            assertThat(checkpoint.generation()).isEqualTo(1);
            assertThat(checkpoint.weights().readFloats("w")[0]).isEqualTo(1);
            assertThat(checkpoint.skipped()).singleElement().asString().contains("checkpoint-2.safetensors have");
        }
    }

    @Test
    void whereNoCheckpointCanBeUsedTheMessageIsOneSentenceAndOneAdvice() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        for (int i = 1; i <= 2; i++) {
            checkpoints.save(manifest(i), weights(i));
            Files.write(folder.resolve("checkpoint-" + i + ".safetensors"), new byte[5]);
        }

        assertThatThrownBy(checkpoints::load).isInstanceOf(CheckpointException.class)
                .hasMessageMatching("[^\\n]*checkpoint-2.json[^\\n]* 5 bytes[^\\n]*\\nMaybe [^\\n]*none of its 2 checkpoints[^\\n]*");
    }

    @Test
    void everyCutOfAManifestIsNoticed() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        checkpoints.save(manifest(1), weights(1));
        checkpoints.save(manifest(2), weights(2));
        Path manifest = folder.resolve("checkpoint-2.json");
        byte[] bytes = Files.readAllBytes(manifest);

        for (int length = 0; length < bytes.length; length += 17) {
            Files.write(manifest, Arrays.copyOf(bytes, length));
            assertThat(firstWeight(checkpoints)).isEqualTo(1);
        }
    }

    @Test
    void weightsOfAnotherRunAreNoticed() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        checkpoints.save(manifest(1), weights(1));
        weights(2).write(folder.resolve("checkpoint-1.safetensors"));

        assertThatThrownBy(checkpoints::load)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("checkpoint-1.json")
                .hasMessageContaining("not those that were saved")
                .hasMessageContaining("\nMaybe");
    }

    @Test
    void missingWeightsAndForeignFilesAreNamed() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        checkpoints.save(manifest(1), weights(1));
        String json = Files.readString(folder.resolve("checkpoint-1.json"));

        Files.delete(folder.resolve("checkpoint-1.safetensors"));
        assertThatThrownBy(checkpoints::load).hasMessageContaining("weights checkpoint-1.safetensors are missing");

        assertManifestRefused("{\"name\":\"something else\"}", "there is no field 'schema'");
        assertManifestRefused("[1,2]", "not a checkpoint");
        assertManifestRefused(json.replace("checkpoint/1", "checkpoint/9"), "its schema is 'ponder.checkpoint/9'");
        assertManifestRefused(json.replace("\"observationSize\" : 3", "\"observationSize\" : 0"), "observationSize is 0");
        assertManifestRefused(json.replace("\"observationSize\" : 3", "\"observationSize\" : \"3\""),
                "'spec.observationSize' of the manifest is \"3\", but it must be a whole number");
        assertManifestRefused(json.replace("\"seed\" : 1,", ""), "lacks the field 'seed'");
        assertManifestRefused(json.replace("checkpoint-1.safetensors", "../checkpoint-1.safetensors"), "'weights.file'");
    }

    private void assertManifestRefused(String json, String message) throws IOException {
        Files.writeString(folder.resolve("checkpoint-1.json"), json);
        assertThatThrownBy(() -> new CheckpointFolder(folder).load())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("checkpoint-1.json")
                .hasMessageContaining(message);
    }

    @Test
    void whatAKilledProcessLeftIsClearedAway() throws IOException {
        var checkpoints = new CheckpointFolder(folder);
        checkpoints.save(manifest(1), weights(1));
        Files.writeString(folder.resolve(".checkpoint-2.safetensors.1x2y3z.tmp"), "half");
        weights(2).write(folder.resolve("checkpoint-2.safetensors"));
        Files.writeString(folder.resolve("notes.tmp"), "mine");

        assertThat(firstWeight(checkpoints)).isEqualTo(1);
        assertThat(checkpoints.save(manifest(3), weights(3))).isEqualTo(3);
        assertThat(checkpoints.save(manifest(4), weights(4))).isEqualTo(4);

        assertThat(names()).containsExactly("checkpoint-3.json", "checkpoint-3.safetensors", "checkpoint-4.json",
                "checkpoint-4.safetensors", "notes.tmp");
    }

    @Test
    void anEmptyOrMissingFolderAndAFileInItsPlaceAreNamed() throws IOException {
        assertThatThrownBy(() -> new CheckpointFolder(folder).load()).hasMessageContaining(folder + " holds no checkpoint");
        assertThatThrownBy(() -> new CheckpointFolder(folder.resolve("none")).load()).hasMessageContaining("none is no folder");
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> new CheckpointFolder(file).save(manifest(1), weights(1)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is in the way");
    }
}

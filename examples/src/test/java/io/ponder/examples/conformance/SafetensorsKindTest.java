package io.ponder.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsKindTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copyGoldenFiles() throws IOException, URISyntaxException {
        Path golden = Path.of(Objects.requireNonNull(SafetensorsKindTest.class.getResource("/golden/safetensors")).toURI());
        for (String name : new String[] {"manifest.json", "mixed.safetensors", "half.safetensors", "bad_overlap.safetensors"}) {
            Files.copy(golden.resolve(name), folder.resolve(name));
        }
    }

    private Verdict replay(String name) {
        return new Conformance().replay(name, folder.resolve(name));
    }

    private void assertFails(String name, String firstDifference) {
        assertThat(replay(name).outcome()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(replay(name).detail()).contains(firstDifference);
    }

    private void changeManifest(String from, String to) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).contains(from);
        Files.writeString(manifest, text.replace(from, to));
    }

    @Test
    void aChangedByteOfTheDataIsNoticed() throws IOException {
        Path file = folder.resolve("mixed.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 30] ^= 1;
        Files.write(file, bytes);

        assertFails("mixed.safetensors", "tensor '");
        assertThat(replay("half.safetensors")).isEqualTo(Verdict.pass());
    }

    @Test
    void aTornFileIsNoticed() throws IOException {
        Path file = folder.resolve("half.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

        assertFails("half.safetensors", "half.safetensors: ");
    }

    @Test
    void aManifestThatSaysSomethingElseIsNoticed() throws IOException {
        changeManifest("\"first\": -1133037593", "\"first\": -1133037592");
        assertFails("mixed.safetensors", "tensor 'index', first: expected -1.133037592E9, got -1.133037593E9");
    }

    @Test
    void aMalformedFileThatCanBeReadIsNoticed() throws IOException {
        Files.copy(folder.resolve("half.safetensors"), folder.resolve("bad_overlap.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);

        assertFails("bad_overlap.safetensors", "expected to be refused, got 5 tensors");
    }

    @Test
    void aManifestWhoseFilesAreMissingFails() {
        assertFails("manifest.json", "expected beside it, not there");
    }

    @Test
    void aFileThatNoManifestNamesIsSkippedWhenWholeAndFailsWhenNot() throws IOException {
        Files.delete(folder.resolve("manifest.json"));

        assertThat(replay("mixed.safetensors").outcome()).isEqualTo(Verdict.Outcome.SKIP);
        assertFails("bad_overlap.safetensors", "tensor 'y' begin at byte 8");
    }

    @Test
    void aTypeThatIsNotConvertedMustBeRefusedByName() throws IOException {
        String header = "{\"m\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}";
        byte[] file = new byte[8 + header.length() + 8];
        file[0] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, file, 8, header.length());
        Files.write(folder.resolve("u8.safetensors"), file);
        Files.writeString(folder.resolve("manifest.json"), "{\"malformed\":[],\"files\":[{\"file\":\"u8.safetensors\",\"metadata\":null,"
                + "\"tensors\":{\"m\":{\"dtype\":\"U8\",\"shape\":[8],\"count\":8}}}]}");

        assertThat(replay("u8.safetensors")).isEqualTo(Verdict.pass());
    }
}

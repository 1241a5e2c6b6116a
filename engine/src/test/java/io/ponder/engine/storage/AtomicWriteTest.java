package io.ponder.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicWriteTest {
    @TempDir
    Path folder;

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicWrite.writeString(file, "old");

        AtomicWrite.writeString(file, "größer");

        assertThat(Files.readString(file)).isEqualTo("größer");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void aFullDiskLeavesTheOldFileWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");

        assertThatThrownBy(() -> AtomicWrite.write(file, out -> out.write(new byte[100_000]), FullDisk.after(70_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");

        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void contentsThatFailLeaveTheOldFileWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");

        assertThatThrownBy(() -> AtomicWrite.write(file, out -> {
            out.write(1);
            throw new IllegalStateException("half way");
        })).hasMessage("half way");

        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void contentsMayCloseTheirStream() throws IOException {
        Path file = folder.resolve("a.txt");

        AtomicWrite.write(file, out -> {
            out.write('x');
            out.close();
        });

        assertThat(Files.readString(file)).isEqualTo("x");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSymbolicLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);

        AtomicWrite.writeString(link, "new");

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEqualTo("new");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewFileHasTheSamePermissionsAsAnyOther() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "x");
        Path file = folder.resolve("a.txt");

        AtomicWrite.writeString(file, "x");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(plain)));
    }

    @Test
    void aMissingFolderAndAFolderInPlaceOfTheFileAreRefused() throws IOException {
        assertThatThrownBy(() -> AtomicWrite.writeString(folder.resolve("none/a.txt"), "x")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> AtomicWrite.writeString(folder, "x")).isInstanceOf(IOException.class).hasMessageContaining("is a directory");
    }
}

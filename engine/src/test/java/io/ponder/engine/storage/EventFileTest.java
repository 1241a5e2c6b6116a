package io.ponder.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    private static final double START = 1_700_000_000.25;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("events.out.tfevents.1.test");
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = EventFileTest.class.getResourceAsStream("/golden/events/events.out.tfevents.1.golden")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static void writeFirst(EventFile events) throws IOException {
        events.scalar("loss/value", 1, 1_700_000_001.5, 0.125f);
        events.scalar("loss/value", 300, 1_700_000_002, -3.5e-3f);
    }

    private static void writeRest(EventFile events) throws IOException {
        events.scalar("r\u00fcckgabe " + "x".repeat(200), (1L << 40) + 5, 1_700_000_003, Float.POSITIVE_INFINITY);
        events.scalar("return", 127, 1_700_000_004, 475);
    }

    @Test
    void bytesAreThoseOfTensorBoardsOwnWriter() throws IOException {
        try (EventFile events = EventFile.open(file(), START)) {
            writeFirst(events);
            writeRest(events);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(golden());
    }

    @Test
    void aFileIsContinuedWhereverACrashToreIt() throws IOException {
        byte[] golden = golden();
        long first;
        try (EventFile events = EventFile.open(file(), START)) {
            writeFirst(events);
            events.flush();
            first = Files.size(file());
        }
        for (int torn = (int) first; torn < first + 60; torn++) {
            Files.write(file(), Arrays.copyOf(golden, torn));
            EventFile.open(file(), -1).close();
            assertThat(Files.size(file())).as("torn at " + torn).isEqualTo(first);
            try (EventFile events = EventFile.open(file(), -1)) {
                writeRest(events);
            }
            assertThat(Files.readAllBytes(file())).as("torn at " + torn).isEqualTo(golden);
        }
        for (int torn = 0; torn < 40; torn += 13) {
            Files.write(file(), Arrays.copyOf(golden, torn));
            try (EventFile events = EventFile.open(file(), START)) {
                writeFirst(events);
                writeRest(events);
            }
            assertThat(Files.readAllBytes(file())).as("torn at " + torn).isEqualTo(golden);
        }
    }

    @Test
    void aRecordWithAFlippedBitIsCutOff() throws IOException {
        byte[] golden = golden();
        golden[golden.length - 5] ^= 1;
        Files.write(file(), golden);
        try (EventFile events = EventFile.open(file(), START)) {
            events.scalar("return", 127, 1_700_000_004, 475);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(golden());
    }

    @Test
    void flushMakesRecordsVisibleAndManyFitThroughTheBuffer() throws IOException {
        try (EventFile events = EventFile.open(file(), START)) {
            long empty = Files.size(file());
            events.scalar("a", 0, START, 1);
            assertThat(Files.size(file())).isEqualTo(empty);
            events.flush();
            long record = Files.size(file()) - empty;
            assertThat(record).isEqualTo(12 + 9 + 2 + 2 + 2 + 3 + 5 + 4);
            for (int i = 0; i < 9999; i++) events.scalar("a", 100, START, i);
            events.flush();
            assertThat(Files.size(file())).isEqualTo(empty + 10_000 * record);
        }
        try (EventFile events = EventFile.open(file(), START)) {
            events.flush();
        }
        assertThat(Files.size(file())).as("opened again").isGreaterThan(300_000);
    }

    @Test
    void mistakesAreNamed() throws IOException {
        assertThatThrownBy(() -> EventFile.open(folder.resolve("curve.csv"), 0)).hasMessageContaining("Maybe call it events.out.tfevents");
        byte[] text = "environmentSteps,wallSeconds,learnerSteps,evaluationReturnMean\n1,2,3,4\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(file(), text);
        assertThatThrownBy(() -> EventFile.open(file(), 0)).isInstanceOf(IOException.class).hasMessageContaining("is no TensorBoard event file");
        assertThat(Files.readAllBytes(file())).isEqualTo(text);
        Files.delete(file());
        try (EventFile events = EventFile.open(file(), 0)) {
            assertThatThrownBy(() -> events.scalar("a", -1, 0, 0)).hasMessageContaining("step is -1");
            assertThatThrownBy(() -> events.scalar("", 1, 0, 0)).hasMessageContaining("bytes of tag is 0");
        }
    }
}

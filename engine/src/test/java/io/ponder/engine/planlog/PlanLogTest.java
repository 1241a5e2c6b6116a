package io.ponder.engine.planlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanSchedule;
import io.ponder.engine.plan.StopReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a log. That calls come out the same again is tested with the planners. */
final class PlanLogTest {
    @TempDir
    private Path folder;

    static LoggedPlan call() {
        var schedule = new PlanSchedule();
        schedule.clear();
        schedule.iterations(5);
        schedule.add(3, 70, true, PlanSchedule.ALL);
        schedule.add(4, 50, true, 64);
        return new LoggedPlan(
                new int[] {1}, new float[] {1, 2, Float.NaN, -0f}, new int[] {7, 8}, new long[] {Long.MIN_VALUE, 3}, new int[] {1, 0}, true,
                new boolean[] {true, false, false, true}, 9, Long.MAX_VALUE, 2_000_000, Long.MAX_VALUE, false, StopReason.WALL_CLOCK, 2_001_000,
                12_345, schedule.toNumbers(), new float[] {0, 1}, new float[] {0, 1, 1, 1}, new float[] {-3.5f, Float.NEGATIVE_INFINITY});
    }

    /** What was read is what {@link #call} has: its fields one by one where a float may be NaN, and all of it as a file. */
    private void assertSame(PlanLog read, byte[] file) throws IOException {
        Path again = folder.resolve("again");
        read.save(again);
        assertThat(Files.readAllBytes(again)).isEqualTo(file);
        LoggedPlan found = read.calls().get(0);
        LoggedPlan written = call();
        assertThat(found.rootValues()).containsExactly(written.rootValues());
        assertThat(found.keys()).containsExactly(written.keys());
        assertThat(found.illegal()).containsExactly(written.illegal());
        assertThat(found.schedule()).containsExactly(written.schedule());
        assertThat(found.predictedReturn()).containsExactly(written.predictedReturn());
        assertThat(found.stopReason()).isEqualTo(written.stopReason());
        assertThat(found.iterationLimit()).isEqualTo(9);
        assertThat(found.explore()).isTrue();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var log = new PlanLog();
        log.add(call());
        log.add(call());
        Path file = folder.resolve("log");
        log.save(file);

        var read = PlanLog.load(file);
        assertThat(read.calls()).hasSize(2);
        assertSame(read, Files.readAllBytes(file));
        assertThat(read.calls().get(0).wallClock()).isEqualTo(Duration.ofMillis(2));
        PlanSchedule schedule = PlanSchedule.ofNumbers(read.calls().get(0).schedule());
        assertThat(schedule.size(3, 100)).isEqualTo(70);
        assertThat(schedule.size(2, 100)).isEqualTo(100);
        assertThat(schedule.last(3, false)).isTrue();
        assertThat(schedule.columns(4)).isEqualTo(64);
    }

    /** This file was written by the first version of the format and stays. */
    @Test
    void aFileOfVersion1IsRead() throws IOException {
        Path file = folder.resolve("kept");
        try (InputStream in = Objects.requireNonNull(PlanLogTest.class.getResourceAsStream("/planlog-1.bin"))) {
            Files.copy(in, file);
        }
        assertThat(PlanLog.load(file).calls()).hasSize(1);
        assertSame(PlanLog.load(file), Files.readAllBytes(file));
    }

    @Test
    void tornAndForeignFilesAreRefused() throws IOException {
        var log = new PlanLog();
        log.add(call());
        Path file = folder.resolve("log");
        log.save(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 21; length < whole.length; length += 17) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PlanLog.load(file)).isInstanceOf(IOException.class).hasMessageContaining("call 0");
        }
        Files.writeString(file, "time,x,y\n");
        assertThatThrownBy(() -> PlanLog.load(file)).hasMessageContaining("is no log of plans");
        whole[21] = 127; // The length of an array.
        Files.write(file, whole);
        assertThatThrownBy(() -> PlanLog.load(file)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    @Test
    void aScheduleWithoutRoomIsNotRepeated() {
        var schedule = new PlanSchedule();
        schedule.clear();
        for (int i = 0; i <= PlanSchedule.ROOM; i++) schedule.add(i, 1, false, PlanSchedule.ALL);

        assertThat(schedule.repeatable()).isFalse();
        assertThatThrownBy(() -> Budget.repeating(schedule)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("32");
    }
}

package io.ponder.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.data.TransitionStore;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransitionCsvTest {
    private static final String HEADER = "episode,step,obs_0,action_0,reward,next_obs_0,terminated,truncated\n";
    private static final String SHORT_HEADER = "episode,step,obs_0,action_0,reward,terminated\n";

    @TempDir
    Path folder;

    private TransitionStore read(String text) throws IOException {
        return TransitionCsv.read(Files.writeString(folder.resolve("log.csv"), text));
    }

    private void assertRefused(String text, String... parts) {
        var thrown = assertThatThrownBy(() -> read(text)).isInstanceOf(TransitionCsvException.class)
                .hasMessageMatching("[^\\n]*log\\.csv[^\\n]*\\.\\nMaybe [^\\n]+\\.");
        for (String part : parts) thrown.hasMessageContaining(part);
    }

    private static float[] observation(TransitionStore store, int row) {
        float[] out = new float[store.observationSize()];
        store.readObservation(row, out);
        return out;
    }

    private static float[] next(TransitionStore store, int row) {
        float[] out = new float[store.observationSize()];
        store.readNextObservation(row, out);
        return out;
    }

    private static float[] action(TransitionStore store, int row) {
        float[] out = new float[store.actionSize()];
        store.readAction(row, out);
        return out;
    }

    private static float[] values(SplittableRandom random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) values[i] = (float) Math.exp(40 * random.nextDouble() - 20) * (random.nextBoolean() ? 1 : -1);
        return values;
    }

    @Test
    void whatWasWrittenComesBackBitForBit() throws IOException {
        var random = new SplittableRandom(5);
        var store = new TransitionStore(3, 2);
        for (int i = 0; i < 200; i++) {
            if (i == 70) store.beginEpisode();
            store.add(values(random, 3), values(random, 2), values(random, 1)[0], values(random, 3), i % 50 == 49, i % 30 == 29);
        }
        Path file = folder.resolve("log.csv");

        TransitionCsv.write(store, file);
        TransitionStore read = TransitionCsv.read(file);

        assertThat(read.size()).isEqualTo(200);
        assertThat(read.episodes()).isEqualTo(store.episodes());
        for (int row = 0; row < 200; row++) {
            assertThat(observation(read, row)).isEqualTo(observation(store, row));
            assertThat(action(read, row)).isEqualTo(action(store, row));
            assertThat(next(read, row)).isEqualTo(next(store, row));
            assertThat(read.reward(row)).isEqualTo(store.reward(row));
            assertThat(read.terminated(row)).isEqualTo(store.terminated(row));
            assertThat(read.truncated(row)).isEqualTo(store.truncated(row));
            assertThat(read.step(row)).isEqualTo(store.step(row));
            assertThat(read.episodeOf(row)).isEqualTo(store.episodeOf(row));
        }
    }

    @Test
    void filesOfVersionOneStayReadable() throws IOException, URISyntaxException {
        TransitionStore store = TransitionCsv.read(
                Path.of(TransitionCsvTest.class.getResource("/golden/transitions/version-1.csv").toURI()));

        assertThat(store.size()).isEqualTo(3);
        assertThat(observation(store, 1)).containsExactly(0.2f, -1.5f);
        assertThat(next(store, 1)).containsExactly(0.3f, Float.MAX_VALUE);
        assertThat(action(store, 1)).containsExactly(-0.25f);
        assertThat(store.reward(1)).isEqualTo(-1e-8f);
        assertThat(store.terminated(1)).isTrue();
        assertThat(store.truncated(2)).isTrue();
        assertThat(store.episodes()).isEqualTo(2);
    }

    @Test
    void columnsMayStandInAnyOrderWithOthersBetween() throws IOException {
        TransitionStore store = read("# made by hand\n\n\"truncated\", note ,terminated,reward,action_0,obs_1,obs_0,step,episode,next_obs_1,next_obs_0\r\n"
                + "false,\"x\",TRUE,1,2,4,3,17,run a,6,5\r\n\r\n");

        assertThat(store.size()).isEqualTo(1);
        assertThat(observation(store, 0)).containsExactly(3, 4);
        assertThat(next(store, 0)).containsExactly(5, 6);
        assertThat(store.terminated(0)).isTrue();
    }

    @Test
    void aMissingNextObservationIsThatOfTheNextLineAndTheLastLineGivesNone() throws IOException {
        TransitionStore store = read(SHORT_HEADER + "0,0,1,10,100,0\n0,1,2,20,200,0\n0,2,3,30,300,1\n1,0,7,70,700,0\n1,1,8,80,800,0\n");

        assertThat(store.size()).isEqualTo(3);
        assertThat(store.episodes()).isEqualTo(2);
        assertThat(next(store, 0)).containsExactly(2);
        assertThat(next(store, 1)).containsExactly(3);
        assertThat(store.terminated(1)).isFalse();
        assertThat(next(store, 2)).containsExactly(8);
        assertThat(store.reward(2)).isEqualTo(700);
    }

    @Test
    void aLastLineThatOnlyObservesEndsTheTransitionThatLeadsToIt() throws IOException {
        TransitionStore store = read(SHORT_HEADER + "0,0,1,10,100,0\n0,1,2,20,200,0\n0,2,3,,,1\n1,0,7,70,700,1\n1,1,8,,,0\n");

        assertThat(store.size()).isEqualTo(3);
        assertThat(store.terminated(0)).isFalse();
        assertThat(store.terminated(1)).isTrue();
        assertThat(store.terminated(2)).isTrue();
        assertThat(next(store, 2)).containsExactly(8);
    }

    @Test
    void singleLinesMayLeaveTheNextObservationEmpty() throws IOException {
        TransitionStore store = read(HEADER + "0,0,1,10,100,,0,0\n0,1,2,20,200,9,0,1\n");

        assertThat(store.size()).isEqualTo(2);
        assertThat(next(store, 0)).containsExactly(2);
        assertThat(next(store, 1)).containsExactly(9);
    }

    @Test
    void errorsNameLineColumnAndValue() {
        assertRefused(HEADER + "0,0,1,1,1,1,0,0\n0,1,1,x7,1,1,0,0\n", "line 3", "column action_0", "'x7'", "a finite number");
        assertRefused(HEADER + "0,0,nan,1,1,1,0,0\n", "line 2", "column obs_0", "'nan'");
        assertRefused(HEADER + "0,0,1,1,1e39,1,0,0\n", "line 2", "column reward", "'1e39'", "finite");
        assertRefused(HEADER + "0,0,1,1,1,1,yes,0\n", "line 2", "column terminated", "'yes'", "true or false");
        assertRefused(HEADER + "0,zero,1,1,1,1,0,0\n", "column step", "'zero'");
        assertRefused(HEADER + "0,0,1,1,1,1,0,0\n0,3,1,1,1,1,0,0\n", "line 3", "column step", "'3'", "it must be 1", "\nMaybe");
        assertRefused(HEADER + "0,0,1,1,1,1,1,0\n0,1,1,1,1,1,0,0\n", "line 3", "column episode", "ended on line 2");
        assertRefused(HEADER + "a,0,1,1,1,1,0,0\nb,0,1,1,1,1,0,0\na,1,1,1,1,1,0,0\n", "line 4", "'a'", "stand together");
        assertRefused(HEADER + "0,0,1,1,1,1,0\n", "line 2 has 7 fields, but the header has 8", "\nMaybe");
        assertRefused(SHORT_HEADER + "0,0,1,,,0\n0,1,1,1,1,0\n", "line 2", "column action_0", "''");
    }

    @Test
    void headersThatAreWrongAreRefused() {
        assertRefused("", "is empty");
        assertRefused("episode,step,obs_0,action_0,reward\n", "line 1", "column 'terminated' is missing", "episode,step,obs_0");
        assertRefused("episode;step;obs_0;action_0;reward;terminated\n", "'episode' is missing", "\nMaybe the file uses another separator");
        assertRefused("episode,step,obs_0,obs_2,action_0,reward,terminated\n", "column 4", "'obs_2'", "without a gap");
        assertRefused("episode,step,obs_0,obs_0,action_0,reward,terminated\n", "'obs_0'", "there already");
        assertRefused("episode,step,obs_0,obs_1,action_0,reward,next_obs_0,terminated\n", "2 columns obs_", "1 columns next_obs_");
        assertRefused(HEADER, "holds no transition");
    }

    @Test
    void binaryFilesAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("log.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2});

        assertThatThrownBy(() -> TransitionCsv.read(file)).isInstanceOf(TransitionCsvException.class).hasMessageContaining("not UTF-8 text");
    }
}

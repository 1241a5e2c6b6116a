package io.ponder.engine.storage;

import io.ponder.engine.data.TransitionStore;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes logged transitions as comma-separated values in UTF-8, one line a transition, under the header
 * {@code episode,step,obs_0,..,action_0,..,reward,next_obs_0,..,terminated,truncated}.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code episode}</td><td>any label; the lines of one episode stand together</td></tr>
 * <tr><td>{@code step}</td><td>a whole number, one more on each line of an episode</td></tr>
 * <tr><td>{@code obs_0 ..}</td><td>the observation before the step</td></tr>
 * <tr><td>{@code action_0 ..}</td><td>the action; a discrete one is its index in {@code action_0}</td></tr>
 * <tr><td>{@code reward}</td><td>of the step</td></tr>
 * <tr><td>{@code next_obs_0 ..}</td><td>the observation after the step; may be left out, see below</td></tr>
 * <tr><td>{@code terminated}</td><td>1 or true where the episode ended in a state without future, else 0 or false</td></tr>
 * <tr><td>{@code truncated}</td><td>the same for a cut by a time limit; may be left out</td></tr>
 * </table>
 *
 * <p>When reading, columns may stand in any order and others are ignored, and so are empty lines and lines before the header that
 * begin with {@code #}. Where a line has no next observation (no such columns, or all of them empty), it is the observation of the
 * next line of the same episode; the last line of such an episode gives no transition, because nobody knows where it led. That last
 * line may leave action and reward empty: then it only observes, and its {@code terminated} and {@code truncated} hold for the
 * transition that leads to it.
 *
 * <p>Numbers are float32; the shortest decimal that reads back as the same float is written.
 */
public final class TransitionCsv {
    private TransitionCsv() {}

    /**
     * Writes all transitions, replacing {@code target} in one step.
     *
     * @throws IOException if it cannot be written; an old file is then unchanged
     */
    public static void write(TransitionStore store, Path target) throws IOException {
        AtomicWrite.write(target, out -> {
            try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                write(store, writer);
            }
        });
    }

    private static void write(TransitionStore store, Writer out) throws IOException {
        float[] observation = new float[store.observationSize()];
        float[] action = new float[store.actionSize()];
        out.write("episode,step");
        writeNames(out, "obs_", observation.length);
        writeNames(out, "action_", action.length);
        out.write(",reward");
        writeNames(out, "next_obs_", observation.length);
        out.write(",terminated,truncated\n");
        for (int episode = 0; episode < store.episodes(); episode++) {
            int start = store.episodeStart(episode);
            for (int row = start; row < start + store.episodeLength(episode); row++) {
                out.write(Integer.toString(store.episodeId(episode)));
                out.write(',');
                out.write(Integer.toString(store.step(row)));
                store.readObservation(row, observation);
                writeValues(out, observation);
                store.readAction(row, action);
                writeValues(out, action);
                out.write(',');
                out.write(Float.toString(store.reward(row)));
                store.readNextObservation(row, observation);
                writeValues(out, observation);
                out.write(store.terminated(row) ? ",1" : ",0");
                out.write(store.truncated(row) ? ",1\n" : ",0\n");
            }
        }
    }

    private static void writeNames(Writer out, String prefix, int count) throws IOException {
        for (int i = 0; i < count; i++) out.write("," + prefix + i);
    }

    private static void writeValues(Writer out, float[] values) throws IOException {
        for (float value : values) {
            out.write(',');
            out.write(Float.toString(value));
        }
    }

    /**
     * Reads a file into a new store, every label an episode.
     *
     * @throws TransitionCsvException if the header or a value is not as documented; names line, column and value
     * @throws IOException            if the file cannot be read
     */
    public static TransitionStore read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new TransitionCsvParser(file.toString(), reader).parse();
        } catch (CharacterCodingException e) {
            throw new TransitionCsvException(file + " is not UTF-8 text.\nMaybe it is another kind of file, or compressed.");
        }
    }
}

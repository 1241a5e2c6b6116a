package io.ponder.engine.storage;

import io.ponder.engine.data.TransitionStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the form that {@link TransitionCsv} documents. A line waits until the next one is known, which may give its next observation. */
final class TransitionCsvParser {
    private static final String WITHOUT_THE_LINE = "\nMaybe leave the line out and give what follows another episode label.";

    private final String file;
    private final BufferedReader reader;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Set<String> endedEpisodes = new HashSet<>();
    private int lineNumber;
    private int observationSize;
    private int actionSize;
    private boolean nextColumns;

    /** One line of the file; null where it leaves action and reward, or the next observation, empty. */
    private record Line(
            int number,
            String episode,
            long step,
            float[] observation,
            float @Nullable [] action,
            float reward,
            float @Nullable [] next,
            boolean terminated,
            boolean truncated) {
        boolean onlyObserves() {
            return action == null && next == null;
        }
    }

    TransitionCsvParser(String file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    TransitionStore parse() throws IOException {
        parseHeader();
        var store = new TransitionStore(observationSize, actionSize);
        Line waiting = null;
        for (Line line = nextLine(); line != null; line = nextLine()) {
            if (waiting != null) add(store, waiting, line.episode.equals(waiting.episode) ? line : null);
            if (waiting == null || !line.episode.equals(waiting.episode)) beginEpisode(store, line);
            else checkFollows(waiting, line);
            waiting = line;
        }
        if (waiting != null) add(store, waiting, null);
        store.beginEpisode();
        if (store.size() == 0) {
            throw new TransitionCsvException(file + " holds no transition, but it must hold at least one."
                    + "\nMaybe its episodes have one line each and no next_obs columns; then nobody knows where they led.");
        }
        return store;
    }

    private void beginEpisode(TransitionStore store, Line line) throws TransitionCsvException {
        store.beginEpisode();
        if (!endedEpisodes.add(line.episode)) {
            throw wrong(line.number, "episode", line.episode, "but the lines of this episode must stand together."
                    + "\nMaybe sort the file by episode and step, or give the second part another label.");
        }
    }

    private void checkFollows(Line before, Line line) throws TransitionCsvException {
        if (line.step != before.step + 1) {
            throw wrong(line.number, "step", Long.toString(line.step), "but it must be " + (before.step + 1)
                    + ", one more than on line " + before.number + ".\nMaybe give what follows a gap another episode label.");
        }
        if ((before.terminated || before.truncated) && !line.onlyObserves()) {
            throw wrong(line.number, "episode", line.episode, "but this episode ended on line " + before.number
                    + ".\nMaybe give the new episode another label.");
        }
    }

    /** Adds a line as a transition, if it is one; {@code following} is the next line of the same episode. */
    private void add(TransitionStore store, Line line, @Nullable Line following) throws TransitionCsvException {
        float[] next = line.next != null ? line.next : following != null ? following.observation : null;
        if (next == null) return;
        if (line.action == null) {
            throw wrong(line.number, "action_0", "", "but only the last line of an episode may leave it empty."
                    + "\nMaybe leave this line and the rest of its episode out.");
        }
        Line end = line.next == null && following != null && following.onlyObserves() ? following : line;
        store.add(line.observation, line.action, line.reward, next,
                line.terminated || end.terminated, line.truncated || end.truncated);
    }

    private void parseHeader() throws IOException {
        String header = reader.readLine();
        lineNumber = 1;
        if (header != null && header.startsWith("\uFEFF")) header = header.substring(1);
        while (header != null && (header.isBlank() || header.startsWith("#"))) {
            header = reader.readLine();
            lineNumber++;
        }
        if (header == null) {
            throw new TransitionCsvException(file + " is empty, but it must begin with a header line."
                    + "\nMaybe the program that writes it has not ended yet.");
        }
        String[] names = split(header);
        for (int i = 0; i < names.length; i++) {
            if (columns.putIfAbsent(names[i], i) != null) {
                throw wrong(lineNumber, Integer.toString(i + 1), names[i],
                        "but this column is there already.\nMaybe rename one of the two.");
            }
        }
        observationSize = countNumbered("obs_");
        actionSize = countNumbered("action_");
        int next = countNumbered("next_obs_");
        nextColumns = next > 0;
        if (nextColumns && next != observationSize) {
            throw new TransitionCsvException(file + ", line " + lineNumber + ": there are " + observationSize + " columns obs_.. but "
                    + next + " columns next_obs_...\nMaybe leave all of next_obs_.. out; then the next line tells where a step led.");
        }
        for (String name : List.of("episode", "step", "obs_0", "action_0", "reward", "terminated")) {
            if (!columns.containsKey(name)) throw missing(name, header);
        }
    }

    private TransitionCsvException missing(String name, String header) {
        return new TransitionCsvException(file + ", line " + lineNumber + ": the column '" + name + "' is missing; the header must be "
                + "episode,step,obs_0,..,action_0,..,reward,next_obs_0,..,terminated,truncated (next_obs and truncated may be left out)."
                + (header.indexOf(';') >= 0 || header.indexOf('\t') >= 0
                        ? "\nMaybe the file uses another separator than the comma."
                        : "\nMaybe it has another name in this file."));
    }

    /** Returns how many columns prefix0, prefix1, ... there are, and refuses gaps and other endings. */
    private int countNumbered(String prefix) throws TransitionCsvException {
        int count = 0;
        while (columns.containsKey(prefix + count)) count++;
        for (Map.Entry<String, Integer> column : columns.entrySet()) {
            String name = column.getKey();
            if (!name.startsWith(prefix)) continue;
            String ending = name.substring(prefix.length());
            if (!ending.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(ending) >= count) {
                throw wrong(lineNumber, Integer.toString(column.getValue() + 1), name,
                        "but the columns " + prefix + ".. must be numbered from 0 without a gap."
                                + "\nMaybe a column was left out or renamed.");
            }
        }
        return count;
    }

    private @Nullable Line nextLine() throws IOException {
        String text = reader.readLine();
        lineNumber++;
        while (text != null && text.isBlank()) {
            text = reader.readLine();
            lineNumber++;
        }
        if (text == null) return null;
        String[] fields = split(text);
        if (fields.length != columns.size()) {
            throw new TransitionCsvException(file + ", line " + lineNumber + " has " + fields.length + " fields, but the header has "
                    + columns.size() + ".\nMaybe the file was cut.");
        }
        boolean hasNext = nextColumns && !allEmpty(fields, "next_obs_", observationSize);
        boolean onlyObserves = !hasNext && allEmpty(fields, "action_", actionSize) && field(fields, "reward").isEmpty();
        return new Line(
                lineNumber,
                field(fields, "episode"),
                whole(fields, "step"),
                numbers(fields, "obs_", observationSize),
                onlyObserves ? null : numbers(fields, "action_", actionSize),
                onlyObserves ? 0 : number(fields, "reward"),
                hasNext ? numbers(fields, "next_obs_", observationSize) : null,
                truth(fields, "terminated"),
                columns.containsKey("truncated") && truth(fields, "truncated"));
    }

    private boolean allEmpty(String[] fields, String prefix, int count) {
        boolean empty = true;
        for (int i = 0; i < count; i++) empty &= field(fields, prefix + i).isEmpty();
        return empty;
    }

    private String field(String[] fields, String column) {
        return fields[Objects.requireNonNull(columns.get(column))];
    }

    private float[] numbers(String[] fields, String prefix, int count) throws TransitionCsvException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = number(fields, prefix + i);
        return values;
    }

    private float number(String[] fields, String column) throws TransitionCsvException {
        String text = field(fields, column);
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) return value;
            throw wrong(lineNumber, column, text, "but it must be finite and within float32." + WITHOUT_THE_LINE);
        } catch (NumberFormatException e) {
            throw wrong(lineNumber, column, text, "but it must be a finite number." + WITHOUT_THE_LINE);
        }
    }

    private long whole(String[] fields, String column) throws TransitionCsvException {
        String text = field(fields, column);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(lineNumber, column, text, "but it must be a whole number.\nMaybe count the lines of each episode from 0.");
        }
    }

    private boolean truth(String[] fields, String column) throws TransitionCsvException {
        String text = field(fields, column);
        if (text.equals("1") || text.equalsIgnoreCase("true")) return true;
        if (text.equals("0") || text.equalsIgnoreCase("false")) return false;
        throw wrong(lineNumber, column, text, "but it must be 0, 1, true or false.\nMaybe write 0 where an episode goes on.");
    }

    private TransitionCsvException wrong(int line, String column, String value, String rule) {
        return new TransitionCsvException(file + ", line " + line + ", column " + column + ": the value is '" + value + "', " + rule);
    }

    /** Splits at commas; blanks and one pair of quotes around a field do not count. */
    private static String[] split(String line) {
        var fields = new ArrayList<String>();
        for (int start = 0; start <= line.length(); ) {
            int comma = line.indexOf(',', start);
            int end = comma < 0 ? line.length() : comma;
            String field = line.substring(start, end).strip();
            boolean quoted = field.length() >= 2 && field.startsWith("\"") && field.endsWith("\"");
            fields.add(quoted ? field.substring(1, field.length() - 1) : field);
            start = end + 1;
        }
        return fields.toArray(String[]::new);
    }
}

package io.ponder.examples.knownanswers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Takes what was measured, line by line, and shows it. */
public final class AnswerTable {
    private static final String ROW = "%-21s %-58s %16s %16s %10s  %s";

    private final List<AnswerRow> rows = new ArrayList<>();
    private final Consumer<String> out;
    private String answer = "";

    /** Creates a table that shows each line as it comes. */
    AnswerTable(Consumer<String> out) {
        this.out = out;
        out.accept(String.format(Locale.ROOT, ROW, "case", "what", "known", "measured", "tolerance", "").stripTrailing());
    }

    /** Says which case the next rows are of: the name by which it is run again. */
    void begin(String name) {
        answer = name;
    }

    /** Adds a value that must be known to within a tolerance. */
    void row(String name, double known, double measured, double tolerance) {
        add(new AnswerRow(name, known, measured, tolerance, AnswerRow.Side.BOTH, ""));
    }

    /** Adds a value that must not be above {@code known + tolerance}. */
    void atMost(String name, double known, double measured, double tolerance) {
        add(new AnswerRow(name, known, measured, tolerance, AnswerRow.Side.AT_MOST, ""));
    }

    /** Adds a value that must not be below {@code known - tolerance}. */
    void atLeast(String name, double known, double measured, double tolerance) {
        add(new AnswerRow(name, known, measured, tolerance, AnswerRow.Side.AT_LEAST, ""));
    }

    /** Adds a case that could not be measured here. */
    void notRun(String name, String reason) {
        add(new AnswerRow(name, Double.NaN, Double.NaN, 0, AnswerRow.Side.NOT_RUN, reason));
    }

    private void add(AnswerRow row) {
        rows.add(row);
        if (row.side() == AnswerRow.Side.NOT_RUN) {
            out.accept(String.format(Locale.ROOT, ROW, answer, row.name(), "", "", "", "not run: " + row.note()));
            return;
        }
        String side = row.side() == AnswerRow.Side.AT_MOST ? "<= " : row.side() == AnswerRow.Side.AT_LEAST ? ">= " : "";
        out.accept(String.format(Locale.ROOT, ROW, answer, row.name(), side + number(row.known()), number(row.measured()),
                String.format(Locale.ROOT, "%.1e", row.tolerance()), row.passes() ? "pass" : "FAIL"));
    }

    /** Writes a number with up to ten significant digits. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.10g", value);
        return text.contains("e") || !text.contains(".") ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    /** Returns the lines so far. */
    public List<AnswerRow> rows() {
        return List.copyOf(rows);
    }

    /** Returns how many values were wrong. */
    public int failures() {
        return (int) rows.stream().filter(row -> !row.passes()).count();
    }
}

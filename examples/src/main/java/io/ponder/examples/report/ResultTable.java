package io.ponder.examples.report;

import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.ExperimentKey;
import io.ponder.examples.comparison.Interval;
import io.ponder.examples.comparison.ModelKind;
import io.ponder.examples.comparison.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays out the result of a comparison as a table of environment by planner. */
public final class ResultTable {
    /** The heads of the columns. */
    static final List<String> HEADS = List.of("environment", "planner", "learned model", "true model", "share", "ms/plan");

    private ResultTable() {}

    /**
     * One line of the table.
     *
     * @param learned   final return with the learned model, or null where that did not run
     * @param reference final return with the true model, or null where that did not run
     * @param share     part of the way from random to the true model that the learned model went; NaN where that is not defined
     */
    record Row(
            String environment,
            String planner,
            @Nullable Summary learned,
            @Nullable Summary reference,
            double share) {
        /** Returns the cells of the columns. */
        List<String> cells() {
            double millis = learned != null ? learned.planMillisP50() : reference != null ? reference.planMillisP50() : Double.NaN;
            return List.of(
                    environment, planner, interval(learned), interval(reference),
                    Numbers.percent(share), Numbers.millis(millis));
        }
    }

    /** Returns the rows, environment by environment, the random actions last. */
    static List<Row> rows(ComparisonResults results) {
        List<Summary> summaries = results.summaries();
        List<Row> rows = new ArrayList<>();
        for (String environment : results.settings().environments()) {
            Summary random = find(summaries, environment, ModelKind.NONE, ExperimentKey.RANDOM);
            for (String planner : results.settings().planners()) {
                Summary learned = find(summaries, environment, ModelKind.LEARNED, planner);
                Summary reference = find(summaries, environment, ModelKind.TRUE, planner);
                if (learned == null && reference == null) continue;
                rows.add(new Row(environment, planner, learned, reference, share(learned, reference, random)));
            }
            if (random != null) rows.add(new Row(environment, ExperimentKey.RANDOM, random, null, Double.NaN));
        }
        return rows;
    }

    /** Returns the part of the way from random actions to the true model that the learned model went, or NaN. */
    static double share(@Nullable Summary learned, @Nullable Summary reference, @Nullable Summary random) {
        if (learned == null || reference == null || random == null) return Double.NaN;
        double way = reference.finalReturn().mean() - random.finalReturn().mean();
        // A reference that is no better than random says nothing about the learned model.
        return way > 0 ? (learned.finalReturn().mean() - random.finalReturn().mean()) / way : Double.NaN;
    }

    static @Nullable Summary find(List<Summary> summaries, String environment, ModelKind model, String planner) {
        for (Summary summary : summaries) {
            boolean same = summary.environment().equals(environment) && summary.model() == model;
            if (same && summary.planner().equals(planner)) return summary;
        }
        return null;
    }

    static String interval(@Nullable Summary summary) {
        if (summary == null) return "-";
        if (summary.finalReturn().count() == 0) return "(unfinished)";
        Interval value = summary.finalReturn();
        if (value.count() == 1) return Numbers.score(value.mean());
        return Numbers.score(value.mean()) + " [" + Numbers.score(value.low()) + ", " + Numbers.score(value.high()) + "]";
    }

    /** Returns the table as aligned text with a line that explains it. Fits 100 columns. */
    public static String text(ComparisonResults results) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADS);
        for (Row row : rows(results)) lines.add(row.cells());
        int[] width = new int[HEADS.size()];
        for (List<String> line : lines) {
            for (int c = 0; c < width.length; c++) width[c] = Math.max(width[c], line.get(c).length());
        }
        var text = new StringBuilder();
        String previous = "";
        for (int l = 0; l < lines.size(); l++) {
            List<String> line = lines.get(l);
            if (l > 1 && !line.get(0).equals(previous)) text.append('\n');
            for (int c = 0; c < width.length; c++) {
                String cell = c == 0 && line.get(0).equals(previous) ? "" : line.get(c);
                text.append(c < 2 ? pad(cell, width[c], true) : pad(cell, width[c], false));
                text.append(c < width.length - 1 ? "  " : "\n");
            }
            previous = line.get(0);
            if (l == 0) text.append("-".repeat(java.util.stream.IntStream.of(width).sum() + 2 * (width.length - 1))).append('\n');
        }
        return text.append('\n').append(explanation(results)).append('\n').toString();
    }

    /** Returns what the numbers of the table are. */
    static String explanation(ComparisonResults results) {
        int last = results.settings().finalEpisodes();
        int seeds = results.settings().seeds();
        String episodes = last == 1 ? "the last of " : "the last " + last + " of ";
        long finished = results.experiments().stream().filter(result -> Double.isFinite(result.finalScore())).count();
        long missing = results.settings().experiments().size() - finished;
        return "Final return: mean of " + episodes + results.settings().episodes() + " episodes"
                + (seeds > 1 ? " over " + seeds + " seeds [95 % bootstrap interval]" : ", one seed")
                + "." + (missing == 0 ? ""
                        : "\nOf " + results.settings().experiments().size() + " experiments " + missing + " did not finish and do not count.")
                + "\nShare: how far it came from random actions (0 %) to the same planner on the true model (100 %).";
    }

    private static String pad(String cell, int width, boolean left) {
        String space = " ".repeat(width - cell.length());
        return left ? cell + space : space + cell;
    }
}

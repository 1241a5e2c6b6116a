package io.ponder.examples.report;

import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.ExperimentKey;
import io.ponder.examples.comparison.ModelKind;
import io.ponder.examples.comparison.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in two sentences what the numbers of a comparison mean. Every word follows from the numbers. */
final class Findings {
    /** A planner is called behind where it went less than this part of the best planner's way from random actions. */
    private static final double BEHIND = 0.85;

    private final ComparisonResults results;
    private final List<ResultTable.Row> rows;
    private final List<Summary> summaries;

    private Findings(ComparisonResults results) {
        this.results = results;
        rows = ResultTable.rows(results);
        summaries = results.summaries();
    }

    /** Returns the two sentences: who did best and by what measure, then who fell behind, why, and what a plan costs. */
    static String sentences(ComparisonResults results) {
        var findings = new Findings(results);
        String best = findings.best();
        return best.isEmpty() ? "No planner finished enough episodes to say anything." : best + " " + findings.behind();
    }

    private String best() {
        List<String> parts = new ArrayList<>();
        for (String environment : results.settings().environments()) {
            ResultTable.Row best = bestOf(environment);
            if (best == null) continue;
            double random = random(environment);
            String part = best.planner() + " did best on " + environment + ": " + ResultTable.interval(shown(best));
            if (best.learned() != null && !Double.isNaN(best.share())) {
                part += ", " + Numbers.percent(best.share()) + " of the way from random actions (" + Numbers.score(random)
                        + ") to its own planning on the true model (" + Numbers.score(mean(best.reference())) + ")";
            } else if (!Double.isNaN(random)) {
                part += ", where random actions get " + Numbers.score(random);
            }
            parts.add(part);
        }
        if (parts.isEmpty()) return "";
        int episodes = results.settings().episodes();
        boolean loaded = results.settings().loadedModel() != null;
        String with = results.settings().learned() ? loaded ? "With the loaded model, " : "With models learned in " + episodes + " episodes, " : "On the true model, ";
        return with + String.join("; ", parts) + ".";
    }

    private String behind() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (String environment : results.settings().environments()) {
            ResultTable.Row best = bestOf(environment);
            if (best == null) continue;
            for (ResultTable.Row row : rows) {
                boolean other = row.environment().equals(environment) && row != best && !isRandom(row) && shown(row) != null;
                if (!other || way(row, best) >= BEHIND) continue;
                String place = environment + " (" + Numbers.score(mean(shown(row))) + ")";
                places.computeIfAbsent(row.planner() + " fell behind on %s" + reason(row, best), unused -> new ArrayList<>()).add(place);
            }
        }
        List<String> parts = new ArrayList<>();
        places.forEach((text, where) -> parts.add(text.replace("%s", String.join(" and ", where))));
        if (parts.isEmpty()) parts.add("no planner fell clearly behind the best one");
        String cost = cost();
        if (!cost.isEmpty()) parts.add(cost);
        String sentence = String.join("; ", parts);
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
    }

    /** Tells search from model: a planner that is behind on the true model as well cannot blame what it learned. */
    private String reason(ResultTable.Row row, ResultTable.Row best) {
        if (row.learned() == null || row.reference() == null || best.reference() == null) return "";
        double random = random(row.environment());
        double bestWay = mean(best.reference()) - random;
        double trueWay = mean(row.reference()) - random;
        if (!(bestWay > 0)) return "";
        boolean gradient = row.planner().equals("gradient");
        if (trueWay / bestWay < BEHIND) {
            return ", and on the true model too, so what limits it is its search"
                    + (gradient ? " (it climbs from a few starts to the nearest optimum), not what it learned" : ", not what it learned");
        }
        return ", though not on the true model, so what limits it is its learned model"
                + (gradient ? " (it climbs slopes, which are learned less exactly than values)" : "");
    }

    private String cost() {
        ResultTable.Row fastest = null;
        ResultTable.Row slowest = null;
        for (ResultTable.Row row : rows) {
            if (isRandom(row) || Double.isNaN(millis(row))) continue;
            if (fastest == null || millis(row) < millis(fastest)) fastest = row;
            if (slowest == null || millis(row) > millis(slowest)) slowest = row;
        }
        if (fastest == null || slowest == null) return "";
        if (fastest == slowest) return "a plan took " + Numbers.millis(millis(fastest)) + " ms";
        return "a plan took from " + Numbers.millis(millis(fastest)) + " ms (" + fastest.planner() + " on " + fastest.environment()
                + ") to " + Numbers.millis(millis(slowest)) + " ms (" + slowest.planner() + " on " + slowest.environment() + ")";
    }

    private ResultTable.@Nullable Row bestOf(String environment) {
        return rows.stream()
                .filter(row -> row.environment().equals(environment) && !isRandom(row) && Double.isFinite(mean(shown(row))))
                .max(Comparator.comparingDouble(row -> mean(shown(row))))
                .orElse(null);
    }

    /** Returns how far a row went from random, as a part of how far the best one went; 1 where that is not defined. */
    private double way(ResultTable.Row row, ResultTable.Row best) {
        double random = random(row.environment());
        double bestWay = mean(shown(best)) - random;
        return bestWay > 0 ? (mean(shown(row)) - random) / bestWay : 1;
    }

    private double random(String environment) {
        return mean(ResultTable.find(summaries, environment, ModelKind.NONE, ExperimentKey.RANDOM));
    }

    private static @Nullable Summary shown(ResultTable.Row row) {
        return row.learned() != null ? row.learned() : row.reference();
    }

    private static double mean(@Nullable Summary summary) {
        return summary == null ? Double.NaN : summary.finalReturn().mean();
    }

    private static double millis(ResultTable.Row row) {
        Summary summary = shown(row);
        return summary == null ? Double.NaN : summary.planMillisP50();
    }

    private static boolean isRandom(ResultTable.Row row) {
        return row.planner().equals(ExperimentKey.RANDOM);
    }
}

package io.ponder.examples.report;

import io.ponder.engine.train.PlanHealth;
import io.ponder.examples.comparison.ComparisonResults;
import io.ponder.examples.comparison.ModelKind;
import java.util.List;
import java.util.Locale;

/** Writes how healthy the plans of a comparison were, one row for each environment, planner and model. */
final class HealthTable {
    private static final List<String> HEADS =
            List.of("planner, model", "effective sample size", "elite spread", "ended by", "largest violation", "rollouts not finite", "model failures");

    private HealthTable() {}

    /** Appends the section; nothing where no planner acted. */
    static void write(StringBuilder page, ComparisonResults results) {
        var rows = new StringBuilder();
        for (String environment : results.settings().environments()) {
            var group = new StringBuilder();
            for (String planner : results.settings().planners()) {
                for (ModelKind model : List.of(ModelKind.LEARNED, ModelKind.TRUE)) row(group, results, environment, planner, model);
            }
            if (group.isEmpty()) continue;
            rows.append("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"").append(HEADS.size()).append("\">");
            rows.append(Html.escape(environment)).append("</th></tr>\n").append(group);
        }
        if (rows.isEmpty()) return;
        page.append("<h2>Health of the plans</h2>\n<div class=\"wide\"><table>\n<thead><tr>");
        for (String head : HEADS) page.append("<th>").append(head).append("</th>");
        page.append("</tr></thead>\n<tbody>\n").append(rows).append("</tbody></table></div>\n<p class=\"note\">");
        page.append("Means over all plans. Effective sample size: how many sequences the last update of a plan counted. Elite spread: their"
                + " standard deviation, in half ranges of the action; near 0 the search has settled before its budget was used. Largest violation: of the"
                + " constraints of the problem, where it has any.</p>\n");
    }

    private static void row(StringBuilder out, ComparisonResults results, String environment, String planner, ModelKind model) {
        PlanHealth health = results.experiments().stream()
                .filter(e -> e.key().environment().equals(environment) && e.key().planner().equals(planner) && e.key().model() == model)
                .flatMap(e -> e.episodes().stream())
                .map(e -> e.health())
                .reduce(PlanHealth.NONE, PlanHealth::and);
        if (health.decisions() == 0) return;
        out.append("<tr><th scope=\"row\">").append(Html.escape(planner + ", " + model.label())).append("</th>");
        cell(out, number(health.effectiveSampleSize(), "%.1f"));
        cell(out, number(health.spread(), "%.3f"));
        cell(out, health.stopText());
        cell(out, number(health.largestViolation(), "%.3g"));
        cell(out, String.format(Locale.ROOT, "%,d", health.nonFiniteRollouts()));
        cell(out, String.format(Locale.ROOT, "%,d", health.modelFailures()));
        out.append("</tr>\n");
    }

    private static String number(double value, String format) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }

    private static void cell(StringBuilder out, String text) {
        out.append("<td>").append(Html.escape(text)).append("</td>");
    }
}

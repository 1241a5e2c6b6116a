package io.ponder.examples.evidence;

import java.util.List;
import java.util.Locale;

/** Shows results: a table for the terminal, and a page in Markdown that tells how to measure each of them again. */
final class ResultPage {
    private static final String LINE = "%-22s %-46s %9s %9s %-20s %s%n";

    private ResultPage() {}

    /** Returns the table for the terminal. */
    static String text(List<ResultSummary> summaries) {
        var text = new StringBuilder(String.format(LINE, "row", "goal", "median", "mean", "[least, most]", "kept"));
        text.append("-".repeat(120)).append('\n');
        for (ResultSummary summary : summaries) {
            boolean any = !summary.measured().isEmpty();
            text.append(String.format(
                    LINE, summary.row().id(), summary.row().goal(), any ? number(summary.median()) : "-",
                    any ? number(summary.mean()) : "-", any ? range(summary) : "-", summary.verdict()));
        }
        return text.toString();
    }

    /** Returns the page. It depends on nothing but the summaries. */
    static String markdown(List<ResultSummary> summaries) {
        var text = new StringBuilder("""
                # Results

                What Ponder promises to reach, and what was measured. This page and `results.json`, the measurements behind it, are
                written by `./ponder results --out DIR`; the command of a row measures that row again, seed by seed, and continues where
                it was stopped. Every seed decides its own nets, episodes and random numbers. A score is over %d starts, the same for all
                rows and seeds. Settings are tried on other starts and seeds (`--tuning`). Times are wall-clock times of one seed, of
                the longest one where there are several.

                | command | promise | mean | least to most | seeds | time | kept |
                | --- | --- | ---: | --- | ---: | ---: | --- |
                """.formatted(Starts.COUNT));
        for (ResultSummary summary : summaries) {
            if (summary.measured().isEmpty()) continue;
            text.append(String.format(
                    Locale.ROOT, "| `./ponder results %s` | %s | %s %s | %s | %d | %.0f s | %s |%n", summary.row().id(),
                    summary.row().goal(), number(summary.mean()), summary.row().unit(), range(summary), summary.measured().size(),
                    summary.longestSeconds(), summary.verdict()));
        }
        text.append("\n## What each row is\n\n");
        for (ResultSummary summary : summaries) {
            if (summary.measured().isEmpty()) continue;
            text.append("- **").append(summary.row().id()).append("**: ").append(summary.measured().get(0).definition()).append('\n');
        }
        text.append("\n## Where it was measured\n\n");
        summaries.stream().flatMap(summary -> summary.measured().stream()).map(Measurement::machine).distinct().sorted()
                .forEach(machine -> text.append("- ").append(machine).append('\n'));
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String range(ResultSummary summary) {
        double[] values = summary.values();
        return "[" + number(values[0]) + ", " + number(values[values.length - 1]) + "]";
    }
}

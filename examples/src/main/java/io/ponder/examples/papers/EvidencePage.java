package io.ponder.examples.papers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows outcomes: a table for the terminal and a page in Markdown. */
public final class EvidencePage {
    private static final String LINE = "%-14s %-21s %-21s %-21s %6s %7s  %s%n";
    private static final int WIDTH = 104;

    private EvidencePage() {}

    /** Returns the table for the terminal: the first method, baseline and control of each experiment, and what it asks. */
    public static String table(List<Outcome> outcomes) {
        var text = new StringBuilder(String.format(LINE, "id", "method", "baseline", "control", "wins", "p", "verdict"));
        text.append("-".repeat(WIDTH)).append('\n');
        for (Outcome outcome : outcomes) {
            Experiment experiment = outcome.experiment();
            String against = compared(experiment);
            String method = experiment.arms(Role.METHOD).get(0).name();
            boolean any = !outcome.seeds().isEmpty();
            text.append(String.format(
                    LINE, experiment.id(), cell(outcome, method), cell(outcome, first(experiment, Role.BASELINE)),
                    cell(outcome, first(experiment, Role.CONTROL)), any ? outcome.wins(method, against) + "/" + outcome.seeds().size() : "-",
                    any ? number(outcome.signTest(method, against)) : "-", verdict(outcome)));
            text.append("               ").append(asked(experiment)).append('\n');
            if (!outcome.run()) continue;
            for (String failure : outcome.failures()) text.append("               ! ").append(failure).append('\n');
        }
        return text.toString();
    }

    private static String verdict(Outcome outcome) {
        if (!outcome.run()) return "not run";
        return outcome.passed() ? "pass" : "FAIL";
    }

    /** Says how many seeds the rows rest on, whatever was asked for. */
    private static String seedsRun(List<Outcome> outcomes) {
        int least = outcomes.stream().mapToInt(outcome -> outcome.seeds().size()).min().orElse(0);
        int most = outcomes.stream().mapToInt(outcome -> outcome.seeds().size()).max().orElse(0);
        if (least == most) return most + (most == 1 ? " seed of every row was run." : " seeds of every row were run.");
        long none = outcomes.stream().filter(outcome -> !outcome.run()).count();
        return "From " + least + " to " + most + " seeds of a row were run" + (none > 0 ? "; of " + none + " rows none." : ".");
    }

    /** Returns the arm that wins are counted against: the first baseline, else the first control. */
    static String compared(Experiment experiment) {
        String baseline = first(experiment, Role.BASELINE);
        if (baseline != null) return baseline;
        return experiment.arms(Role.CONTROL).get(0).name();
    }

    private static @Nullable String first(Experiment experiment, Role role) {
        Arm arm = experiment.first(role);
        return arm == null ? null : arm.name();
    }

    private static String asked(Experiment experiment) {
        List<String> texts = new ArrayList<>();
        for (Threshold threshold : experiment.thresholds()) texts.add(threshold.text());
        String line = experiment.metric() + "; " + String.join("; ", texts);
        return line.length() <= WIDTH - 15 ? line : line.substring(0, WIDTH - 18) + "...";
    }

    private static String cell(Outcome outcome, @Nullable String arm) {
        if (arm == null || outcome.seeds().isEmpty()) return "-";
        return number(outcome.mean(arm)) + " +- " + number(outcome.standardError(arm));
    }

    /**
     * Returns the page. It depends on nothing but what is given.
     *
     * @param command how the outcomes were made
     * @param machine where
     */
    public static String markdown(List<Outcome> outcomes, String command, String machine) {
        var text = new StringBuilder("""
                # Evidence

                What papers claim, run here: each method beside its baselines and its controls (the method with its mechanism switched off), all
                on the same seeds. A row passes where every method reaches every threshold, every control misses at least one, and what
                else its section asks holds. Wins are seeds on which the method is better than the baseline, p is that of the sign test
                (how probable so many wins are by chance, ties left out), +- is one standard error. "Better seed by seed" asks for
                p <= %s, with fewer than %d seeds for a win on every one. A baseline in the table may be what the method is only asked to
                match, so that a row may pass with few wins: the thresholds are in its section. This page, its pictures and
                `evidence.json` are written by `./ponder evidence --out DIR`; seeds are free (`--first-seed`).

                Made by `%s` on %s. %s

                | id | shown | method | baseline | control | wins | p | verdict |
                | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
                """.formatted(SignTest.LEVEL, SignTest.FEWEST, command, machine, seedsRun(outcomes)));
        for (Outcome outcome : outcomes) {
            Experiment experiment = outcome.experiment();
            String method = experiment.arms(Role.METHOD).get(0).name();
            String against = compared(experiment);
            boolean any = !outcome.seeds().isEmpty();
            text.append(String.format(
                    Locale.ROOT, "| [%s](#%s) | %s | %s | %s | %s | %s | %s | %s |%n", experiment.id(), experiment.id(), experiment.title(),
                    cell(outcome, method), cell(outcome, first(experiment, Role.BASELINE)), cell(outcome, first(experiment, Role.CONTROL)),
                    any ? outcome.wins(method, against) + "/" + outcome.seeds().size() : "-",
                    any ? number(outcome.signTest(method, against)) : "-", verdict(outcome).replace("FAIL", "**FAIL**")));
        }
        for (Outcome outcome : outcomes) details(text, outcome);
        return text.toString();
    }

    private static void details(StringBuilder text, Outcome outcome) {
        Experiment experiment = outcome.experiment();
        text.append("\n## ").append(experiment.id()).append("\n\n**").append(experiment.title()).append(".** ").append(experiment.claim());
        text.append("\n\n").append(experiment.paper()).append("\n\n");
        if (outcome.seeds().isEmpty()) {
            text.append(outcome.run() ? "Every seed ended with an error.\n" : "No seed was run.\n");
            return;
        }
        text.append("![").append(experiment.id()).append("](evidence/").append(experiment.id()).append(".svg)\n\n");
        String against = compared(experiment);
        text.append("| arm | role | ").append(experiment.metric()).append(" | better than ").append(against).append(" | p |\n");
        text.append("| --- | --- | ---: | ---: | ---: |\n");
        for (Arm arm : experiment.arms()) {
            boolean paired = arm.role() != Role.DETAIL && !arm.name().equals(against);
            text.append(String.format(
                    Locale.ROOT, "| %s | %s | %s | %s | %s |%n", arm.name(), arm.role().label(), cell(outcome, arm.name()),
                    paired ? outcome.wins(arm.name(), against) + "/" + outcome.seeds().size() : "",
                    paired ? number(outcome.signTest(arm.name(), against)) : ""));
        }
        text.append("\nThresholds, reached by every method; every control misses one:\n\n");
        for (Threshold threshold : experiment.thresholds()) {
            List<String> reached = new ArrayList<>();
            for (Arm arm : experiment.arms()) {
                if (arm.role() != Role.METHOD && arm.role() != Role.CONTROL) continue;
                reached.add(arm.name() + " " + (threshold.test().reached(outcome, arm.name()) ? "yes" : "no"));
            }
            text.append("- ").append(threshold.text()).append(": ").append(String.join(", ", reached)).append('\n');
        }
        for (Requirement requirement : experiment.requirements()) {
            text.append("- ").append(requirement.text()).append(": ").append(requirement.test().test(outcome) ? "yes" : "**no**").append('\n');
        }
        for (String remark : experiment.remarks()) text.append('\n').append(remark).append('\n');
        text.append(String.format(
                Locale.ROOT, "%n%s, %.1f s of one core a seed: `./ponder evidence %s`%n", seeds(outcome.seeds()), outcome.seconds() / outcome.seeds().size(), experiment.id()));
    }

    private static String seeds(List<Long> seeds) {
        long first = seeds.get(0);
        long last = seeds.get(seeds.size() - 1);
        return "Seeds " + first + " to " + last + (last - first + 1 > seeds.size() ? ", " + seeds.size() + " of them" : "");
    }

    /** Returns a number with three digits that say something. */
    static String number(double value) {
        if (!Double.isFinite(value)) return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
        double size = Math.abs(value);
        if (size == 0) return "0";
        if (size < 1e-3 || size >= 1e6) return String.format(Locale.ROOT, "%.1e", value);
        return String.format(Locale.ROOT, size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : size >= 0.01 ? "%.3f" : "%.4f", value);
    }
}

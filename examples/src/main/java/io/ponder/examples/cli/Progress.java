package io.ponder.examples.cli;

import io.ponder.examples.comparison.ComparisonListener;
import io.ponder.examples.comparison.EpisodeResult;
import io.ponder.examples.comparison.ExperimentResult;
import io.ponder.engine.plan.Clock;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows how far a run is: a bar that is drawn over itself on a terminal, a plain line for each finished experiment otherwise. Called by
 * one thread at a time.
 */
final class Progress implements ComparisonListener {
    private static final int BAR = 24;
    private static final int WIDTH = 78;

    private final PrintWriter out;
    private final boolean terminal;
    private final Clock clock;
    private long start;
    private int experiments;
    private int episodes;
    private int doneExperiments;
    private int doneEpisodes;
    private int missing;

    Progress(PrintWriter out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Tells whether standard output is a terminal that understands a carriage return. */
    static boolean onTerminal() {
        String kind = System.getenv("TERM");
        var console = System.console();
        if (console == null || "dumb".equals(kind)) return false;
        // From JDK 22 a console exists without a terminal; isTerminal says so, but JDK 17 does not have it.
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    @Override
    public void started(int plannedExperiments, int plannedEpisodes) {
        start = clock.nanoTime();
        experiments = plannedExperiments;
        episodes = plannedEpisodes;
        if (terminal) draw("");
        else say(plannedExperiments + " experiments, " + plannedEpisodes + " episodes; a line follows after each experiment:");
    }

    @Override
    public void episode(EpisodeResult episode) {
        doneEpisodes++;
        if (terminal) draw(episode.key().planner() + " on " + episode.key().environment());
    }

    @Override
    public void experiment(ExperimentResult result) {
        doneExperiments++;
        int planned = experiments == 0 ? 0 : episodes / experiments;
        missing += planned - result.episodes().size();
        if (result.failure() != null) {
            if (terminal) clear();
            say("failed: " + result.key() + ": " + result.failure());
        } else if (!terminal) {
            double score = result.finalScore();
            say(String.format(
                    Locale.ROOT, "%3d of %d, %4.0f s: %s%s", doneExperiments, experiments, seconds(), result.key(),
                    Double.isNaN(score) ? " (unfinished)" : String.format(Locale.ROOT, ": final return %.1f", score)));
        }
        if (terminal) draw("");
    }

    /** Removes the bar. */
    void finished() {
        if (terminal) clear();
        out.flush();
    }

    /** Writes a line, above the bar where there is one. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    private void draw(String what) {
        int left = Math.max(1, episodes - missing);
        double share = Math.min(1, doneEpisodes / (double) left);
        int filled = (int) (share * BAR);
        String time = String.format(Locale.ROOT, "%.0f s", seconds());
        if (share > 0.03 && share < 1) time += String.format(Locale.ROOT, ", about %.0f s left", seconds() * (1 - share) / share);
        String line = "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " + doneEpisodes + "/" + left + " episodes, " + time
                + (what.isEmpty() ? "" : "  " + what);
        if (line.length() > WIDTH) line = line.substring(0, WIDTH);
        out.print("\r" + line + " ".repeat(WIDTH - line.length()) + "\r");
        out.flush();
    }

    private void clear() {
        out.print("\r" + " ".repeat(WIDTH) + "\r");
    }

    private double seconds() {
        return (clock.nanoTime() - start) / 1e9;
    }
}

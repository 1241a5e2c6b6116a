package io.ponder.examples.cli;

import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.LearnedStep;
import io.ponder.examples.training.TrainingListener;
import io.ponder.examples.training.TrainingOption;
import io.ponder.examples.training.TrainingTask;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows how a training run goes on: a line for each evaluation, and on a terminal one in between that is drawn over itself. */
final class TrainingProgress implements TrainingListener {
    private static final int WIDTH = 78;
    private static final long REDRAW_NANOS = 500_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private final TrainingTask task;
    private final long goal;
    private long firstSteps;
    private double firstSeconds = Double.NaN;
    private long drawn;

    TrainingProgress(PrintWriter out, boolean terminal, TrainingTask task) {
        this.out = out;
        this.terminal = terminal;
        this.task = task;
        goal = task.settings().whole(TrainingOption.STEPS);
    }

    /** Says what begins, and what the columns are. */
    void started(long steps) {
        firstSteps = steps;
        out.printf(Locale.ROOT, "%s on %s, %d steps, seed %d%n", task.method().label(), task.environment().name(), goal, task.seed());
        out.println("   steps  seconds  learned   return (lowest .. highest)  loss (policy value reward)  search/network/learning");
        out.flush();
    }

    @Override
    public void round(long environmentSteps, double wallSeconds, long learnerSteps, @Nullable LearnedStep newest) {
        if (Double.isNaN(firstSeconds)) firstSeconds = wallSeconds;
        long now = System.nanoTime();
        if (!terminal || now - drawn < REDRAW_NANOS) return;
        drawn = now;
        double speed = (environmentSteps - firstSteps) / Math.max(1e-3, wallSeconds - firstSeconds);
        String line = String.format(Locale.ROOT, "%8d  %6.1f s  %d learned, %.0f steps/s, about %.0f s left%s", environmentSteps, wallSeconds,
                learnerSteps, speed, (goal - environmentSteps) / Math.max(1e-3, speed),
                newest == null ? "" : String.format(Locale.ROOT, ", loss %.3f", newest.loss()));
        if (line.length() > WIDTH) line = line.substring(0, WIDTH);
        out.print("\r" + line + " ".repeat(WIDTH - line.length()) + "\r");
        out.flush();
    }

    @Override
    public void evaluated(CurvePoint p, @Nullable LearnedStep newest) {
        clear();
        var parts = new StringBuilder();
        for (int i = 0; newest != null && i < newest.names().size(); i++) {
            parts.append(String.format(Locale.ROOT, "%s%.3f", i == 0 ? "" : " ", newest.parts()[i]));
        }
        out.printf(Locale.ROOT, "%8d %8.1f %8d %8.1f (%.1f .. %.1f)  %s (%s)  %.0f/%.0f/%.0f %%%n", p.environmentSteps(), p.wallSeconds(),
                p.learnerSteps(), p.evaluationReturnMean(), p.evaluationReturnMin(), p.evaluationReturnMax(),
                Double.isFinite(p.loss()) ? String.format(Locale.ROOT, "%.3f", p.loss()) : "-", parts, 100 * p.searchShare(),
                100 * p.networkShare(), 100 * p.learnShare());
        out.flush();
    }

    /** Removes what was drawn. */
    void finished() {
        clear();
        out.flush();
    }

    private void clear() {
        if (terminal) out.print("\r" + " ".repeat(WIDTH) + "\r");
    }
}

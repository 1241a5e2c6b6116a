package io.ponder.engine.planlog;

import io.ponder.engine.Checks;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Plan;
import io.ponder.engine.plan.Planner;
import io.ponder.engine.storage.AtomicWrite;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one planner, in order, from a moment at which it knew no earlier plans. A fresh planner with the same problem, parameters
 * and number of rows makes the same plans again from it, also those that a deadline or a cancellation ended, on any machine, any number of
 * threads and with either kernels (up to the kernels' rounding).
 *
 * <p>Two things are not in the log. Where a clock ended a tree search, its simulations are repeated, row by row as many as the row with the
 * most had; a search of several rows, or one that plans by the time it expects to have (sequential halving), may come out differently
 * then. And an executor on another device is never broken off.
 *
 * <p>Not thread-safe.
 */
public final class PlanLog {
    private final List<LoggedPlan> calls = new ArrayList<>();

    /** Creates an empty log. */
    public PlanLog() {}

    void add(LoggedPlan call) {
        calls.add(call);
    }

    /** Returns the calls so far. */
    public List<LoggedPlan> calls() {
        return List.copyOf(calls);
    }

    /**
     * Plans everything again.
     *
     * @param planner made as the one that was logged; forgets its earlier plans
     * @param model   the model of its problem
     * @return the first difference, or null where all plans are the same to the bit
     * @throws IllegalArgumentException if a call that time ended is not repeatable, or the planner is one for other sizes
     */
    public @Nullable ReplayDifference replay(Planner planner, WorldModel model) {
        planner.resetAll();
        for (int i = 0; i < calls.size(); i++) {
            LoggedPlan call = calls.get(i);
            planner.reset(call.resetRows());
            Plan plan = planner.plan(call.request(model), call.budget());
            Checks.same("horizon x actionSize x rows of the planner", plan.sequence().length, "that of the log", call.sequence().length);
            ReplayDifference found = difference(i, "actions", call.actions(), plan.actions());
            if (found == null) found = difference(i, "sequence", call.sequence(), plan.sequence());
            if (found == null) found = difference(i, "predictedReturn", call.predictedReturn(), plan.predictedReturn());
            if (found != null) return found;
        }
        return null;
    }

    private static @Nullable ReplayDifference difference(int call, String what, float[] logged, float[] replayed) {
        for (int i = 0; i < logged.length; i++) {
            if (Float.floatToIntBits(logged[i]) != Float.floatToIntBits(replayed[i])) {
                return new ReplayDifference(call, what, i, logged[i], replayed[i]);
            }
        }
        return null;
    }

    /**
     * Writes the log to a file, whole or not at all, in the format {@code ponder.planlog/1}: this name and a line feed in ASCII, then
     * big-endian numbers: the count of the calls, and for each the fields of {@link LoggedPlan} in their order, arrays after their length
     * (-1 for none), truths as a byte, the stop reason by name (as {@link DataOutputStream#writeUTF} writes it).
     */
    public void save(Path file) throws IOException {
        AtomicWrite.write(file, out -> {
            var data = new DataOutputStream(out);
            PlanLogFormat.write(calls, data);
            data.flush();
        });
    }

    /**
     * Reads a log.
     *
     * @throws IOException if the file cannot be read, is no log, or is torn
     */
    public static PlanLog load(Path file) throws IOException {
        var log = new PlanLog();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            PlanLogFormat.read(in, file.toString(), log.calls);
        }
        return log;
    }
}

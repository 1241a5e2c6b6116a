package io.ponder.examples.training;

import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.CheckpointManifest;
import io.ponder.engine.storage.EventFile;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.LearnedStep;
import io.ponder.engine.train.selfplay.SelfPlayCheckpoint;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.engine.train.selfplay.TrainingFailedException;
import io.ponder.examples.report.CurvePicture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Trains an agent and keeps everything about it in a folder: checkpoints, {@code curve.csv}, {@code curve.svg}, and a TensorBoard event
 * file.
 *
 * <p>A checkpoint is saved every {@link #SAVE_SECONDS} of wall clock and at the end. What the files hold beyond the checkpoint that a run
 * goes on from is taken back, because it will be made again.
 *
 * <p>{@link #run} is called by one thread; {@link #cancel} may come from any other.
 */
public final class TrainingRun implements AutoCloseable {
    /** Wall clock between two checkpoints. */
    static final double SAVE_SECONDS = 30;

    private static final String EVENT_BYTES = "eventBytes";

    private final TrainingTask task;
    private final Path folder;
    private final CheckpointFolder checkpoints;
    private final CurveFile curve;
    private final TrainingListener listener;
    private final @Nullable ForkJoinPool pool;
    private final SelfPlayLoop loop;
    private final EventFile events;
    private final Path eventFile;
    private @Nullable LearnedStep newest;
    private long lastSave = System.nanoTime();
    private long savedSteps = -1;

    /**
     * Prepares a run in a folder that exists.
     *
     * @param seconds time of playing and learning at most, may be infinite
     * @param threads 2 or more play while the calling thread learns
     * @param from    the checkpoint to go on from, or null to begin; not closed here
     * @throws IOException if the checkpoint is of another run, or a file cannot be written
     */
    public TrainingRun(
            TrainingTask task, Path folder, double seconds, int threads, @Nullable Checkpoint from, TrainingListener listener)
            throws IOException {
        this.task = task;
        this.folder = folder;
        this.listener = listener;
        checkpoints = new CheckpointFolder(folder);
        curve = new CurveFile(folder.resolve("curve.csv"));
        pool = threads > 1 ? new ForkJoinPool(threads - 1) : null;
        boolean done = false;
        SelfPlayLoop made = new SelfPlayLoop(task.selfPlay(), task.parameters(seconds), task.seed(), new Ears(), pool);
        try {
            loop = made;
            if (from != null) SelfPlayCheckpoint.resume(loop, from);
            curve.write(loop.curve());
            eventFile = folder.resolve("events.out.tfevents.ponder");
            cutEvents(from);
            events = EventFile.open(eventFile, now());
            savedSteps = from == null ? -1 : loop.steps();
            done = true;
        } finally {
            if (!done) {
                made.close();
                if (pool != null) pool.shutdown();
            }
        }
    }

    /** Takes back what was written to the event file after the checkpoint. */
    private void cutEvents(@Nullable Checkpoint from) throws IOException {
        if (!Files.exists(eventFile)) return;
        long bytes = from != null && from.manifest().training().contains(EVENT_BYTES) ? from.manifest().training().whole(EVENT_BYTES) : 0;
        try (FileChannel channel = FileChannel.open(eventFile, StandardOpenOption.WRITE)) {
            if (channel.size() > bytes) channel.truncate(bytes);
        }
    }

    /** Hears the loop. */
    private final class Ears implements SelfPlayListener {
        @Override
        public void learned(long learnerSteps, LearnedStep step) {
            newest = step;
        }

        @Override
        public void roundEnded(long environmentSteps, double wallSeconds, long learnerSteps) {
            listener.round(environmentSteps, wallSeconds, learnerSteps, newest);
            if (System.nanoTime() - lastSave >= SAVE_SECONDS * 1e9) save();
        }

        @Override
        public void evaluated(CurvePoint point) {
            try {
                curve.append(point);
                write(point);
                picture();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener.evaluated(point, newest);
        }
    }

    private void write(CurvePoint point) throws IOException {
        long step = point.environmentSteps();
        double time = now();
        events.scalar("evaluation/returnMean", step, time, (float) point.evaluationReturnMean());
        events.scalar("evaluation/returnMin", step, time, (float) point.evaluationReturnMin());
        events.scalar("evaluation/returnMax", step, time, (float) point.evaluationReturnMax());
        if (point.episodes() > 0) events.scalar("selfPlay/returnMean", step, time, (float) point.selfPlayReturnMean());
        if (Double.isFinite(point.loss())) events.scalar("loss/total", step, time, (float) point.loss());
        LearnedStep parts = newest;
        for (int i = 0; parts != null && i < parts.names().size(); i++) {
            events.scalar("loss/" + parts.names().get(i), step, time, (float) parts.parts()[i]);
        }
        if (parts != null) events.scalar("gradientNorm", step, time, (float) parts.gradientNorm());
        events.scalar("time/wallSeconds", step, time, (float) point.wallSeconds());
        events.scalar("time/searchShare", step, time, (float) point.searchShare());
        events.scalar("time/networkShare", step, time, (float) point.networkShare());
        events.scalar("time/learnShare", step, time, (float) point.learnShare());
        events.flush();
    }

    private void picture() throws IOException {
        CurvePicture.write(folder.resolve("curve.svg"), task.method().label() + " on " + task.environment().name(), loop.curve());
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    /** Scores by something else than the environment's return, such as games against an opponent. */
    public void evaluateBy(SelfPlayLoop.Evaluator evaluator) {
        loop.evaluateBy(evaluator);
    }

    /**
     * Trains until a limit is reached or {@link #cancel} is called, and saves.
     *
     * @return the curve
     * @throws TrainingFailedException if the losses are not finite; the message names the last good checkpoint
     * @throws IOException             if a file cannot be written
     */
    public List<CurvePoint> run() throws IOException {
        try {
            List<CurvePoint> points = loop.run();
            if (savedSteps != loop.steps() || !loop.cancelled()) save();
            return points;
        } catch (TrainingFailedException failed) {
            throw new TrainingFailedException(withCheckpoint(String.valueOf(failed.getMessage())));
        } catch (UncheckedIOException disk) {
            throw disk.getCause();
        }
    }

    /** Says before the advice from where the run can go on. */
    private String withCheckpoint(String message) {
        String[] parts = message.split("\n", 2);
        String where = savedSteps < 0
                ? " No checkpoint was saved before."
                : " The last good checkpoint, in " + folder + ", is of step " + savedSteps + ".";
        return parts[0] + where + (parts.length > 1 ? "\n" + parts[1] : "");
    }

    private void save() {
        try {
            events.flush();
            CheckpointManifest manifest = task.manifest();
            manifest.training().put(EVENT_BYTES, Files.size(eventFile));
            SelfPlayCheckpoint.save(loop, checkpoints, manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        savedSteps = loop.steps();
        lastSave = System.nanoTime();
        listener.saved(savedSteps);
    }

    /** Ends the run soon; everything is saved. Safe from any thread. */
    public void cancel() {
        loop.cancel();
    }

    /** Returns the loop. */
    public SelfPlayLoop loop() {
        return loop;
    }

    /** Returns the page with the curve. */
    public Path pictureFile() {
        return folder.resolve("curve.svg");
    }

    @Override
    public void close() throws IOException {
        loop.close();
        if (pool != null) pool.shutdown();
        events.close();
    }
}

package io.ponder.engine.train;

import io.ponder.engine.Checks;
import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/**
 * Imagines from stored observations with the actions that were really taken, without looking at what really happened in between.
 * Columns run (start, particle), the last fastest.
 */
final class OpenLoop {
    private final WorldModel model;
    private final ObservationModel observer;
    private final TransitionStore store;
    private final int particles;
    private final int[] column;
    private final float[] actions;
    private final float[] observations;
    private final ColumnKeys keys;
    private StepBuffer from;
    private StepBuffer to;
    private int starts;

    OpenLoop(WorldModel model, TransitionStore store, int maximumStarts, int particles) {
        this.model = model;
        this.store = store;
        this.particles = Checks.positive("particles", particles);
        Checks.same("observationSize of the store", store.observationSize(), "that of the model", model.spec().observationSize());
        Checks.same("actionSize of the store", store.actionSize(), "that of the model", model.spec().actionSize());
        observer = observer(model);
        int columns = Math.multiplyExact(maximumStarts, particles);
        column = new int[columns];
        actions = new float[Math.multiplyExact(store.actionSize(), columns)];
        observations = new float[Math.multiplyExact(store.observationSize(), columns)];
        keys = new ColumnKeys(columns);
        from = new StepBuffer(model.spec(), columns);
        to = new StepBuffer(model.spec(), columns);
    }

    private static ObservationModel observer(WorldModel model) {
        ObservationModel found = model.as(ObservationModel.class);
        if (found != null) return found;
        throw new IllegalArgumentException("The model " + model.getClass().getSimpleName()
                + " is not an ObservationModel, so its imagined states cannot be compared with observations.");
    }

    /** Begins at the observations of {@code rows[first .. first + count - 1]}; the samples are numbered from {@code firstSample}. */
    void begin(int[] rows, int first, int count, long key, int firstSample) {
        starts = count;
        int columns = count * particles;
        chooseColumns(rows, first, 0);
        store.gatherObservations(column, 0, columns, observations, 0);
        ModelState state = from.next();
        model.init(observations, columns, state);
        keys.resize(columns).step(0).set(0, columns, key, firstSample);
        model.begin(state, keys);
    }

    /** Takes step {@code t} of every start: the actions are those of the rows {@code t} behind the starts. */
    void step(int[] rows, int first, int t) {
        chooseColumns(rows, first, t);
        store.gatherActions(column, 0, starts * particles, actions, 0);
        model.step(from.next(), actions, keys.step(t), to);
        StepBuffer swap = from;
        from = to;
        to = swap;
        observer.observe(from.next(), observations);
    }

    /** Returns the imagined observations {@code [O x (starts * particles)]} of the last step. */
    float[] observations() {
        return observations;
    }

    /** Returns the imagined rewards {@code [starts * particles]} of the last step. */
    float[] rewards() {
        return from.reward();
    }

    private void chooseColumns(int[] rows, int first, int t) {
        for (int i = 0, j = 0; i < starts; i++) for (int p = 0; p < particles; p++) column[j++] = rows[first + i] + t;
    }
}

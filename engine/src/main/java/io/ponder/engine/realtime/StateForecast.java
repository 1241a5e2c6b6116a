package io.ponder.engine.realtime;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;

/** Rolls one state forward through actions that are already decided. */
final class StateForecast {
    private final WorldModel model;
    private final StepBuffer even;
    private final StepBuffer odd;
    private final ColumnKeys keys = new ColumnKeys(1);
    private final float[] action;

    StateForecast(WorldModel model) {
        this.model = model;
        even = new StepBuffer(model.spec(), 1);
        odd = new StepBuffer(model.spec(), 1);
        action = new float[model.spec().actionSize()];
    }

    /**
     * Writes where the system will be.
     *
     * @param actions {@code [steps x A]}
     * @param out     one column. Modified.
     */
    void run(float[] observation, float[] actions, int steps, long key, ModelState out) {
        StepBuffer from = even;
        StepBuffer to = odd;
        model.init(observation, 1, from.next());
        keys.resize(1).set(0, 1, key, 0);
        model.begin(from.next(), keys.step(0));
        for (int t = 0; t < steps; t++) {
            System.arraycopy(actions, t * action.length, action, 0, action.length);
            model.step(from.next(), action, keys.step(t), to);
            StepBuffer swap = from;
            from = to;
            to = swap;
        }
        out.copyFrom(from.next());
    }
}

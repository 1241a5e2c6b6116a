package io.ponder.worldmodels.wrappers;

import io.ponder.engine.Checks;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.ModelWrapper;
import io.ponder.engine.model.ObservationModel;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;

/**
 * Holds every action for a number of steps of the inner model: one step of this model is so many of it, with their discounted rewards
 * added up. A search over long times then needs few decisions; the first action of a plan may still be taken for a single step only.
 *
 * <p>Where an episode ends on the way the later steps earn nothing, and the next state is whatever the inner model makes of it. One
 * thread at a time; allocates nothing once it has seen its largest batch.
 */
public final class HeldActions extends ModelWrapper {
    private final int times;
    private StepBuffer even;
    private StepBuffer odd;
    private int capacity;

    /**
     * Wraps {@code inner}.
     *
     * @param times steps for which an action is held, at least 1
     */
    public HeldActions(WorldModel inner, int times) {
        super(inner);
        this.times = Checks.positive("times", times);
        even = new StepBuffer(inner.spec(), 1);
        odd = even;
    }

    @Override
    public int stepCost() {
        return Math.multiplyExact(times, inner().stepCost());
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = state.columns();
        reserve(columns);
        int step = keys.step();
        ModelState from = state;
        StepBuffer to = even;
        Arrays.fill(out.reward(), 0, spec().players() * columns, 0);
        Arrays.fill(out.discount(), 0, columns, 1);
        for (int i = 0; i < times; i++) {
            inner().step(from, actions, keys.step(step * times + i), to);
            add(to, columns, out);
            from = to.next();
            to = to == even ? odd : even;
        }
        keys.step(step);
        out.next().copyFrom(from);
    }

    private void reserve(int columns) {
        if (capacity >= columns) return;
        capacity = columns;
        even = new StepBuffer(spec(), columns);
        odd = new StepBuffer(spec(), columns);
    }

    private void add(StepBuffer step, int columns, StepBuffer out) {
        float[] weight = out.discount();
        for (int p = 0; p < spec().players(); p++) {
            for (int k = 0; k < columns; k++) {
                // What a model says after the end of an episode does not count, not even a NaN.
                if (weight[k] != 0) out.reward()[p * columns + k] += weight[k] * step.reward()[p * columns + k];
            }
        }
        for (int k = 0; k < columns; k++) weight[k] = weight[k] != 0 ? weight[k] * step.discount()[k] : 0;
    }

    /** What the members predict is a single step. */
    @Override
    protected boolean passes(Class<?> capability) {
        return capability == ObservationModel.class;
    }

    @Override
    public WorldModel fork() {
        return new HeldActions(inner().fork(), times);
    }
}

package io.ponder.planners;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import java.util.SplittableRandom;

/** A double integrator that now and then does what no model should: throws, stalls, or answers with what is no number. */
final class FaultyModel extends TestModels.DoubleIntegrator {
    /** One step in so many is faulty. */
    static final int RARITY = 4;

    private final SplittableRandom random;
    /** The time of a clock that moves when the model stalls. */
    long now;

    FaultyModel(int actionCount, long seed) {
        super(actionCount);
        random = new SplittableRandom(seed);
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        super.init(observations, columns, out);
        if (random.nextInt(50) == 0) out.values()[random.nextInt(2 * columns)] = badNumber();
    }

    @Override
    public void begin(ModelState state, ColumnKeys keys) {
        if (random.nextInt(40) == 0) throw new IllegalStateException("no beginning");
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        super.step(state, actions, keys, out);
        now += 1000L * state.columns();
        if (random.nextInt(RARITY) > 0) return;
        int k = random.nextInt(state.columns());
        switch (random.nextInt(9)) {
            case 0 -> out.reward()[k] = badNumber();
            case 1 -> out.discount()[k] = badNumber();
            case 2 -> out.next().values()[k] = badNumber();
            case 3 -> java.util.Arrays.fill(out.reward(), Float.NaN);
            case 4 -> throw new IllegalStateException("no step");
            case 5 -> throw new StackOverflowError();
            case 6 -> throw new AssertionError("no step");
            case 7 -> now += 5_000_000;
            default -> out.reward()[k] = random.nextBoolean() ? 3e38f : -3e38f;
        }
    }

    @Override
    public void backward(
            ModelState state,
            float[] actions,
            ColumnKeys keys,
            float[] nextCotangent,
            float[] rewardCotangent,
            float[] stateCotangent,
            float[] actionCotangent) {
        super.backward(state, actions, keys, nextCotangent, rewardCotangent, stateCotangent, actionCotangent);
        if (random.nextInt(RARITY) > 0) return;
        switch (random.nextInt(3)) {
            case 0 -> actionCotangent[random.nextInt(state.columns())] = badNumber();
            case 1 -> stateCotangent[random.nextInt(state.columns())] = badNumber();
            default -> throw new ArithmeticException("no gradient");
        }
    }

    private float badNumber() {
        return switch (random.nextInt(4)) {
            case 0 -> Float.NaN;
            case 1 -> Float.POSITIVE_INFINITY;
            case 2 -> Float.NEGATIVE_INFINITY;
            default -> 3e38f;
        };
    }
}

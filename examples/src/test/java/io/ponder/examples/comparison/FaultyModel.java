package io.ponder.examples.comparison;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A model that now and then does what none should: throws, stalls, or answers with what is no number. */
final class FaultyModel implements WorldModel, Differentiable {
    /** One step in so many is faulty. */
    private static final int RARITY = 4;

    private final WorldModel sound;
    private final SplittableRandom random;
    /** The time of a clock that moves when the model works or stalls. */
    private final long[] now;

    FaultyModel(WorldModel sound, long seed, long[] now) {
        this.sound = sound;
        this.now = now;
        random = new SplittableRandom(seed);
    }

    @Override
    public ModelSpec spec() {
        return sound.spec();
    }

    @Override
    public void init(float[] observations, int columns, ModelState out) {
        sound.init(observations, columns, out);
        if (random.nextInt(50) == 0) out.values()[random.nextInt(out.stateSize() * columns)] = badNumber();
    }

    @Override
    public void begin(ModelState state, ColumnKeys keys) {
        if (random.nextInt(40) == 0) throw new IllegalStateException("no beginning");
    }

    @Override
    public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        sound.step(state, actions, keys, out);
        now[0] += 1000L * state.columns();
        if (random.nextInt(RARITY) > 0) return;
        int k = random.nextInt(state.columns());
        switch (random.nextInt(9)) {
            case 0 -> out.reward()[k] = badNumber();
            case 1 -> out.discount()[k] = badNumber();
            case 2 -> out.next().values()[k] = badNumber();
            case 3 -> Arrays.fill(out.reward(), 0, state.columns(), Float.NaN);
            case 4 -> throw new IllegalStateException("no step");
            case 5 -> throw new StackOverflowError();
            case 6 -> throw new AssertionError("no step");
            case 7 -> now[0] += 5_000_000;
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
        Differentiable derivatives = Objects.requireNonNull(sound.as(Differentiable.class));
        derivatives.backward(state, actions, keys, nextCotangent, rewardCotangent, stateCotangent, actionCotangent);
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

    @Override
    public WorldModel fork() {
        return new FaultyModel(sound.fork(), random.nextLong(), now);
    }

    @Override
    public int blockColumns() {
        return 16;
    }

    @Override
    public <T> @Nullable T as(Class<T> capability) {
        if (capability == Differentiable.class && sound.as(Differentiable.class) == null) return null;
        return capability.isInstance(this) ? capability.cast(this) : null;
    }
}

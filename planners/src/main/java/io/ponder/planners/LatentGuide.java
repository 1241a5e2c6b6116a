package io.ponder.planners;

import io.ponder.engine.model.ActionSampler;
import io.ponder.engine.model.ActionSamples;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LatentHeads;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.Policy;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Takes the policy and the value that a learned model has of its own states for planners of continuous actions: the policy to draw
 * candidates ({@link PolicyCandidates}), the value for what comes after the horizon.
 *
 * <p>Each thread gets a fork of the model. Allocates nothing once a thread has seen its largest batch.
 *
 * <p>Source: Hansen, Wang and Su 2022, Temporal difference learning for model predictive control.
 */
public final class LatentGuide {
    private LatentGuide() {}

    /**
     * Returns a problem whose policy and terminal value are those of its model.
     *
     * @throws IllegalArgumentException if the model knows no values, or cannot propose actions
     */
    public static Problem guided(Problem problem) {
        return problem.withPolicy(policy(problem.model())).withTerminalValue(value(problem.model()));
    }

    /**
     * Returns the value of a model's states, that of the first player.
     *
     * @throws IllegalArgumentException if the model is no {@link LatentHeads}
     */
    public static ValueFunction value(WorldModel model) {
        require(model, LatentHeads.class);
        ThreadLocal<Judge> judges = ThreadLocal.withInitial(() -> new Judge(model.fork()));
        return (state, out) -> judges.get().value(state, out);
    }

    /**
     * Returns the policy of a model, which draws one action for each column.
     *
     * @throws IllegalArgumentException if the model is no {@link ActionSampler}
     */
    public static Policy policy(WorldModel model) {
        require(model, ActionSampler.class);
        ThreadLocal<Actor> actors = ThreadLocal.withInitial(() -> new Actor(model.fork()));
        return (states, keys, actions) -> actors.get().act(states, keys, actions);
    }

    private static <T> T require(WorldModel model, Class<T> capability) {
        T found = model.as(capability);
        if (found != null) return found;
        throw new IllegalArgumentException("The model is no " + capability.getSimpleName() + ", but its " + (capability == LatentHeads.class ? "value" : "policy")
                + " is asked for.\nMaybe give the problem a policy and a terminal value of their own.");
    }

    private static final class Judge {
        private final WorldModel model;
        private final LatentHeads heads;
        private @Nullable NodeBuffer nodes;
        private @Nullable ColumnKeys keys;

        Judge(WorldModel model) {
            this.model = model;
            heads = require(model, LatentHeads.class);
        }

        void value(ModelState state, float[] out) {
            int columns = state.columns();
            NodeBuffer buffer = nodes;
            ColumnKeys random = keys;
            if (buffer == null || random == null || buffer.capacity() < columns) {
                buffer = new NodeBuffer(model.spec(), heads, columns);
                random = new ColumnKeys(columns);
                nodes = buffer;
                keys = random;
            }
            heads.evaluate(state, random.resize(columns).step(0), buffer);
            System.arraycopy(buffer.value(), 0, out, 0, columns);
        }
    }

    private static final class Actor {
        private final WorldModel model;
        private final ActionSampler sampler;
        private @Nullable ActionSamples samples;
        private int room;

        Actor(WorldModel model) {
            this.model = model;
            sampler = require(model, ActionSampler.class);
        }

        void act(ModelState states, ColumnKeys keys, float[] actions) {
            int columns = states.columns();
            ActionSamples buffer = samples;
            if (buffer == null || room < columns) {
                buffer = new ActionSamples(model.spec().actionSize(), 1, columns);
                samples = buffer;
                room = columns;
            }
            sampler.sample(states, 1, keys, buffer);
            System.arraycopy(buffer.actions(), 0, actions, 0, model.spec().actionSize() * columns);
        }
    }
}

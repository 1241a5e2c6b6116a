package io.ponder.engine.train;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Environment;
import io.ponder.engine.env.Space;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.tensor.RandomStream;

/** A point on a line: x' = x + 0.5 u, reward -x'^2, ends where |x'| > 3. Starts uniformly in [-1, 1]. */
final class PointEnvironment implements Environment {
    static final int LIMIT = 20;

    private final StepResult result = new StepResult(1);
    private RandomStream random = new RandomStream(0, 0);
    private double x;
    private int elapsed;

    static LambdaModel model() {
        return LambdaModel.of(1, 1, (observation, action, next) -> {
            next[0] = observation[0] + 0.5f * action[0];
            return -next[0] * next[0];
        }).endingWhere(next -> Math.abs(next[0]) > 3);
    }

    @Override
    public String name() {
        return "point";
    }

    @Override
    public Space observationSpace() {
        return Box.of(1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @Override
    public Space actionSpace() {
        return Box.of(1, -1, 1);
    }

    @Override
    public StepResult reset(long seed) {
        random = new RandomStream(seed, 0);
        return reset();
    }

    @Override
    public StepResult reset() {
        return start(random.nextDouble() * 2 - 1);
    }

    private StepResult start(double newX) {
        x = newX;
        elapsed = 0;
        result.start().observation()[0] = (float) x;
        return result;
    }

    @Override
    public StepResult step(float[] action) {
        x += 0.5 * action[0];
        result.observation()[0] = (float) x;
        result.set(-x * x, Math.abs(x) > 3);
        return ++elapsed >= LIMIT ? result.truncate() : result;
    }

    @Override
    public int stateSize() {
        return 1;
    }

    @Override
    public void readState(double[] state) {
        state[0] = x;
    }

    @Override
    public StepResult writeState(double[] state) {
        return start(state[0]);
    }
}

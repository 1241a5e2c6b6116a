package io.ponder.engine.classic;

import java.util.Arrays;

/** Steps blocks of MountainCar-v0 or MountainCarContinuous-v0. State and observation: position, speed. */
public final class MountainCarBatch implements BatchedTask {
    private final boolean continuous;

    private MountainCarBatch(boolean continuous) {
        this.continuous = continuous;
    }

    /** Returns MountainCar-v0: three actions, -1 a step. */
    public static MountainCarBatch discrete() {
        return new MountainCarBatch(false);
    }

    /** Returns MountainCarContinuous-v0: one force, 100 at the goal. */
    public static MountainCarBatch continuous() {
        return new MountainCarBatch(true);
    }

    @Override
    public String name() {
        return continuous ? "MountainCarContinuous-v0" : "MountainCar-v0";
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public int observationSize() {
        return 2;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public int actionCount() {
        return continuous ? 0 : 3;
    }

    @Override
    public int scratchRows() {
        return 4;
    }

    @Override
    public void step(
            float[] state, float[] action, int columns, float[] next, float[] reward, float[] discount, float[][] scratch) {
        float[] speed = scratch[0];
        float[] thrust = scratch[1];
        float[] cosine = scratch[2];
        float[] position = scratch[3];
        Rows.read(state, 1, columns, speed);
        for (int k = 0; k < columns; k++) cosine[k] = 3 * state[k];
        Rows.cosine(cosine, columns, cosine);
        if (continuous) {
            for (int k = 0; k < columns; k++) thrust[k] = MountainCarEquations.continuousThrust(action[k]);
        } else {
            for (int k = 0; k < columns; k++) thrust[k] = MountainCarEquations.discreteThrust(action[k]);
        }
        for (int k = 0; k < columns; k++) speed[k] = MountainCarEquations.nextSpeed(cosine[k], speed[k], thrust[k]);
        for (int k = 0; k < columns; k++) position[k] = MountainCarEquations.nextPosition(state[k], speed[k]);
        for (int k = 0; k < columns; k++) speed[k] = MountainCarEquations.speedAtWall(position[k], speed[k]);
        Rows.write(position, next, 0, columns);
        Rows.write(speed, next, 1, columns);
        float goal = (float) (continuous ? MountainCarEquations.CONTINUOUS_GOAL : MountainCarEquations.GOAL);
        for (int k = 0; k < columns; k++) discount[k] = MountainCarEquations.discount(position[k], speed[k], goal);
        if (continuous) {
            for (int k = 0; k < columns; k++) reward[k] = MountainCarEquations.continuousReward(discount[k], action[k]);
        } else {
            Arrays.fill(reward, 0, columns, -1);
        }
    }

    @Override
    public void observe(float[] state, int columns, float[] observation) {
        System.arraycopy(state, 0, observation, 0, 2 * columns);
    }

    @Override
    public void stateOf(float[] observation, int columns, float[] state) {
        System.arraycopy(observation, 0, state, 0, 2 * columns);
    }
}

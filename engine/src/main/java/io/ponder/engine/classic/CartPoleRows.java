package io.ponder.engine.classic;

/** Steps the rows of cart-poles in place, one equation a pass. The constants name the rows of the work space. */
final class CartPoleRows {
    static final int POSITION = 0;
    static final int SPEED = 1;
    static final int ANGLE = 2;
    static final int POLE_SPEED = 3;
    static final int FORCE = 4;
    static final int SINE = 5;
    static final int COSINE = 6;
    static final int PUSH = 7;
    static final int POLE_ACCELERATION = 8;
    static final int COUNT = 9;

    private CartPoleRows() {}

    static void read(float[] state, int columns, float[][] rows) {
        for (int row = 0; row < 4; row++) Rows.read(state, row, columns, rows[row]);
    }

    static void write(float[][] rows, int columns, float[] next) {
        for (int row = 0; row < 4; row++) Rows.write(rows[row], next, row, columns);
    }

    static void discreteForce(float[] action, int columns, float[] force) {
        for (int k = 0; k < columns; k++) force[k] = CartPoleEquations.discreteForce(action[k]);
    }

    static void continuousForce(float[] action, int columns, float[] force) {
        for (int k = 0; k < columns; k++) force[k] = CartPoleEquations.continuousForce(action[k]);
    }

    /** Fills sine and cosine of the angle. */
    static void trigonometry(int columns, float[][] rows) {
        Rows.sine(rows[ANGLE], columns, rows[SINE]);
        Rows.cosine(rows[ANGLE], columns, rows[COSINE]);
    }

    /** Makes one Euler step; sine and cosine must be those of the angle and are stale afterwards. */
    static void euler(int columns, float[][] rows) {
        float[] speed = rows[SPEED];
        float[] poleSpeed = rows[POLE_SPEED];
        float[] force = rows[FORCE];
        float[] sine = rows[SINE];
        float[] cosine = rows[COSINE];
        float[] push = rows[PUSH];
        float[] poleAcceleration = rows[POLE_ACCELERATION];
        float timeStep = (float) CartPoleEquations.TIME_STEP;
        for (int k = 0; k < columns; k++) push[k] = CartPoleEquations.push(sine[k], poleSpeed[k], force[k]);
        for (int k = 0; k < columns; k++) {
            poleAcceleration[k] = CartPoleEquations.poleAcceleration(sine[k], cosine[k], push[k]);
        }
        for (int k = 0; k < columns; k++) {
            push[k] = CartPoleEquations.cartAcceleration(cosine[k], push[k], poleAcceleration[k]);
        }
        Rows.euler(rows[POSITION], speed, timeStep, columns, rows[POSITION]);
        Rows.euler(speed, push, timeStep, columns, speed);
        Rows.euler(rows[ANGLE], poleSpeed, timeStep, columns, rows[ANGLE]);
        Rows.euler(poleSpeed, poleAcceleration, timeStep, columns, poleSpeed);
    }

    static void discount(int columns, float[][] rows, float[] discount) {
        float[] position = rows[POSITION];
        float[] angle = rows[ANGLE];
        for (int k = 0; k < columns; k++) discount[k] = CartPoleEquations.discount(position[k], angle[k]);
    }
}

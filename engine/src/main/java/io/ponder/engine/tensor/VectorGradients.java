package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives of the activations over blocks: dx = dy f'(saved).
 *
 * <p>What does not fill a vector at the end is covered by one vector that overlaps the one before; it is computed before anything is
 * stored, so that a block may be its own output. Fewer entries than lanes go through a scratch vector. Every entry thus sees the
 * same instructions wherever it lies.
 */
final class VectorGradients {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGradients() {}

    static void relu(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.reluGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L)).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.reluGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.reluGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

    static void tanh(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.tanhGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L)).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.tanhGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.tanhGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

    static void sigmoid(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.sigmoidGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L)).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.sigmoidGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.sigmoidGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

    static void silu(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.siluGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L)).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.siluGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.siluGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

    static void softplus(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.softplusGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L)).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.softplusGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.softplusGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

    static void mish(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.mishGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L)).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.mishGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last));
        for (int i = 0; i < last; i += L) {
            VectorMath.mishGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i))
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

    static void elu(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        if (n < L) {
            float[] lanes = Lanes.load(n, s, so, dy, dyo);
            VectorMath.eluGradient(FloatVector.fromArray(S, lanes, 0), FloatVector.fromArray(S, lanes, L), alpha).intoArray(lanes, 0);
            Lanes.store(n, dx, dxo);
            return;
        }
        int last = n - L;
        FloatVector tail = VectorMath.eluGradient(FloatVector.fromArray(S, s, so + last), FloatVector.fromArray(S, dy, dyo + last), alpha);
        for (int i = 0; i < last; i += L) {
            VectorMath.eluGradient(FloatVector.fromArray(S, s, so + i), FloatVector.fromArray(S, dy, dyo + i), alpha)
                    .intoArray(dx, dxo + i);
        }
        tail.intoArray(dx, dxo + last);
    }

}

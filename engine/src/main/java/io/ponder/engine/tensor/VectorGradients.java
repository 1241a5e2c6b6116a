package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives of the activations over blocks: dx = dy f'(saved).
 *
 * <p>What does not fill a vector at the end goes through a scratch vector in the last round of the same loop, so that every entry sees the
 * same instructions wherever it lies. A function is called in one place only: called in a second, rarely run one it is not inlined
 * there, and a vector that lives across the loop is put into an object in every round.
 */
final class VectorGradients {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGradients() {}

    static void relu(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.reluGradient(saved, slope).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }

    static void tanh(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.tanhGradient(saved, slope).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }

    static void sigmoid(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.sigmoidGradient(saved, slope).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }

    static void silu(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.siluGradient(saved, slope).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }

    static void softplus(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.softplusGradient(saved, slope).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }

    static void mish(int n, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.mishGradient(saved, slope).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }

    static void elu(int n, float alpha, float[] s, int so, float[] dy, int dyo, float[] dx, int dxo) {
        int rest = n % L;
        int whole = n - rest;
        float[] lanes = Lanes.load(rest, s, so + whole, dy, dyo + whole);
        for (int i = 0; i < n; i += L) {
            boolean last = i == whole;
            FloatVector saved = FloatVector.fromArray(S, last ? lanes : s, last ? 0 : so + i);
            FloatVector slope = FloatVector.fromArray(S, last ? lanes : dy, last ? L : dyo + i);
            VectorMath.eluGradient(saved, slope, alpha).intoArray(last ? lanes : dx, last ? 0 : dxo + i);
        }
        Lanes.store(rest, dx, dxo + whole);
    }
}

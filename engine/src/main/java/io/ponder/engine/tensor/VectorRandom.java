package io.ponder.engine.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fills rows with random numbers, one sample a lane: Threefry in integer lanes, Box and Muller by polynomials.
 *
 * <p>A pair of draws of one block is made at once. Columns that do not fill a vector are covered by one that overlaps the one before, or
 * go through scratch; as a number depends on its sample alone, writing it twice is harmless.
 */
final class VectorRandom {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Radians of half the angle, for a word taken as a signed number. */
    private static final float HALF_ANGLE_PER_WORD = (float) (Math.PI * 0x1p-32);

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private VectorRandom() {}

    /** Keys of one vector of columns and room for two rows. */
    private static final class Scratch {
        final int[] key0 = new int[L];
        final int[] key1 = new int[L];
        final int[] sample = new int[L];
        final float[] rows = new float[2 * L];
    }

    static void fill(
            boolean normal, int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int oo, int os) {
        Scratch s = SCRATCH.get();
        for (int j = 0; j < L; j++) {
            s.key0[j] = key0;
            s.key1[j] = key1;
            s.sample[j] = j;
        }
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            int at = oo + d * os;
            int j = 0;
            if (pair) {
                for (; j + L <= columns; j += L) {
                    lanes(normal, s.key0, s.key1, s.sample, 0, firstSample + j, draw >>> 1, out, at + j, at + os + j);
                }
            }
            for (; j < columns; j += L) {
                // The last columns of a row, or a single draw: made in scratch, then what is wanted is copied.
                int width = Math.min(L, columns - j);
                lanes(normal, s.key0, s.key1, s.sample, 0, firstSample + j, draw >>> 1, s.rows, 0, L);
                System.arraycopy(s.rows, (draw & 1) * L, out, at + j, width);
                if (pair) System.arraycopy(s.rows, L, out, at + os + j, width);
            }
            d += pair ? 2 : 1;
        }
    }

    static void fill(
            boolean normal, int[] key0, int[] key1, int[] sample, int ko, int firstDraw, int draws, int columns,
            float[] out, int oo, int os) {
        Scratch s = SCRATCH.get();
        int whole = columns - columns % L;
        int left = columns - whole;
        if (left > 0) {
            System.arraycopy(key0, ko + whole, s.key0, 0, left);
            System.arraycopy(key1, ko + whole, s.key1, 0, left);
            System.arraycopy(sample, ko + whole, s.sample, 0, left);
        }
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            int at = oo + d * os;
            for (int j = 0; j < columns; j += L) {
                int width = Math.min(L, columns - j);
                if (pair && width == L) {
                    lanes(normal, key0, key1, sample, ko + j, 0, draw >>> 1, out, at + j, at + os + j);
                } else {
                    if (width == L) lanes(normal, key0, key1, sample, ko + j, 0, draw >>> 1, s.rows, 0, L);
                    else lanes(normal, s.key0, s.key1, s.sample, 0, 0, draw >>> 1, s.rows, 0, L);
                    System.arraycopy(s.rows, (draw & 1) * L, out, at + j, width);
                    if (pair) System.arraycopy(s.rows, L, out, at + os + j, width);
                }
            }
            d += pair ? 2 : 1;
        }
    }

    private static void lanes(
            boolean normal, int[] key0, int[] key1, int[] sample, int ko, int base, int counter, float[] out, int o0, int o1) {
        if (normal) normals(key0, key1, sample, ko, base, counter, out, o0, o1);
        else uniforms(key0, key1, sample, ko, base, counter, out, o0, o1);
    }

    private static IntVector mix(IntVector x0, IntVector x1, int rotation) {
        return x1.lanewise(VectorOperators.ROL, rotation).lanewise(VectorOperators.XOR, x0);
    }

    /** Writes the two uniforms of one block for each of L columns. */
    private static void uniforms(
            int[] key0, int[] key1, int[] sample, int ko, int base, int counter, float[] out, int o0, int o1) {
        IntVector k0 = IntVector.fromArray(I, key0, ko);
        IntVector k1 = IntVector.fromArray(I, key1, ko);
        IntVector k2 = k0.lanewise(VectorOperators.XOR, k1).lanewise(VectorOperators.XOR, CounterRandom.PARITY);
        IntVector x0 = IntVector.fromArray(I, sample, ko).add(base).add(k0);
        IntVector x1 = k1.add(counter);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 13);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 15);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 26);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 6);
        x0 = x0.add(k1);
        x1 = x1.add(k2).add(1);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 17);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 29);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 16);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 24);
        x0 = x0.add(k2);
        x1 = x1.add(k0).add(2);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 13);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 15);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 26);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 6);
        x0 = x0.add(k0);
        x1 = x1.add(k1).add(3);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 17);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 29);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 16);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 24);
        x0 = x0.add(k1);
        x1 = x1.add(k2).add(4);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 13);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 15);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 26);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 6);
        x0 = x0.add(k2);
        x1 = x1.add(k0).add(5);
        uniform(x0).intoArray(out, o0);
        uniform(x1).intoArray(out, o1);
    }

    /** Writes the two normals of one block for each of L columns. */
    private static void normals(
            int[] key0, int[] key1, int[] sample, int ko, int base, int counter, float[] out, int o0, int o1) {
        IntVector k0 = IntVector.fromArray(I, key0, ko);
        IntVector k1 = IntVector.fromArray(I, key1, ko);
        IntVector k2 = k0.lanewise(VectorOperators.XOR, k1).lanewise(VectorOperators.XOR, CounterRandom.PARITY);
        IntVector x0 = IntVector.fromArray(I, sample, ko).add(base).add(k0);
        IntVector x1 = k1.add(counter);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 13);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 15);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 26);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 6);
        x0 = x0.add(k1);
        x1 = x1.add(k2).add(1);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 17);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 29);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 16);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 24);
        x0 = x0.add(k2);
        x1 = x1.add(k0).add(2);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 13);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 15);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 26);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 6);
        x0 = x0.add(k0);
        x1 = x1.add(k1).add(3);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 17);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 29);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 16);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 24);
        x0 = x0.add(k1);
        x1 = x1.add(k2).add(4);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 13);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 15);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 26);
        x0 = x0.add(x1);
        x1 = mix(x0, x1, 6);
        x0 = x0.add(k2);
        x1 = x1.add(k0).add(5);
        FloatVector radius = VectorMath.logPositive(uniform(x0)).mul(-2).sqrt();
        FloatVector a = ((FloatVector) x1.convert(VectorOperators.I2F, 0)).mul(HALF_ANGLE_PER_WORD);
        FloatVector square = a.mul(a);
        FloatVector sine = VectorMath.halfAngleSine(a, square);
        FloatVector cosine = VectorMath.halfAngleCosine(square);
        // cos 2a = 1 - 2 sin^2 a, sin 2a = 2 sin a cos a.
        FloatVector twice = sine.add(sine);
        radius.mul(sine.mul(twice).neg().add(1)).intoArray(out, o0);
        radius.mul(cosine.mul(twice)).intoArray(out, o1);
    }

    /** Returns ((word >>> 9) + 1/2) / 2^23, exactly. */
    private static FloatVector uniform(IntVector word) {
        // 23 random bits behind the exponent of 1: a float in [1, 2).
        FloatVector f = word.lanewise(VectorOperators.LSHR, 9).or(0x3f800000).reinterpretAsFloats();
        return f.sub(1 - 0x1p-24f);
    }
}

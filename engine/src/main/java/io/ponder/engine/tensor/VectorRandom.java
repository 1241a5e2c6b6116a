package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.VectorConstants.G0;
import static io.ponder.engine.tensor.VectorConstants.G1;
import static io.ponder.engine.tensor.VectorConstants.G2;
import static io.ponder.engine.tensor.VectorConstants.G3;
import static io.ponder.engine.tensor.VectorConstants.H0;
import static io.ponder.engine.tensor.VectorConstants.H1;
import static io.ponder.engine.tensor.VectorConstants.H2;
import static io.ponder.engine.tensor.VectorConstants.H3;
import static io.ponder.engine.tensor.VectorConstants.L0;
import static io.ponder.engine.tensor.VectorConstants.L1;
import static io.ponder.engine.tensor.VectorConstants.L2;
import static io.ponder.engine.tensor.VectorConstants.L3;
import static io.ponder.engine.tensor.VectorConstants.L4;
import static io.ponder.engine.tensor.VectorConstants.L5;
import static io.ponder.engine.tensor.VectorConstants.L6;
import static io.ponder.engine.tensor.VectorConstants.L7;
import static io.ponder.engine.tensor.VectorConstants.LN2_HIGH;
import static io.ponder.engine.tensor.VectorConstants.LN2_LOW;
import static io.ponder.engine.tensor.VectorConstants.MINUS_HALF;
import static io.ponder.engine.tensor.VectorConstants.ONE;
import static io.ponder.engine.tensor.VectorConstants.ONE_BITS;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER;
import static io.ponder.engine.tensor.VectorConstants.ROUNDER_BITS;
import static io.ponder.engine.tensor.VectorConstants.SQRT_HALF_BITS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fills rows with random numbers, one sample a lane: Threefry in integer lanes, Box and Muller by polynomials.
 *
 * <p>A pair of draws of one block is made at once, for a run of columns in stages: five times four rounds, radius, angle. The words in
 * between stay in the first-level cache. All in one loop would be more than the compiler inlines (it counts the nodes of its graph and
 * stops at 18 000), and vectors that are passed to a method that was not inlined become objects: twenty times slower. For the same
 * reason the stages are objects of different classes called from one place, which the compiler does not inline.
 *
 * <p>Columns that do not fill a vector go through scratch; as a number depends on its sample alone, what is made beyond them is dropped.
 */
final class VectorRandom {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Columns of a run: with all that is kept of them 9 KB. A multiple of every vector length. */
    private static final int RUN = 256;

    /** Radians of half the angle, for a word taken as a signed number. */
    private static final float HALF_ANGLE_PER_WORD = (float) (Math.PI * 0x1p-32);

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private static final Stage[] ROUNDS = {
        new Start(), new OddRounds(1, 2, 1), new EvenRounds(2, 0, 2), new OddRounds(0, 1, 3), new EvenRounds(1, 2, 4), new OddRounds(2, 0, 5),
    };
    private static final Stage[] NORMAL = with(new Radius(), new Normals());
    private static final Stage[] UNIFORM = with(new Uniforms());

    private VectorRandom() {}

    private static Stage[] with(Stage... last) {
        Stage[] all = Arrays.copyOf(ROUNDS, ROUNDS.length + last.length);
        System.arraycopy(last, 0, all, ROUNDS.length, last.length);
        return all;
    }

    /** What a run works on and where its results go. */
    private static final class Scratch {
        /** The three key words of every column. */
        final int[][] key = new int[3][RUN];
        final int[] sample = new int[RUN];
        final int[] word0 = new int[RUN];
        final int[] word1 = new int[RUN];
        final float[] radius = new float[RUN];
        final float[] rows = new float[2 * RUN];

        int counter;
        int columns;
        float[] out = rows;
        int out0;
        int out1;
    }

    /** One pass over the columns of a run. */
    private abstract static class Stage {
        abstract void run(Scratch s);
    }

    static void fill(
            boolean normal, int key0, int key1, int firstSample, int firstDraw, int draws, int columns, float[] out, int oo, int os) {
        Scratch s = SCRATCH.get();
        int width = Math.min(RUN, (columns + L - 1) / L * L);
        Arrays.fill(s.key[0], 0, width, key0);
        Arrays.fill(s.key[1], 0, width, key1);
        Arrays.fill(s.key[2], 0, width, key0 ^ key1 ^ CounterRandom.PARITY);
        for (int j = 0; j < columns; ) {
            int count = columnsOfRun(columns - j);
            for (int k = 0; k < count; k++) s.sample[k] = firstSample + j + k;
            fillRun(s, normal ? NORMAL : UNIFORM, firstDraw, draws, count, out, oo + j, os);
            j += count;
        }
        s.out = s.rows;
    }

    static void fill(
            boolean normal, int[] key0, int[] key1, int[] sample, int ko, int firstDraw, int draws, int columns,
            float[] out, int oo, int os) {
        Scratch s = SCRATCH.get();
        for (int j = 0; j < columns; ) {
            int count = columnsOfRun(columns - j);
            System.arraycopy(key0, ko + j, s.key[0], 0, count);
            System.arraycopy(key1, ko + j, s.key[1], 0, count);
            System.arraycopy(sample, ko + j, s.sample, 0, count);
            thirdKey(s.key[0], s.key[1], count, s.key[2]);
            fillRun(s, normal ? NORMAL : UNIFORM, firstDraw, draws, count, out, oo + j, os);
            j += count;
        }
        // Holds the caller's array no longer than needed.
        s.out = s.rows;
    }

    private static void thirdKey(int[] key0, int[] key1, int columns, int[] key2) {
        for (int k = 0; k < columns; k++) key2[k] = key0[k] ^ key1[k] ^ CounterRandom.PARITY;
    }

    /** Returns how many of the columns that are left make the next run: whole vectors, or what is less than one. */
    private static int columnsOfRun(int left) {
        return left >= L ? Math.min(RUN, left - left % L) : left;
    }

    private static void fillRun(Scratch s, Stage[] stages, int firstDraw, int draws, int columns, float[] out, int oo, int os) {
        s.columns = Math.max(columns, L);
        int d = 0;
        while (d < draws) {
            int draw = firstDraw + d;
            boolean pair = (draw & 1) == 0 && d + 1 < draws;
            boolean direct = pair && columns >= L;
            int at = oo + d * os;
            s.counter = draw >>> 1;
            s.out = direct ? out : s.rows;
            s.out0 = direct ? at : 0;
            s.out1 = direct ? at + os : RUN;
            for (Stage stage : stages) stage.run(s);
            if (!direct) {
                System.arraycopy(s.rows, (draw & 1) * RUN, out, at, columns);
                if (pair) System.arraycopy(s.rows, RUN, out, at + os, columns);
            }
            d += pair ? 2 : 1;
        }
    }

    /** Adds the first two key words to the counter (sample, block). */
    private static final class Start extends Stage {
        @Override
        void run(Scratch s) {
            int[] key0 = s.key[0];
            int[] key1 = s.key[1];
            int[] sample = s.sample;
            int[] word0 = s.word0;
            int[] word1 = s.word1;
            int counter = s.counter;
            int columns = s.columns;
            for (int k = 0; k < columns; k++) word0[k] = sample[k] + key0[k];
            for (int k = 0; k < columns; k++) word1[k] = counter + key1[k];
        }
    }

    /** Does rounds 1 to 4, 9 to 12 or 17 to 20 of Threefry and adds the key words that follow. */
    private static final class OddRounds extends Stage {
        private final int first;
        private final int second;
        private final int injection;

        OddRounds(int first, int second, int injection) {
            this.first = first;
            this.second = second;
            this.injection = injection;
        }

        @Override
        void run(Scratch s) {
            int[] key0 = s.key[first];
            int[] key1 = s.key[second];
            int[] word0 = s.word0;
            int[] word1 = s.word1;
            int columns = s.columns;
            IntVector number = IntVector.broadcast(I, injection);
            for (int j = 0; j < columns; j += L) {
                IntVector x0 = IntVector.fromArray(I, word0, j);
                IntVector x1 = IntVector.fromArray(I, word1, j);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 15).lanewise(VectorOperators.XOR, x0);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x0);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
                x0.add(IntVector.fromArray(I, key0, j)).intoArray(word0, j);
                x1.add(IntVector.fromArray(I, key1, j)).add(number).intoArray(word1, j);
            }
        }
    }

    /** Does rounds 5 to 8 or 13 to 16 of Threefry and adds the key words that follow. */
    private static final class EvenRounds extends Stage {
        private final int first;
        private final int second;
        private final int injection;

        EvenRounds(int first, int second, int injection) {
            this.first = first;
            this.second = second;
            this.injection = injection;
        }

        @Override
        void run(Scratch s) {
            int[] key0 = s.key[first];
            int[] key1 = s.key[second];
            int[] word0 = s.word0;
            int[] word1 = s.word1;
            int columns = s.columns;
            IntVector number = IntVector.broadcast(I, injection);
            for (int j = 0; j < columns; j += L) {
                IntVector x0 = IntVector.fromArray(I, word0, j);
                IntVector x1 = IntVector.fromArray(I, word1, j);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 29).lanewise(VectorOperators.XOR, x0);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x0);
                x0 = x0.add(x1);
                x1 = x1.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x0);
                x0.add(IntVector.fromArray(I, key0, j)).intoArray(word0, j);
                x1.add(IntVector.fromArray(I, key1, j)).add(number).intoArray(word1, j);
            }
        }
    }

    /** Writes the two uniforms of the blocks. */
    private static final class Uniforms extends Stage {
        @Override
        void run(Scratch s) {
            int[] word0 = s.word0;
            int[] word1 = s.word1;
            float[] out = s.out;
            int out0 = s.out0;
            int out1 = s.out1;
            int columns = s.columns;
            for (int j = 0; j < columns; j += L) {
                // 23 random bits behind the exponent of 1 are a float in [1, 2), and the subtraction is exact.
                IntVector first = IntVector.fromArray(I, word0, j).lanewise(VectorOperators.LSHR, 9).or(ONE_BITS);
                IntVector second = IntVector.fromArray(I, word1, j).lanewise(VectorOperators.LSHR, 9).or(ONE_BITS);
                first.reinterpretAsFloats().sub(1 - 0x1p-24f).intoArray(out, out0 + j);
                second.reinterpretAsFloats().sub(1 - 0x1p-24f).intoArray(out, out1 + j);
            }
        }
    }

    /** Writes the radius of Box and Muller, sqrt(-2 ln u). */
    private static final class Radius extends Stage {
        @Override
        void run(Scratch s) {
            int[] word0 = s.word0;
            float[] radius = s.radius;
            int columns = s.columns;
            for (int j = 0; j < columns; j += L) {
                IntVector upper = IntVector.fromArray(I, word0, j).lanewise(VectorOperators.LSHR, 9).or(ONE_BITS);
                // The logarithm as in VectorFunctions.
                IntVector bits = upper.reinterpretAsFloats().sub(1 - 0x1p-24f).reinterpretAsInts();
                IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
                FloatVector f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1);
                FloatVector k = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
                FloatVector square = f.mul(f);
                FloatVector p = f.fma(L7, L6).fma(f, L5).fma(f, L4).fma(f, L3).fma(f, L2).fma(f, L1).fma(f, L0);
                FloatVector rest = square.fma(MINUS_HALF, k.fma(LN2_LOW, p.mul(f).mul(square)));
                k.fma(LN2_HIGH, f.add(rest)).mul(-2).sqrt().intoArray(radius, j);
            }
        }
    }

    /** Writes the two normals of the blocks. */
    private static final class Normals extends Stage {
        @Override
        void run(Scratch s) {
            int[] word1 = s.word1;
            float[] radius = s.radius;
            float[] out = s.out;
            int out0 = s.out0;
            int out1 = s.out1;
            int columns = s.columns;
            for (int j = 0; j < columns; j += L) {
                FloatVector r = FloatVector.fromArray(S, radius, j);
                FloatVector a = ((FloatVector) IntVector.fromArray(I, word1, j).convert(VectorOperators.I2F, 0)).mul(HALF_ANGLE_PER_WORD);
                FloatVector z = a.mul(a);
                FloatVector sine = z.fma(H3, H2).fma(z, H1).fma(z, H0).mul(z).fma(a, a);
                FloatVector cosine = z.fma(G3, G2).fma(z, G1).fma(z, G0).fma(z, MINUS_HALF).fma(z, ONE);
                // cos 2a = 1 - 2 sin^2 a, sin 2a = 2 sin a cos a.
                FloatVector twice = sine.add(sine);
                r.mul(ONE.sub(sine.mul(twice))).intoArray(out, out0 + j);
                r.mul(cosine.mul(twice)).intoArray(out, out1 + j);
            }
        }
    }
}

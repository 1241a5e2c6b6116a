package io.ponder.engine.tensor;

import static io.ponder.engine.tensor.Implementations.GUARD;
import static io.ponder.engine.tensor.Implementations.SIZES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class KernelsEquivalenceTest {
    /** Stated error of the polynomials, relative. */
    private static final double FUNCTION_ERROR = 6e-7;

    /** Stated error of sine and cosine, absolute. */
    private static final double ANGLE_ERROR = 2e-7;

    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, 1e-30f, -1e-30f, 20f, 20.00001f, 50f, -50f, 87.3f, -87.3f, 1e10f, -1e10f,
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.intBitsToFloat(0x7f800001), Float.MIN_VALUE, Float.MAX_VALUE
    };

    private interface Block {
        void apply(Kernels kernels, int count, float[] x, int xOffset, float[] y, int yOffset);
    }

    private interface Pairs {
        void apply(Kernels kernels, int count, float[] x, int xo, float[] y, int yo, float[] z, int zo);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return x > 20 ? x : Math.log1p(Math.exp(x));
    }

    /** Runs an elementwise function at all sizes, then on special values, out of place and in place. */
    private static void function(String name, Block block, DoubleUnaryOperator reference, double low, double high, double relative,
            double absolute) {
        Random random = new Random(name.hashCode());
        for (Kernels kernels : Implementations.all()) {
            for (int n : SIZES) {
                float[] x = new float[n + 5];
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) (low + (high - low) * random.nextDouble());
                    if (i % 4 == 3) x[i] *= 0.01f;
                    if (i % 11 == 10) x[i] = SPECIAL[random.nextInt(SPECIAL.length)];
                }
                float[] y = Implementations.guarded(n + 8);
                block.apply(kernels, n, x, 5, y, 3);
                for (int i = 0; i < n; i++) {
                    double expected = reference.applyAsDouble(x[5 + i]);
                    close(kernels.name() + " " + name + " of " + x[5 + i], y[3 + i], expected, relative, absolute);
                }
                assertThat(y[2]).isEqualTo(GUARD);
                assertThat(y[3 + n]).isEqualTo(GUARD);

                float[] inPlace = x.clone();
                block.apply(kernels, n, inPlace, 5, inPlace, 5);
                for (int i = 0; i < n; i++) {
                    same(kernels.name() + " " + name + " in place of " + x[5 + i], inPlace[5 + i], y[3 + i]);
                }
            }
        }
    }

    private static void same(String what, float actual, float expected) {
        assertThat(Float.floatToIntBits(actual)).as(what).isEqualTo(Float.floatToIntBits(expected));
    }

    private static void close(String what, float actual, double expected, double relative, double absolute) {
        float rounded = (float) expected;
        if (Float.isNaN(rounded)) {
            assertThat(actual).as(what).isNaN();
        } else if (Float.isInfinite(rounded)) {
            assertThat(actual).as(what).isEqualTo(rounded);
        } else if (!(Math.abs(actual - expected) <= relative * Math.abs(expected) + absolute)) {
            assertThat((double) actual).as(what).isCloseTo(expected, within(relative * Math.abs(expected) + absolute));
        }
    }

    @Test
    void elementaryFunctionsEqualDoubleReference() {
        function("exp", Kernels::exp, Math::exp, -100, 88, FUNCTION_ERROR, 1e-44);
        function("log", Kernels::log, Math::log, 0, 1000, FUNCTION_ERROR, 6e-8);
        function("sin", Kernels::sin, Math::sin, -100, 100, 0, ANGLE_ERROR);
        function("cos", Kernels::cos, Math::cos, -100, 100, 0, ANGLE_ERROR);
        function("sin of large angles", Kernels::sin, Math::sin, -40_000, 40_000, 0, ANGLE_ERROR);
        function("cos of large angles", Kernels::cos, Math::cos, -40_000, 40_000, 0, ANGLE_ERROR);
        function("sqrt", Kernels::sqrt, Math::sqrt, 0, 100, 6e-8, 1e-44);
    }

    @Test
    void activationsEqualDoubleReference() {
        activation(Activation.IDENTITY, x -> x, x -> 1);
        activation(Activation.RELU, x -> Math.max(x, 0), x -> x <= 0 ? 0 : 1);
        activation(Activation.TANH, Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x));
        activation(Activation.SIGMOID, x -> sigmoid(x), x -> sigmoid(x) * (1 - sigmoid(x)));
        activation(Activation.SILU, x -> x == Double.NEGATIVE_INFINITY ? 0 : x * sigmoid(x),
                x -> Double.isInfinite(x) ? sigmoid(x) : sigmoid(x) * (1 + x * (1 - sigmoid(x))));
        activation(Activation.SOFTPLUS, x -> softplus(x), x -> sigmoid(x));
        activation(Activation.ELU, x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x));
        activation(Activation.MISH, x -> x == Double.NEGATIVE_INFINITY ? 0 : x * Math.tanh(softplus(x)), x -> {
            double t = Math.tanh(softplus(x));
            return Double.isInfinite(x) ? Math.max(0, Math.signum(x)) : t + x * (1 - t * t) * sigmoid(x);
        });
    }

    private static void activation(Activation f, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
        function(f.name(), (k, n, x, xo, y, yo) -> k.activate(f, n, x, xo, y, yo), value, -12, 12, FUNCTION_ERROR, 3e-36);
        Random random = new Random(f.ordinal());
        for (Kernels kernels : Implementations.all()) {
            for (int n : SIZES) {
                float[] x = new float[n];
                float[] y = new float[n];
                for (int i = 0; i < n; i++) {
                    x[i] = i % 9 == 8 ? SPECIAL[random.nextInt(SPECIAL.length)] : (float) random.nextGaussian() * 4;
                }
                kernels.activate(f, n, x, 0, y, 0);
                float[] dy = Implementations.random(random, n + 2);
                float[] dx = Implementations.guarded(n + 2);
                float[] saved = f.savesInput() ? x : y;

                kernels.activationGradient(f, n, saved, 0, dy, 2, dx, 1);

                for (int i = 0; i < n; i++) {
                    // The slope is computed from a rounded output, so the error is relative to the largest slope, 1.
                    String what = kernels.name() + " slope of " + f + " at " + x[i];
                    close(what, dx[1 + i], dy[2 + i] * slope.applyAsDouble(x[i]), 0, 2e-6 * Math.max(1, Math.abs(dy[2 + i])));
                }
                assertThat(dx[0]).isEqualTo(GUARD);
                assertThat(dx[n + 1]).isEqualTo(GUARD);
                kernels.activationGradient(f, n, saved, 0, dy, 2, dy, 2);
                for (int i = 0; i < n; i++) {
                    same(f + " in place", dy[2 + i], dx[1 + i]);
                }
            }
        }
    }

    @Test
    void eluFollowsItsAlpha() {
        function("elu 1.7", (k, n, x, xo, y, yo) -> k.elu(n, 1.7f, x, xo, y, yo), x -> x > 0 ? x : 1.7f * Math.expm1(x), -12, 12,
                FUNCTION_ERROR, 1e-44);
        for (Kernels kernels : Implementations.all()) {
            float[] dx = new float[3];
            kernels.eluGradient(3, 1.7f, new float[] {-1, 0, 2}, 0, new float[] {2, 2, 2}, 0, dx, 0);
            assertThat(dx[0]).isCloseTo(1.4f, within(1e-6f));
            assertThat(dx[1]).isEqualTo(2 * 1.7f);
            assertThat(dx[2]).isEqualTo(2);
        }
    }

    @Test
    void functionsOfOneNumberDoNotDependOnItsPlace() {
        float[] x = Implementations.random(new Random(8), 77);
        x[40] = 1e6f;
        Block[] blocks = {Kernels::exp, Kernels::sin, Kernels::cos,
            (k, n, a, ao, b, bo) -> k.activate(Activation.MISH, n, a, ao, b, bo),
            (k, n, a, ao, b, bo) -> k.activate(Activation.TANH, n, a, ao, b, bo)};
        for (Kernels kernels : Implementations.all()) {
            for (Block block : blocks) {
                float[] together = new float[77];
                float[] single = new float[1];
                block.apply(kernels, 77, x, 0, together, 0);
                for (int i = 0; i < 77; i++) {
                    block.apply(kernels, 1, x, i, single, 0);
                    assertThat(single[0]).isEqualTo(together[i]);
                }
            }
        }
    }

    @Test
    void arithmeticEqualsDoubleReference() {
        pairs("add", Kernels::add, (x, y) -> x + y, false);
        pairs("subtract", Kernels::subtract, (x, y) -> x - y, false);
        pairs("times", Kernels::times, (x, y) -> x * y, false);
        pairs("divide", Kernels::divide, (x, y) -> x / y, false);
        pairs("timesAdd", Kernels::timesAdd, (x, y) -> x * y, true);
        function("scale", (k, n, x, xo, y, yo) -> k.scale(n, 0.3f, x, xo, y, yo), x -> x * 0.3f, -5, 5, 1e-7, 1e-44);
        function("clamp", (k, n, x, xo, y, yo) -> k.clamp(n, -1, 2, x, xo, y, yo), x -> Math.min(Math.max(x, -1), 2), -5, 5, 0, 0);
        for (Kernels kernels : Implementations.all()) {
            for (int n : SIZES) {
                float[] x = Implementations.random(new Random(n), n + 1);
                float[] y = Implementations.random(new Random(n + 1), n + 2);
                float[] before = y.clone();
                kernels.axpy(n, 0.7f, x, 1, y, 1);
                for (int i = 0; i < n; i++) {
                    assertThat(y[1 + i]).isCloseTo(before[1 + i] + 0.7f * x[1 + i], within(1e-6f));
                }
                assertThat(y[n + 1]).isEqualTo(before[n + 1]);
                kernels.fill(n, 3, y, 1);
                for (int i = 0; i < n; i++) {
                    assertThat(y[1 + i]).isEqualTo(3);
                }
                assertThat(y[n + 1]).isEqualTo(before[n + 1]);
            }
        }
    }

    private static void pairs(String name, Pairs op, DoubleBinaryOperator reference, boolean adds) {
        Random random = new Random(name.hashCode());
        for (Kernels kernels : Implementations.all()) {
            for (int n : SIZES) {
                float[] x = Implementations.random(random, n + 1);
                float[] y = Implementations.random(random, n + 2);
                float[] z = Implementations.guarded(n + 4);
                op.apply(kernels, n, x, 1, y, 2, z, 3);
                for (int i = 0; i < n; i++) {
                    double expected = reference.applyAsDouble(x[1 + i], y[2 + i]) + (adds ? GUARD : 0);
                    close(kernels.name() + " " + name, z[3 + i], expected, 2e-7, 1e-7);
                }
                assertThat(z[2]).isEqualTo(GUARD);
                assertThat(z[n + 3]).isEqualTo(GUARD);
            }
        }
    }

    @Test
    void broadcastsEqualReference() {
        Random random = new Random(9);
        for (Kernels kernels : Implementations.all()) {
            for (int rows : new int[] {0, 1, 3, 17}) {
                for (int columns : SIZES) {
                    int stride = columns + 2;
                    float[] x = Implementations.random(random, rows * stride + 1);
                    float[] perRow = Implementations.random(random, rows + 1);
                    float[] shift = Implementations.random(random, rows + 1);
                    float[] perColumn = Implementations.random(random, columns + 1);
                    float[][] out = new float[5][];
                    for (int o = 0; o < 5; o++) {
                        out[o] = Implementations.guarded(rows * stride + 1);
                    }
                    kernels.addPerRow(rows, columns, perRow, 1, x, 1, stride, out[0], 1, stride);
                    kernels.timesPerRow(rows, columns, perRow, 1, x, 1, stride, out[1], 1, stride);
                    kernels.affinePerRow(rows, columns, perRow, 1, shift, 1, x, 1, stride, out[2], 1, stride);
                    kernels.addPerColumn(rows, columns, perColumn, 1, x, 1, stride, out[3], 1, stride);
                    kernels.timesPerColumn(rows, columns, perColumn, 1, x, 1, stride, out[4], 1, stride);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 0; j < columns; j++) {
                            int at = 1 + i * stride + j;
                            double v = x[at];
                            close("addPerRow", out[0][at], v + perRow[1 + i], 1e-7, 1e-9);
                            close("timesPerRow", out[1][at], v * perRow[1 + i], 1e-7, 1e-9);
                            close("affinePerRow", out[2][at], v * perRow[1 + i] + shift[1 + i], 1e-6, 1e-6);
                            close("addPerColumn", out[3][at], v + perColumn[1 + j], 1e-7, 1e-9);
                            close("timesPerColumn", out[4][at], v * perColumn[1 + j], 1e-7, 1e-9);
                        }
                        for (float[] o : out) {
                            assertThat(o[1 + i * stride + columns]).isEqualTo(GUARD);
                        }
                    }
                }
            }
        }
    }

    @Test
    void normalisedColumnsEqualReferenceAndDoNotDependOnTheirNeighbours() {
        Random random = new Random(12);
        for (Kernels kernels : Implementations.all()) {
            for (int rows : new int[] {1, 3, 17}) {
                for (int columns : SIZES) {
                    int stride = columns + 2;
                    float[] x = Implementations.random(random, rows * stride + 1);
                    float[] g = Implementations.random(random, rows * stride + 1);
                    float[] y = Implementations.guarded(rows * stride + 1);
                    float[] inverse = Implementations.guarded(columns + 2);
                    kernels.normaliseColumns(rows, columns, 0.01f, x, 1, stride, y, 1, stride, inverse, 1);
                    float[] dx = Implementations.guarded(rows * stride + 1);
                    float[] work = new float[2 * columns + 1];
                    kernels.normaliseColumnsGradient(rows, columns, y, 1, stride, inverse, 1, g, 1, stride, dx, 1, stride, work, 1);
                    for (int j = 0; j < columns; j++) {
                        checkNormalised(rows, stride, x, y, inverse[1 + j], g, dx, 1 + j);
                        float[] alone = new float[rows];
                        kernels.normaliseColumns(rows, 1, 0.01f, x, 1 + j, stride, alone, 0, 1, work, 0);
                        for (int i = 0; i < rows; i++) same("alone", alone[i], y[1 + j + i * stride]);
                    }
                    assertThat(inverse[0]).isEqualTo(GUARD);
                    assertThat(inverse[1 + columns]).isEqualTo(GUARD);
                    assertThat(y[1 + columns]).isEqualTo(GUARD);
                    assertThat(dx[1 + columns]).isEqualTo(GUARD);

                    kernels.normaliseColumnsGradient(rows, columns, y, 1, stride, inverse, 1, g, 1, stride, g, 1, stride, work, 1);
                    kernels.normaliseColumns(rows, columns, 0.01f, x, 1, stride, x, 1, stride, inverse, 1);
                    for (int i = 0; i < rows; i++) {
                        for (int j = 1; j <= columns; j++) {
                            same("in place", x[i * stride + j], y[i * stride + j]);
                            same("in place", g[i * stride + j], dx[i * stride + j]);
                        }
                    }
                }
            }
        }
    }

    private static void checkNormalised(int rows, int stride, float[] x, float[] y, float inverse, float[] g, float[] dx, int at) {
        double mean = 0;
        for (int i = 0; i < rows; i++) mean += x[at + i * stride] / (double) rows;
        double variance = 0;
        for (int i = 0; i < rows; i++) variance += Math.pow(x[at + i * stride] - mean, 2) / rows;
        double scale = 1 / Math.sqrt(variance + 0.01f);
        assertThat((double) inverse).isCloseTo(scale, within(1e-5 * scale));
        double gradient = 0;
        double product = 0;
        for (int i = 0; i < rows; i++) {
            double expected = (x[at + i * stride] - mean) * scale;
            assertThat((double) y[at + i * stride]).isCloseTo(expected, within(1e-5));
            gradient += g[at + i * stride] / (double) rows;
            product += g[at + i * stride] * expected / rows;
        }
        for (int i = 0; i < rows; i++) {
            double expected = scale * (g[at + i * stride] - gradient - (x[at + i * stride] - mean) * scale * product);
            assertThat((double) dx[at + i * stride]).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void reductionsEqualReference() {
        Random random = new Random(10);
        for (Kernels kernels : Implementations.all()) {
            for (int rows : new int[] {0, 1, 3, 17}) {
                for (int columns : SIZES) {
                    int stride = columns + 2;
                    float[] x = Implementations.random(random, rows * stride + 1);
                    float[][] byRow = new float[3][rows + 1];
                    float[][] byColumn = new float[3][columns + 1];
                    kernels.sumRows(rows, columns, x, 1, stride, byRow[0], 1, true);
                    kernels.maxRows(rows, columns, x, 1, stride, byRow[1], 1);
                    kernels.minRows(rows, columns, x, 1, stride, byRow[2], 1);
                    kernels.sumColumns(rows, columns, x, 1, stride, byColumn[0], 1, false);
                    kernels.maxColumns(rows, columns, x, 1, stride, byColumn[1], 1);
                    kernels.minColumns(rows, columns, x, 1, stride, byColumn[2], 1);
                    for (int i = 0; i < rows; i++) {
                        checkReductions(kernels, columns, x, 1 + i * stride, 1, byRow, 1 + i);
                        double dot = 0;
                        for (int j = 0; j < columns; j++) {
                            dot += (double) x[1 + i * stride + j] * x[1 + j];
                        }
                        assertThat((double) kernels.dot(columns, x, 1 + i * stride, x, 1)).isCloseTo(dot, within(1e-6 * columns + 1e-6));
                    }
                    for (int j = 0; j < columns; j++) {
                        checkReductions(kernels, rows, x, 1 + j, stride, byColumn, 1 + j);
                    }
                }
            }
            float[] withNaN = Implementations.random(random, 40);
            withNaN[33] = Float.NaN;
            assertThat(kernels.max(40, withNaN, 0)).isNaN();
            assertThat(kernels.min(40, withNaN, 0)).isNaN();
            assertThat(kernels.sum(40, withNaN, 0)).isNaN();
            assertThat(kernels.max(0, withNaN, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
            assertThat(kernels.min(0, withNaN, 0)).isEqualTo(Float.POSITIVE_INFINITY);
        }
    }

    private static void checkReductions(Kernels kernels, int n, float[] x, int from, int step, float[][] actual, int at) {
        double sum = 0;
        float max = Float.NEGATIVE_INFINITY;
        float min = Float.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            float v = x[from + i * step];
            sum += v;
            max = Math.max(max, v);
            min = Math.min(min, v);
        }
        if (Math.abs(actual[0][at] - sum) > 1e-6 * n || actual[1][at] != max || actual[2][at] != min) {
            assertThat((double) actual[0][at]).as(kernels.name() + " " + n).isCloseTo(sum, within(1e-6 * n));
            assertThat(actual[1][at]).isEqualTo(max);
            assertThat(actual[2][at]).isEqualTo(min);
        }
    }

    @Test
    void softmaxEqualsReferenceAndDoesNotDependOnTheBatch() {
        Random random = new Random(11);
        int groups = 2;
        for (Kernels kernels : Implementations.all()) {
            for (int size : new int[] {1, 3, 18}) {
                for (int columns : SIZES) {
                    int rows = groups * size;
                    int stride = columns + 1;
                    float[] x = Implementations.random(random, rows * stride);
                    for (int i = 0; i < x.length; i++) {
                        x[i] *= 20;
                    }
                    if (size > 1 && columns > 0) x[0] = Float.NEGATIVE_INFINITY;
                    float[] y = Implementations.guarded(rows * stride);
                    float[] log = Implementations.guarded(rows * stride);

                    kernels.softmax(groups, size, columns, x, 0, stride, y, 0, stride);
                    kernels.logSoftmax(groups, size, columns, x, 0, stride, log, 0, stride);

                    for (int j = 0; j < columns; j++) {
                        for (int g = 0; g < groups; g++) {
                            double max = Double.NEGATIVE_INFINITY;
                            double total = 0;
                            for (int r = 0; r < size; r++) {
                                max = Math.max(max, x[(g * size + r) * stride + j]);
                            }
                            for (int r = 0; r < size; r++) {
                                total += Math.exp(x[(g * size + r) * stride + j] - max);
                            }
                            for (int r = 0; r < size; r++) {
                                int at = (g * size + r) * stride + j;
                                close(kernels.name() + " softmax", y[at], Math.exp(x[at] - max) / total, 1e-5, 1e-38);
                                close(kernels.name() + " logSoftmax", log[at], x[at] - max - Math.log(total), 1e-6, 1e-6);
                            }
                        }
                        float[] one = new float[rows];
                        kernels.softmax(groups, size, 1, x, j, stride, one, 0, 1);
                        float[] oneLog = new float[rows];
                        kernels.logSoftmax(groups, size, 1, x, j, stride, oneLog, 0, 1);
                        for (int r = 0; r < rows; r++) {
                            if (one[r] != y[r * stride + j] || oneLog[r] != log[r * stride + j]) {
                                assertThat(one[r]).isEqualTo(y[r * stride + j]);
                                assertThat(oneLog[r]).isEqualTo(log[r * stride + j]);
                            }
                        }
                    }
                    for (int r = 0; r < rows; r++) {
                        assertThat(y[r * stride + columns]).isEqualTo(GUARD);
                    }
                }
            }
        }
    }
}

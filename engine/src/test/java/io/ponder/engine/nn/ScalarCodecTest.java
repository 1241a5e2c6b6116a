package io.ponder.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalarCodecTest {
    /** Double precision: the files' own replays were off by 2e-13. */
    private static final double TOLERANCE = 1e-12;

    @Test
    void codecsAgreeWithTorchInDouble() {
        for (Map<String, Object> golden : Golden.maps(Golden.read("nn/scalar_codecs"), "codecs")) {
            String name = (String) golden.get("codec");
            ScalarCodec codec = codec(name);
            assertThat(codec.bins()).isEqualTo(Golden.integer(golden, "bins"));
            for (Map<String, Object> row : Golden.maps(golden, "encode")) {
                double x = Golden.number(row, "x");
                String title = name + " of " + x;
                int low = Golden.integer(row, "low");
                assertThat(codec.low(x)).as(title).isEqualTo(low);
                close(1 - codec.highWeight(x), Golden.number(row, "low_weight"), title);
                close(codec.highWeight(x), Golden.number(row, "high_weight"), title);
                double[] twoHot = new double[codec.bins()];
                twoHot[low] = 1 - codec.highWeight(x);
                if (low + 1 < twoHot.length) twoHot[low + 1] = codec.highWeight(x);
                close(codec.mean(twoHot, 0, 1), Golden.number(row, "decoded"), title);
                if (row.containsKey("transformed")) close(transform(name).apply(x), Golden.number(row, "transformed"), title);
            }
            if (golden.containsKey("inverse")) {
                for (Map<String, Object> row : Golden.maps(golden, "inverse")) {
                    close(transform(name).inverse(Golden.number(row, "y")), Golden.number(row, "x"), name + " inverse");
                }
            }
            for (Map<String, Object> row : Golden.maps(golden, "decode")) {
                close(codec.decode(Golden.values(row, "logits")), Golden.number(row, "decoded"), name + " decode");
            }
        }
    }

    private static ScalarCodec codec(String name) {
        return switch (name) {
            case "muzero" -> ScalarCodec.muZero(300);
            case "symlog_two_hot" -> ScalarCodec.symlogTwoHot(101, -10, 10);
            default -> ScalarCodec.symexpTwoHot(255, 20);
        };
    }

    private static ScalarTransform transform(String name) {
        return name.equals("muzero") ? ScalarTransform.MUZERO : ScalarTransform.SYMLOG;
    }

    private static void close(double actual, double expected, String title) {
        assertThat(Math.abs(actual - expected) / Math.max(1, Math.abs(expected))).as(title).isLessThan(TOLERANCE);
    }

    @Test
    void uniformLogitsDecodeToExactlyZero() {
        assertThat(ScalarCodec.symexpTwoHot(255, 20).decode(new double[255])).isEqualTo(0.0);
        assertThat(ScalarCodec.symexpTwoHot(40, 20).decode(new double[40])).isEqualTo(0.0);
    }

    @Test
    void columnsAreEncodedAndDecodedEachOnItsOwn() {
        for (ScalarCodec codec : new ScalarCodec[] {ScalarCodec.muZero(10), ScalarCodec.symlogTwoHot(21, -5, 5), ScalarCodec.symexpTwoHot(31, 4)}) {
            float[] x = {-3.25f, 0, 0.001f, 7, 30};
            float[] target = new float[codec.bins() * x.length];
            float[] decoded = new float[x.length];

            codec.encode(x.length, x, 0, target, 0);
            float[] logits = new float[target.length];
            for (int i = 0; i < logits.length; i++) logits[i] = target[i] == 0 ? -200 : (float) Math.log(target[i]);
            codec.decode(x.length, logits, 0, logits, 0, decoded, 0);

            for (int k = 0; k < x.length; k++) {
                double mass = 0;
                for (int i = 0; i < codec.bins(); i++) mass += target[i * x.length + k];
                assertThat(mass).isCloseTo(1, within(1e-6));
                assertThat(decoded[k]).isCloseTo(x[k], within(2e-4f * Math.max(1, Math.abs(x[k]))));
            }
        }
    }

    @Test
    void inversesDoNotCancelNearZero() {
        for (ScalarTransform transform : ScalarTransform.values()) {
            for (double x : new double[] {1e-12, -3e-9, 1e-5, 0.3, -40, 1e6}) {
                assertThat(transform.inverse(transform.apply(x))).as(transform + " of " + x).isCloseTo(x, within(1e-12 * Math.abs(x)));
            }
        }
    }

    @Test
    void badSizesAreRefused() {
        assertThatThrownBy(() -> ScalarCodec.muZero(0)).hasMessageContaining("support is 0");
        assertThatThrownBy(() -> ScalarCodec.symlogTwoHot(5, 2, 2)).hasMessageContaining("highest - lowest is 0");
    }

    @Test
    void percentileScaleFollowsTheSpread() {
        float[] values = new float[101];
        for (int i = 0; i < values.length; i++) values[i] = (i * 37) % 101;
        PercentileScale scale = new PercentileScale(0.25, 0.05, 0.95);
        assertThat(scale.divisor()).isEqualTo(1);

        scale.update(values, 0, values.length);
        assertThat(scale.spread()).isCloseTo(90, within(1e-9));

        for (int i = 0; i < values.length; i++) values[i] *= 0.5f;
        scale.update(values, 0, values.length);
        // Weights 0.25 * 0.75 on 90 and 0.25 on 45, over their sum.
        assertThat(scale.spread()).isCloseTo((0.1875 * 90 + 0.25 * 45) / 0.4375, within(1e-9));

        PercentileScale restored = new PercentileScale(0.25, 0.05, 0.95);
        restored.restore(scale.state());
        assertThat(restored.divisor()).isEqualTo(scale.divisor());
        for (int i = 0; i < 100; i++) restored.update(new float[] {2, 2, 2.5f}, 0, 3);
        assertThat(restored.divisor()).isEqualTo(1);
    }
}

package io.ponder.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.plan.Backend;
import io.ponder.engine.train.selfplay.CurvePoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the programs of the README. */
class EmbeddingTest {
    static String printed(Runnable program) {
        PrintStream before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static List<Double> numbers(String text) {
        return Pattern.compile("-?\\d+[.,]\\d+").matcher(text).results().map(MatchResult::group)
                .map(number -> Double.valueOf(number.replace(',', '.'))).toList();
    }

    @Test
    void theQuickStartBringsTheCartToRest() {
        List<Double> positionAndSpeed = numbers(printed(() -> QuickStart.main(new String[0])));

        assertThat(positionAndSpeed).hasSize(2).allSatisfy(number -> assertThat(Math.abs(number)).isLessThan(0.1));
    }

    /** The pendulum is planned from hanging, half-way up, and up; less than 20 steps of doing nothing cost from hanging. */
    @Test
    void thePlannerOfOnesOwnPlansThreePendulumsWithinADeadline() {
        String printed = printed(() -> ShrinkingSearch.main(new String[0]));
        List<Double> returns = numbers(printed);

        assertThat(returns.subList(0, 3)).allMatch(value -> value <= 0);
        assertThat(returns.get(0)).isGreaterThan(-20 * Math.PI * Math.PI);
        assertThat(returns.get(2)).isGreaterThan(-1);
        assertThat(printed).contains("iterations, ").contains("model steps, ").contains("0 non-finite rollouts");
    }

    @Test
    void theCustomTaskIsLearned() {
        List<Double> returns = numbers(printed(() -> CustomTask.main(new String[0])));

        assertThat(returns).hasSize(4);
        assertThat(returns.get(3)).isGreaterThan(0.25 * returns.get(0));
    }

    /** Control: with a learning rate of nearly nothing it stays as bad as it began. */
    @Test
    void theTaskOfOnesOwnIsTrained() {
        double learned = lateReturn(TrainYourOwn.train(1, 0.003));
        double control = lateReturn(TrainYourOwn.train(1, 1e-9));

        assertThat(learned).isGreaterThan(20);
        assertThat(control).isLessThan(0.6 * learned);
    }

    /** Returns the mean of the last three evaluations. */
    private static double lateReturn(List<CurvePoint> curve) {
        return curve.subList(curve.size() - 3, curve.size()).stream().mapToDouble(CurvePoint::evaluationReturnMean).average().orElseThrow();
    }

    /** Without a device the program ends with the one sentence that says so. */
    @Test
    void thePendulumIsPlannedOnTheDevice() {
        if (Backend.openCl().orElseThrow().devices().isEmpty()) {
            assertThatThrownBy(() -> GpuPlan.main(new String[0])).isInstanceOf(IllegalStateException.class).hasMessageContaining("no OpenCL device");
            return;
        }
        assertThat(printed(() -> GpuPlan.main(new String[0]))).contains("opencl: ").contains("3 launches");
    }
}

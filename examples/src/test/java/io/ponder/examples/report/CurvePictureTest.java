package io.ponder.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ponder.engine.train.selfplay.CurvePoint;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvePictureTest {
    /** A digit of 12.5 pixels is less than 8 wide. */
    @ParameterizedTest
    @ValueSource(longs = {2, 200, 2000, 20_000, 99_000, 200_000})
    void theNumbersBelowTheAxisFit(long steps) {
        String svg = CurvePicture.svg("muzero on CartPole-v1", List.of(new CurvePoint(steps, 1, 1, 1, 9, 8, 10, 9, 1, 0, 0, 0)));
        Matcher number = Pattern.compile("text-anchor=\"middle\" x=\"([0-9.]+)\"[^>]*>([^<]*)<").matcher(svg);
        int found = 0;
        while (number.find()) {
            double half = 4.0 * number.group(2).length();
            assertThat(Double.parseDouble(number.group(1)) + half).as(number.group(2)).isLessThan(460);
            found++;
        }
        assertThat(found).isGreaterThan(2);
    }
}

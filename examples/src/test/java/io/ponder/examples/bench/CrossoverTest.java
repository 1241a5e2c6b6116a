package io.ponder.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrossoverTest {
    private static Crossover crossover(double[]... rows) {
        var crossover = new Crossover();
        for (double[] row : rows) {
            int samples = (int) row[0];
            crossover.add(Parameters.of("work", "w", "samples", samples, "backend", "cpu"), row[1]);
            crossover.add(Parameters.of("work", "w", "samples", samples, "backend", "opencl", "device", "A card"), row[2]);
        }
        return crossover;
    }

    @Test
    void theDevicePaysFromWhereItIsFasterAtAllLargerSizes() {
        // Faster at 4 by chance, slower at 16, faster from 64 on.
        Crossover found = crossover(new double[] {256, 8, 1}, new double[] {1, 1, 9}, new double[] {4, 2, 1}, new double[] {16, 2, 3},
                new double[] {64, 4, 3});

        assertThat(found.table()).hasSize(7).first().asString().contains("A card");
        assertThat(found.table().get(6)).contains("256", "8.00 ms", "1.00 ms", "0.1250").endsWith("from 64 on");
        assertThat(found.table().get(2)).contains("9.00").doesNotContain("from");
    }

    @Test
    void whereItNeverPaysTheLargestSizeIsNamed() {
        Crossover found = crossover(new double[] {1, 1, 9}, new double[] {64, 4, 4});

        assertThat(found.table().get(3)).endsWith("none up to 64");
        assertThat(found.svg()).startsWith("<svg ").contains("w: none up to 64", "A card").endsWith("</svg>\n");
    }

    @Test
    void whatWasTimedOnOneOnlyIsNoCrossover() {
        var crossover = new Crossover();
        crossover.add(Parameters.of("work", "w", "samples", 4, "backend", "cpu"), 1);
        crossover.add(Parameters.of("m", 256), 1);
        assertThat(crossover.isEmpty()).isTrue();
        assertThat(crossover(new double[] {4, 1, 2}).isEmpty()).isFalse();
    }
}

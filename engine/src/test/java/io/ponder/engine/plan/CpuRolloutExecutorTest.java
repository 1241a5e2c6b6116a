package io.ponder.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.ValueFunction;
import io.ponder.engine.model.WorldModel;
import io.ponder.testing.Allocation;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuRolloutExecutorTest {
    /** x' = x + u, reward x', the episode ends beyond 3, discount 0.5. */
    private static final LambdaModel MODEL = LambdaModel.of(1, 1, (x, u, next) -> next[0] = x[0] + u[0])
            .endingWhere(x -> x[0] > 3)
            .discountedBy(0.5);

    private static final ValueFunction TEN_TIMES_STATE = (state, out) -> {
        for (int k = 0; k < state.columns(); k++) out[k] = 10 * state.values()[k];
    };

    /** Returns a request whose candidate (b, k) repeats the action 0.01 * (b * K + k + 1) from the root b / 10. */
    private static RolloutRequest request(WorldModel model, int rows, int candidates, int particles, int horizon) {
        var request = new RolloutRequest(model.spec(), rows, candidates, particles, horizon);
        request.roots().resize(rows);
        for (int b = 0; b < rows; b++) request.roots().values()[b] = b / 10f;
        for (int b = 0; b < rows; b++) request.keys()[b] = 1000 + b;
        int columns = rows * candidates;
        for (int t = 0; t < horizon; t++) for (int j = 0; j < columns; j++) request.actions()[t * columns + j] = 0.01f * (j + 1);
        return request;
    }

    private static double expectedReturn(double x, double u, int horizon, boolean terminal) {
        double total = 0;
        double weight = 1;
        for (int t = 0; t < horizon && weight > 0; t++) {
            x += u;
            total += weight * x;
            weight = x > 3 ? 0 : weight * 0.5;
        }
        return terminal ? total + weight * 10 * x : total;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,1", "1,3,1,4", "3,7,1,5", "2,300,3,4", "5,1,4,2", "64,10,5,3"})
    void theReturnIsTheDiscountedSumUpToTheEndOfTheEpisode(int rows, int candidates, int particles, int horizon) {
        var request = request(MODEL, rows, candidates, particles, horizon).terminalValue(TEN_TIMES_STATE);
        try (var executor = new CpuRolloutExecutor(MODEL)) {
            executor.rollout(request);
        }

        for (int j = 0; j < rows * candidates; j++) {
            double expected = expectedReturn(j / candidates / 10.0, 0.01 * (j + 1), horizon, true);
            for (int p = 0; p < particles; p++) {
                assertThat((double) request.returns()[j * particles + p]).isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
            }
        }
    }

    @Test
    void whatAModelSaysAfterTheEndDoesNotCount() {
        var model = LambdaModel.of(1, 1, (x, u, next) -> {
                    next[0] = x[0] + 1;
                    return x[0] >= 2 ? Double.NaN : 1;
                })
                .endingWhere(x -> x[0] >= 2);
        var request = request(model, 1, 3, 1, 6).terminalValue((state, out) -> java.util.Arrays.fill(out, Float.NaN));
        try (var executor = new CpuRolloutExecutor(model)) {
            executor.rollout(request);
        }

        assertThat(request.returns()).containsExactly(2, 2, 2);
    }

    @Test
    void aDivergedRolloutKeepsItsNonFiniteReturn() {
        var model = LambdaModel.of(1, 1, (x, u, next) -> u[0] > 0.015 ? Double.NaN : 1);
        var request = request(model, 1, 2, 1, 3);
        try (var executor = new CpuRolloutExecutor(model)) {
            executor.rollout(request);
        }

        assertThat(request.returns()[0]).isEqualTo(3);
        assertThat(request.returns()[1]).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void theReturnsDoNotDependOnTheNumberOfThreads(int threads) {
        var alone = request(new Noisy(), 3, 500, 2, 6);
        var together = request(new Noisy(), 3, 500, 2, 6);
        var pool = new ForkJoinPool(threads);
        try (var one = new CpuRolloutExecutor(new Noisy());
                var many = new CpuRolloutExecutor(new Noisy(), pool, threads)) {
            one.rollout(alone);
            for (int i = 0; i < 20; i++) {
                many.rollout(together);
                assertThat(together.returns()).isEqualTo(alone.returns());
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aRowRollsOutAloneAsInABatch() {
        var batch = request(new Noisy(), 4, 100, 3, 5);
        try (var executor = new CpuRolloutExecutor(new Noisy())) {
            executor.rollout(batch);
        }
        for (int b = 0; b < 4; b++) {
            var single = request(new Noisy(), 1, 100, 3, 5);
            single.roots().values()[0] = b / 10f;
            single.keys()[0] = 1000 + b;
            for (int t = 0; t < 5; t++) for (int k = 0; k < 100; k++) single.actions()[t * 100 + k] = batch.actions()[t * 400 + b * 100 + k];
            try (var executor = new CpuRolloutExecutor(new Noisy())) {
                executor.rollout(single);
            }
            assertThat(single.returns()).isEqualTo(java.util.Arrays.copyOfRange(batch.returns(), b * 300, (b + 1) * 300));
        }
    }

    @Test
    void theSamplerWritesEveryCandidateExactlyOnce() {
        var model = LambdaModel.of(1, 1, (x, u, next) -> u[0]);
        var request = request(model, 3, 777, 1, 2);
        java.util.Arrays.fill(request.actions(), 0);
        request.sampler((r, row, first, count) -> {
            for (int t = 0; t < r.horizon(); t++) {
                for (int k = first; k < first + count; k++) {
                    r.actions()[t * r.actionColumns() + row * r.candidates() + k] += row * 1000 + k;
                }
            }
        });
        try (var executor = new CpuRolloutExecutor(model)) {
            executor.rollout(request);
        }

        for (int j = 0; j < 3 * 777; j++) assertThat(request.returns()[j]).isEqualTo(2f * (j / 777 * 1000 + j % 777));
    }

    @Test
    void anExceptionInAWorkerReachesTheCaller() {
        var broken = LambdaModel.of(1, 1, (x, u, next) -> {
            if (u[0] > 9.9) throw new IllegalStateException("broken model");
            return 0;
        });
        var pool = new ForkJoinPool(2);
        try (var executor = new CpuRolloutExecutor(broken, pool, 2)) {
            var request = request(broken, 1, 1000, 1, 1);
            assertThatThrownBy(() -> executor.rollout(request)).hasMessageContaining("broken model");
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void aWarmRolloutAllocatesNothing() {
        var request = request(MODEL, 2, 300, 2, 5).terminalValue(TEN_TIMES_STATE);
        try (var executor = new CpuRolloutExecutor(MODEL)) {
            assertThat(Allocation.onceWarm(() -> executor.rollout(request))).isZero();
        }
    }

    /** Adds a hash of the column's random identity to the state, so that a wrong key, sample or step shows. */
    private static final class Noisy implements WorldModel {
        @Override
        public io.ponder.engine.model.ModelSpec spec() {
            return io.ponder.engine.model.ModelSpec.continuous(1, 1);
        }

        @Override
        public void init(float[] observations, int columns, ModelState out) {
            System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
        }

        @Override
        public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
            out.next().resize(state.columns());
            for (int k = 0; k < state.columns(); k++) {
                int hash = (keys.key0()[k] * 31 + keys.key1()[k]) * 31 + keys.sample()[k] * 7 + keys.step();
                out.next().values()[k] = state.values()[k] + actions[k] + (hash & 0xffff) / 65536f;
                out.reward()[k] = out.next().values()[k];
                out.discount()[k] = 1;
            }
        }

        @Override
        public WorldModel fork() {
            return new Noisy();
        }

        @Override
        public int blockColumns() {
            return 64;
        }
    }
}

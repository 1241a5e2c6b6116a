package io.ponder.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LambdaModelTest {
    private final LambdaModel walk = LambdaModel.of(2, 1, (x, u, next) -> {
                next[0] = x[0] + x[1];
                next[1] = x[1] + u[0];
                return -x[0];
            })
            .endingWhere(x -> x[0] > 2)
            .discountedBy(0.9);

    @Test
    void everyColumnIsSteppedOnItsOwn() {
        var state = new ModelState(walk.spec(), 2);
        walk.init(new float[] {1, 2, 0.5f, 1}, 2, state);
        var out = new StepBuffer(walk.spec(), 2);

        walk.step(state, new float[] {3, 4}, new ColumnKeys(2).resize(2), out);

        assertThat(out.next().values()).containsExactly(1.5f, 3, 3.5f, 5);
        assertThat(out.reward()).containsExactly(-1, -2);
        assertThat(out.discount()).containsExactly(0.9f, 0);
    }

    @Test
    void aForkStepsLikeTheOriginal() {
        var state = new ModelState(walk.spec(), 1);
        walk.init(new float[] {1, 1}, 1, state);
        var a = new StepBuffer(walk.spec(), 1);
        var b = new StepBuffer(walk.spec(), 1);

        walk.step(state, new float[] {1}, new ColumnKeys(1).resize(1), a);
        walk.fork().step(state, new float[] {1}, new ColumnKeys(1).resize(1), b);

        assertThat(b.next().values()).isEqualTo(a.next().values());
        assertThat(b.reward()).isEqualTo(a.reward());
        assertThat(b.discount()).isEqualTo(a.discount());
    }
}

package io.ponder.worldmodels.wrappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.LambdaModel;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.uncertainty.EnsembleUncertainty;
import io.ponder.worldmodels.uncertainty.Forecast;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Penalties and halts around a learned model. */
final class PessimismTest {
    private static final int COLUMNS = 5;
    private static final float[] SCALE = {1, 2};
    private static final float[] OBSERVATIONS = {0, 1, 2, 3, 4, 0, -1, -2, -3, -4};
    private static final float[] ACTIONS = {1, 0, 1, 0, 1};

    private final LearnedChain chain = LearnedChain.of(2, 1).reward((before, action, next, columns, out) -> {
        for (int k = 0; k < columns; k++) out[k] = 10;
    }).ensemble(EnsembleParameters.small().withSize(1, 8)).propagation(ParticlePropagation.TS1, true).seed(4).build();

    private static StepBuffer step(WorldModel model) {
        var state = new ModelState(model.spec(), COLUMNS);
        var out = new StepBuffer(model.spec(), COLUMNS);
        var keys = new ColumnKeys(COLUMNS).resize(COLUMNS);
        keys.set(0, COLUMNS, 3, 0);
        model.init(OBSERVATIONS, COLUMNS, state);
        model.step(state, ACTIONS, keys.step(2), out);
        return out;
    }

    private float[] deviations() {
        var forecast = new Forecast(chain.predictor(), 2);
        System.arraycopy(SCALE, 0, forecast.scale(), 0, 2);
        forecast.predict(chain.predictor(), OBSERVATIONS, ACTIONS, COLUMNS);
        float[] scores = new float[COLUMNS];
        EnsembleUncertainty.ENSEMBLE_DEVIATION.score(forecast, scores);
        return scores;
    }

    @Test
    void aPenaltyIsSubtractedFromTheRewardAlone() {
        StepBuffer plain = step(chain.model());
        StepBuffer penalised = step(new UncertaintyPenalty(chain.model(), EnsembleUncertainty.ENSEMBLE_DEVIATION, SCALE, 3));

        float[] scores = deviations();
        for (int k = 0; k < COLUMNS; k++) assertThat(penalised.reward()[k]).isEqualTo(10 - 3 * scores[k]);
        assertThat(penalised.next().values()).isEqualTo(plain.next().values());
        assertThat(penalised.discount()).isEqualTo(plain.discount());
    }

    @Test
    void aHaltEndsWhatIsAboveTheThreshold() {
        float[] scores = deviations();
        float[] sorted = scores.clone();
        Arrays.sort(sorted);
        StepBuffer out = step(
                new HaltOnUncertainty(chain.model(), EnsembleUncertainty.ENSEMBLE_DEVIATION, SCALE, sorted[2], -50).fork());

        for (int k = 0; k < COLUMNS; k++) {
            assertThat(out.discount()[k]).isEqualTo(scores[k] > sorted[2] ? 0 : 1);
            assertThat(out.reward()[k]).isEqualTo(scores[k] > sorted[2] ? -50 : 10);
        }
        assertThat(out.discount()).contains(0, 1);
    }

    @Test
    void aModelWithoutEnsembleIsRefused() {
        var plain = LambdaModel.of(2, 1, (x, u, next) -> 0);
        assertThatThrownBy(() -> new UncertaintyPenalty(plain, EnsembleUncertainty.MAX_PAIRWISE, SCALE, 1))
                .hasMessageContaining("Maybe wrap a LearnedChain's model");
    }
}

package io.ponder.worldmodels.ensemble;

import io.ponder.engine.Checks;
import io.ponder.engine.model.KernelEnsemble;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes what the networks read: observed angles become their sine and cosine (a raw angle is never a good input; Chua et al. 2018),
 * a discrete action becomes one indicator row for each action. Predictions stay those of the observations as they are.
 *
 * <p>The rows inside are the observations without the angles, in order, then sine and cosine of each angle.
 */
public final class InputFeatures extends PredictorStage {
    private final int[] angles;
    private final int[] others;
    private final int actionCount;
    private final int actionSize;
    private final Samples inside;
    private float[] observationBuffer = {};
    private float[] actionBuffer = {};
    private float[] toFeatures = {};
    private float[] toIndicators = {};

    /**
     * Creates the stage. The inner predictor reads {@link #featureCount} observation rows and {@code max(actionCount, actionSize)} action
     * rows.
     *
     * @param angles          entries of the observation that are angles in radians, ascending
     * @param observationSize entries of the observation outside
     * @param actionCount     number of discrete actions, 0 where actions are continuous
     */
    public InputFeatures(Predictor inner, int observationSize, int[] angles, int actionCount) {
        super(Stage.INPUT_FEATURES, inner);
        this.angles = angles.clone();
        this.actionCount = Checks.nonNegative("actionCount", actionCount);
        Checks.same("observationSize inside", inner.observationSize(), "number of features",
                featureCount(observationSize, angles.length));
        if (actionCount > 0) Checks.same("actionSize inside", inner.actionSize(), "actionCount", actionCount);
        actionSize = actionCount > 0 ? 1 : inner.actionSize();
        others = othersThan(angles, observationSize);
        inside = new Samples(inner.observationSize(), inner.actionSize(), inner.targetSize());
    }

    /** Returns the number of observation rows that the networks read: each angle counts twice. */
    public static int featureCount(int observationSize, int angles) {
        return observationSize + angles;
    }

    private static int[] othersThan(int[] angles, int observationSize) {
        int[] rows = new int[observationSize - angles.length];
        int count = 0;
        int angle = 0;
        for (int d = 0; d < observationSize; d++) {
            if (angle < angles.length && angles[angle] == d) {
                angle++;
            } else if (count < rows.length) {
                rows[count++] = d;
            }
        }
        if (angle == angles.length) return rows;
        throw new IllegalArgumentException("angles is " + Arrays.toString(angles)
                + ", but it must hold ascending entries from 0 to " + (observationSize - 1) + ".");
    }

    @Override
    public int observationSize() {
        return others.length + angles.length;
    }

    @Override
    public int actionSize() {
        return actionSize;
    }

    @Override
    public boolean differentiable() {
        return actionCount == 0 && inner().differentiable();
    }

    @Override
    public void predict(int[] member, float[] observations, float[] actions, int columns, Prediction out) {
        float[] indicators = encode(observations, actions, columns);
        inner().predict(member, observationBuffer, indicators, columns, out);
    }

    @Override
    public void predictAll(float[] observations, float[] actions, int columns, Prediction out) {
        float[] indicators = encode(observations, actions, columns);
        inner().predictAll(observationBuffer, indicators, columns, out);
    }

    /** Fills the feature buffer and returns the action rows for the inner predictor. */
    private float[] encode(float[] observations, float[] actions, int columns) {
        int needed = inner().observationSize() * columns;
        if (observationBuffer.length < needed) observationBuffer = new float[needed];
        encodeObservations(observations, 0, columns, observationBuffer, 0);
        if (actionCount == 0) return actions;
        if (actionBuffer.length < actionCount * columns) actionBuffer = new float[actionCount * columns];
        encodeActions(actions, 0, columns, actionBuffer, 0);
        return actionBuffer;
    }

    private void encodeObservations(float[] from, int offset, int columns, float[] to, int toOffset) {
        for (int i = 0; i < others.length; i++) {
            System.arraycopy(from, offset + others[i] * columns, to, toOffset + i * columns, columns);
        }
        for (int i = 0; i < angles.length; i++) {
            int row = toOffset + (others.length + 2 * i) * columns;
            Kernels.get().sin(columns, from, offset + angles[i] * columns, to, row);
            Kernels.get().cos(columns, from, offset + angles[i] * columns, to, row + columns);
        }
    }

    private void encodeActions(float[] from, int offset, int columns, float[] to, int toOffset) {
        for (int a = 0; a < actionCount; a++) {
            for (int k = 0; k < columns; k++) to[toOffset + a * columns + k] = from[offset + k] == a ? 1 : 0;
        }
    }

    @Override
    public void backward(
            int[] member,
            float[] observations,
            float[] actions,
            int columns,
            float[] meanCotangent,
            float[] logVarianceCotangent,
            float[] toObservations,
            float[] toActions) {
        float[] indicators = encode(observations, actions, columns);
        if (toFeatures.length < inner().observationSize() * columns) {
            toFeatures = new float[inner().observationSize() * columns];
            toIndicators = new float[inner().actionSize() * columns];
        }
        inner().backward(member, observationBuffer, indicators, columns, meanCotangent, logVarianceCotangent, toFeatures,
                toIndicators);
        for (int i = 0; i < others.length; i++) {
            System.arraycopy(toFeatures, i * columns, toObservations, others[i] * columns, columns);
        }
        for (int i = 0; i < angles.length; i++) {
            int sine = (others.length + 2 * i) * columns;
            int cosine = sine + columns;
            int to = angles[i] * columns;
            for (int k = 0; k < columns; k++) {
                toObservations[to + k] = toFeatures[sine + k] * observationBuffer[cosine + k]
                        - toFeatures[cosine + k] * observationBuffer[sine + k];
            }
        }
        if (actionCount == 0) {
            System.arraycopy(toIndicators, 0, toActions, 0, actionSize * columns);
        } else {
            Arrays.fill(toActions, 0, columns, 0);
        }
    }

    @Override
    public void prepare(Samples samples) {
        inner().prepare(encode(samples));
    }

    @Override
    public void train(Samples samples) {
        inner().train(encode(samples));
    }

    @Override
    public void addErrors(Samples samples, double[] sum) {
        inner().addErrors(encode(samples), sum);
    }

    private Samples encode(Samples samples) {
        int columns = samples.columns();
        inside.resize(samples.blocks(), columns).terms(samples.terms());
        for (int block = 0; block < samples.blocks(); block++) {
            encodeObservations(samples.observations(), block * observationSize() * columns, columns, inside.observations(),
                    block * inside.observationSize() * columns);
            if (actionCount > 0) {
                encodeActions(samples.actions(), block * columns, columns, inside.actions(), block * actionCount * columns);
            }
        }
        if (actionCount == 0) {
            System.arraycopy(samples.actions(), 0, inside.actions(), 0, samples.blocks() * actionSize * columns);
        }
        System.arraycopy(samples.targets(), 0, inside.targets(), 0, samples.blocks() * targetSize() * columns);
        return inside;
    }

    @Override
    public @Nullable KernelEnsemble lower() {
        KernelEnsemble plan = inner().lower();
        if (plan == null) return null;
        List<KernelEnsemble.Input> made = new ArrayList<>();
        for (int row : others) made.add(new KernelEnsemble.Input(KernelEnsemble.Source.OBSERVATION, row));
        for (int row : angles) {
            made.add(new KernelEnsemble.Input(KernelEnsemble.Source.SINE, row));
            made.add(new KernelEnsemble.Input(KernelEnsemble.Source.COSINE, row));
        }
        var source = actionCount > 0 ? KernelEnsemble.Source.INDICATOR : KernelEnsemble.Source.ACTION;
        for (int a = 0; a < inner().actionSize(); a++) made.add(new KernelEnsemble.Input(source, a));
        plan.inputs(made.toArray(new KernelEnsemble.Input[0]));
        return plan;
    }

    @Override
    public Predictor fork() {
        return new InputFeatures(inner().fork(), observationSize(), angles, actionCount);
    }
}

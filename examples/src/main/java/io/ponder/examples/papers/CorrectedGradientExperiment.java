package io.ponder.examples.papers;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.Differentiable;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.tensor.RandomStream;
import io.ponder.worldmodels.linear.LinearGaussianModel;
import io.ponder.worldmodels.wrappers.OnPolicyCorrection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On-policy corrections, the map of gradient signs: s' = s + 0.5 a under a = theta s, 60 steps, cost s^2 + 0.1 a^2, and linear models whose
 * two coefficients are wrong by draws from a box. For how many of them does dJ/dtheta point the wrong way?
 */
final class CorrectedGradientExperiment {
    private static final double[] THETAS = {-0.3, -0.6, -1.0, -2.2};
    private static final int STEPS = 60;
    /** J grows with the square of the start, so its gradient keeps its sign; a small one keeps exploding models within floats. */
    private static final float START = 1e-18f;

    private CorrectedGradientExperiment() {}

    static Experiment experiment() {
        return Experiment.named("opc-gradient", "On-policy corrections: sign of the policy gradient")
                .paper("Fröhlich et al.: On-Policy Model Errors in Reinforcement Learning, 2022")
                .claim("Corrected by the current policy's own episode, a wrong model gives the right direction of improvement.")
                .metric("share of wrong models whose policy gradient has the wrong sign, mean of 4 policies", Direction.LOWER)
                .method("corrected").control("uncorrected").control("corrected by old policy")
                .detail("corrected, worst policy").detail("uncorrected, worst policy")
                .atMost(0.03).atMostTimes(1 / 3.0, "uncorrected")
                .require("corrected at most 0.07 under every policy", outcome -> outcome.mean("corrected, worst policy") <= 0.07)
                .inTests(2)
                .trial((seed, scale, curves) -> trial(seed, scale == Scale.FULL ? 1000 : 200));
    }

    private static double[] trial(long seed, int models) {
        double[] wrong = new double[5];
        for (double theta : THETAS) {
            TransitionStore own = episode(theta);
            TransitionStore old = episode(0.5 * theta);
            double truth = gradient(model(0, 0), null, theta);
            var random = new RandomStream(seed, 0);
            double[] count = new double[3];
            for (int i = 0; i < models; i++) {
                double stateError = 1.6 * random.nextDouble() - 0.8;
                double inputError = 1.25 * random.nextDouble() - 0.45;
                TransitionStore[] references = {own, null, old};
                for (int arm = 0; arm < 3; arm++) {
                    if (gradient(model(stateError, inputError), references[arm], theta) * truth <= 0) count[arm] += 1.0 / models;
                }
            }
            for (int arm = 0; arm < 3; arm++) wrong[arm] += count[arm] / THETAS.length;
            wrong[3] = Math.max(wrong[3], count[0]);
            wrong[4] = Math.max(wrong[4], count[1]);
        }
        return wrong;
    }

    private static WorldModel model(double stateError, double inputError) {
        return new LinearGaussianModel(new double[][] {{1 + stateError}}, new double[][] {{0.5 + inputError}}, new double[1],
                new double[1][1], false);
    }

    private static TransitionStore episode(double theta) {
        var store = new TransitionStore(1, 1);
        float state = START;
        for (int t = 0; t < STEPS; t++) {
            float action = (float) theta * state;
            float next = state + 0.5f * action;
            store.add(new float[] {state}, new float[] {action}, 0, new float[] {next}, false, t == STEPS - 1);
            state = next;
        }
        return store;
    }

    /** Returns dJ/dtheta in a model, forwards step by step and back through the model's vector-Jacobian products. */
    private static double gradient(WorldModel uncorrected, @Nullable TransitionStore reference, double theta) {
        WorldModel model = reference == null ? uncorrected : new OnPolicyCorrection(uncorrected, reference).startAt(0);
        Differentiable slope = Objects.requireNonNull(model.as(Differentiable.class));
        var keys = new ColumnKeys(1).resize(1);
        var states = new ModelState[STEPS + 1];
        var step = new StepBuffer(model.spec(), 1);
        for (int t = 0; t <= STEPS; t++) states[t] = new ModelState(model.spec(), 1);
        model.init(new float[] {START}, 1, states[0]);
        for (int t = 0; t < STEPS; t++) {
            model.step(states[t], new float[] {(float) theta * states[t].values()[0]}, keys.step(t), step);
            states[t + 1].copyFrom(step.next());
        }
        float[] toNext = new float[1];
        float[] toState = new float[1];
        float[] toAction = new float[1];
        double gradient = 0;
        for (int t = STEPS - 1; t >= 0; t--) {
            float state = states[t].values()[0];
            float action = (float) theta * state;
            slope.backward(states[t], new float[] {action}, keys.step(t), toNext, new float[1], toState, toAction);
            double byAction = toAction[0] + 0.2 * action;
            gradient += byAction * state;
            toNext[0] = (float) (2 * state + toState[0] + theta * byAction);
        }
        return gradient;
    }
}

package io.ponder.examples.embedding;

import io.ponder.engine.model.*;
import io.ponder.engine.plan.*;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.planners.tree.*;

/**
 * How many simulations so many actions need: the mean value of the action that a search chooses among A bandit arms with values uniform
 * in 0 to 1, of which the prior knows nothing useful. A whole batch of bandits is one search. The best arm is worth A / (A + 1).
 */
public final class HowManySimulations implements WorldModel, LatentHeads {
    private static final int BANDITS = 1000;
    private final int arms;

    private HowManySimulations(int arms) {
        this.arms = arms;
    }

    @Override public ModelSpec spec() {
        return ModelSpec.discrete(1, arms);
    }

    @Override public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
    }

    private float value(float bandit, int arm) {
        return CounterRandom.uniform(arms, 1, (int) bandit, arm);
    }

    @Override public void step(ModelState state, float[] actions, ColumnKeys keys, StepBuffer out) {
        out.next().copyFrom(state);
        for (int k = 0; k < state.columns(); k++) {
            out.reward()[k] = value(state.values()[k], (int) actions[k]);
            out.discount()[k] = 0;
        }
    }

    @Override public void evaluate(ModelState state, ColumnKeys keys, NodeBuffer out) {
        int columns = state.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            out.kind()[k] = NodeKind.DECISION;
            out.value()[k] = 0.5f;
            for (int a = 0; a < arms; a++) {
                out.logits()[a * columns + k] = CounterRandom.normal(arms, 2, (int) state.values()[k], a);
            }
        }
    }

    @Override public void expand(ModelState from, byte[] kinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(from, actions, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override public WorldModel fork() {
        return new HowManySimulations(arms);
    }

    /** Returns the mean value of the arms that a search chooses. */
    static double chosenValue(SearchRecipe recipe, int arms, int simulations) {
        var model = new HowManySimulations(arms);
        float[] bandits = new float[BANDITS];
        for (int b = 0; b < BANDITS; b++) bandits[b] = b;
        try (var search = new TreeSearch(model, recipe.withSimulations(simulations), SearchExecution.rows(BANDITS))) {
            var request = new PlanRequest(model, BANDITS).observe(model, bandits).keys(1, 0).explore(recipe.noise() == null);
            float[] actions = search.plan(request, Budget.UNLIMITED).actions();
            double sum = 0;
            for (int b = 0; b < BANDITS; b++) sum += model.value(b, (int) actions[b]);
            return sum / BANDITS;
        }
    }

    public static void main(String[] arguments) {
        System.out.println("arms  simulations  muzero  gumbel");
        for (int arms : new int[] {4, 16, 64, 256}) {
            for (int simulations : new int[] {2, 4, 8, 16, 32, 64, 128}) {
                System.out.printf("%4d  %11d  %6.3f  %6.3f%n", arms, simulations,
                        chosenValue(SearchRecipes.muzero(), arms, simulations),
                        chosenValue(SearchRecipes.gumbel(), arms, simulations));
            }
        }
    }
}

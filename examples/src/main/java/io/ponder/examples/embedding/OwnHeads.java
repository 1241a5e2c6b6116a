package io.ponder.examples.embedding;

import io.ponder.engine.model.*;
import io.ponder.engine.plan.*;
import io.ponder.planners.tree.*;

/** A model of one's own for the tree search: take 1 to 3 stones of a heap; who takes the last one wins. The state is the heap. */
public final class OwnHeads implements WorldModel, LatentHeads {
    @Override public ModelSpec spec() {
        return ModelSpec.discrete(1, 3);
    }

    @Override public void init(float[] observations, int columns, ModelState out) {
        System.arraycopy(observations, 0, out.resize(columns).values(), 0, columns);
    }

    @Override public void step(ModelState heaps, float[] actions, ColumnKeys keys, StepBuffer out) {
        int columns = heaps.columns();
        out.next().resize(columns);
        for (int k = 0; k < columns; k++) {
            float left = heaps.values()[k] - 1 - actions[k];
            out.next().values()[k] = left;
            out.reward()[k] = left == 0 ? 1 : 0;            // for whoever moves
            out.discount()[k] = left == 0 ? 0 : -1;         // 0 ends the game, -1: what comes is the other player's
        }
    }

    @Override public void evaluate(ModelState heaps, ColumnKeys keys, NodeBuffer out) {
        int columns = heaps.columns();
        out.resize(columns);
        for (int k = 0; k < columns; k++) {
            float left = heaps.values()[k];
            out.kind()[k] = left == 0 ? NodeKind.TERMINAL : NodeKind.DECISION;
            out.value()[k] = 0;                             // a network would know better
            for (int a = 0; a < 3; a++) out.logits()[a * columns + k] = a < left ? 0 : Float.NEGATIVE_INFINITY;
        }
    }

    @Override public void expand(
            ModelState parents, byte[] kinds, float[] actions, ColumnKeys keys, StepBuffer step, NodeBuffer out) {
        step(parents, actions, keys, step);
        evaluate(step.next(), keys, out);
    }

    @Override public WorldModel fork() {
        return new OwnHeads();
    }

    public static void main(String[] arguments) {
        var model = new OwnHeads();
        try (var search = new TreeSearch(model, SearchRecipes.alphaZero().withSimulations(400), SearchExecution.rows(3))) {
            var request = new PlanRequest(model, 3).observe(model, new float[] {9, 10, 11}).keys(42, 0);
            Plan plan = search.plan(request, Budget.UNLIMITED);
            for (int b = 0; b < 3; b++) System.out.printf("take %.0f, value %.2f%n", plan.action(b, 0) + 1, plan.predictedReturn()[b]);
        }
    }
}

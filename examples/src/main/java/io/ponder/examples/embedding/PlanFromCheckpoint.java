package io.ponder.examples.embedding;

import io.ponder.engine.env.Environment;
import io.ponder.engine.env.StepResult;
import io.ponder.engine.plan.Budget;
import io.ponder.engine.plan.PlanRequest;
import io.ponder.examples.environments.CartPole;
import io.ponder.planners.tree.SearchExecution;
import io.ponder.planners.tree.SearchRecipes;
import io.ponder.planners.tree.TreeSearch;
import io.ponder.worldmodels.archive.LatentArchive;
import io.ponder.worldmodels.latent.LatentModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Loads what {@code ponder train muzero --env CartPole-v1} learned, and balances the pole with 2 milliseconds a decision. */
public final class PlanFromCheckpoint {
    private static final int MOST_STEPS = 500;

    private PlanFromCheckpoint() {}

    /** Returns how many steps the pole stays up. */
    static int balance(Path folder, long seed) throws IOException {
        LatentModel model = LatentArchive.load(folder);
        Environment cart = new CartPole();
        // The tree has room for 1000 simulations; the clock ends the search before that.
        try (var search = new TreeSearch(model, SearchRecipes.gumbel().withSimulations(1000), SearchExecution.rows(1))) {
            var request = new PlanRequest(model, 1);
            StepResult seen = cart.reset(seed);
            int steps = 0;
            while (!seen.done() && steps < MOST_STEPS) {
                request.observe(model, seen.observation()).keys(seed, steps++);
                float action = search.plan(request, Budget.wallClock(Duration.ofMillis(2))).action(0, 0);
                seen = cart.step(new float[] {action});
            }
            return steps;
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "ponder-training/muzero-cartpole-v1");
        System.out.println(balance(folder, 1) + " steps");
    }
}

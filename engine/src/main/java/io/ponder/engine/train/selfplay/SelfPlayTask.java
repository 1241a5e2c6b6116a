package io.ponder.engine.train.selfplay;

import io.ponder.engine.env.Environment;
import io.ponder.engine.game.Symmetry;
import io.ponder.engine.model.WorldModel;
import io.ponder.engine.plan.SearchPlanner;
import java.util.List;
import java.util.function.Supplier;

/**
 * Says what is learned: which task, with which model, searched how, taught by whom.
 *
 * @param environment makes environments of the task; called once for each that is played side by side
 * @param model       what the searches imagine with; sees what the learner publishes
 * @param search      makes the searches
 * @param learner     teaches the networks behind the model
 * @param symmetries  turns and mirrors of the task, empty for none
 */
public record SelfPlayTask(
        Supplier<? extends Environment> environment, WorldModel model, SearchMaker search, UnrollLearner learner, List<Symmetry> symmetries) {
    /** Makes a search over a model. */
    @FunctionalInterface
    public interface SearchMaker {
        /** Returns a new search for so many rows, which the loop closes. */
        SearchPlanner make(WorldModel model, int rows);
    }

    /** Copies the list. */
    public SelfPlayTask {
        symmetries = List.copyOf(symmetries);
    }

    /** Returns a task without symmetries. */
    public static SelfPlayTask of(
            Supplier<? extends Environment> environment, WorldModel model, SearchMaker search, UnrollLearner learner) {
        return new SelfPlayTask(environment, model, search, learner, List.of());
    }
}

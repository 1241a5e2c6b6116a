package io.ponder.examples.comparison;

import io.ponder.engine.Checks;

/**
 * Says how a tree search looks ahead in a task. A task whose reward is far needs random rollouts that arrive there now and then, else all
 * actions look alike: they have to be long, and the actions in them held.
 *
 * @param hold         steps for which the tree and its rollouts hold an action, so that few decisions reach far
 * @param actionRepeat steps for which the action that was chosen is held before the next search; {@code hold} acts as the tree imagines,
 *                     1 where a step more can be a step too many
 * @param rollout      steps of the random rollouts that value a leaf
 */
public record TreeSizes(int hold, int actionRepeat, int rollout) {
    public TreeSizes {
        Checks.positive("hold", hold);
        Checks.inRange("actionRepeat", actionRepeat, 1, hold);
        Checks.inRange("rollout", rollout, hold, 100_000);
    }
}

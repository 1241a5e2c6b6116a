package io.ponder.planners.tree;

import io.ponder.engine.Checks;
import io.ponder.engine.model.LeafEvaluator;
import org.jspecify.annotations.Nullable;

/**
 * Composes a tree search out of rules. Immutable; {@link SearchRecipes} has the published ones.
 *
 * @param name        name of the search, such as {@code muzero}
 * @param simulations simulations of a search, at least 1; the budget may end it earlier
 * @param maxDepth    edges below the root at most, at least 1. A node at the limit is evaluated again instead of being
 *                    searched below.
 * @param root        chooses the edge at a root
 * @param interior    chooses the edge at a decision below the root
 * @param chance      chooses chance outcomes
 * @param actions     which actions a decision node has edges for
 * @param noise       mixed into the roots' priors where the request explores, or null for none
 * @param decision    decides at the end
 * @param target      the policy to teach
 * @param leaf        says what new nodes are worth, or null for the model's own values
 * @param backUp      how values travel up
 */
public record SearchRecipe(
        String name,
        int simulations,
        int maxDepth,
        SelectionRule root,
        SelectionRule interior,
        SelectionRule chance,
        ActionSource actions,
        @Nullable DirichletNoise noise,
        RootDecision decision,
        PolicyTarget target,
        @Nullable LeafEvaluator leaf,
        BackUpRule backUp) {
    /** No limit of the depth. */
    public static final int UNLIMITED_DEPTH = Integer.MAX_VALUE;

    public SearchRecipe {
        Checks.positive("simulations", simulations);
        Checks.positive("maxDepth", maxDepth);
    }

    /** Returns this recipe with another name. */
    public SearchRecipe named(String newName) {
        return new SearchRecipe(
                newName, simulations, maxDepth, root, interior, chance, actions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with another number of simulations. */
    public SearchRecipe withSimulations(int newSimulations) {
        return new SearchRecipe(
                name, newSimulations, maxDepth, root, interior, chance, actions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with another limit of the depth. */
    public SearchRecipe withMaxDepth(int newMaxDepth) {
        return new SearchRecipe(
                name, simulations, newMaxDepth, root, interior, chance, actions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with another rule at the roots. */
    public SearchRecipe withRoot(SelectionRule newRoot) {
        return new SearchRecipe(
                name, simulations, maxDepth, newRoot, interior, chance, actions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with another rule at decisions below the roots. */
    public SearchRecipe withInterior(SelectionRule newInterior) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, newInterior, chance, actions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with another rule at chance nodes. */
    public SearchRecipe withChance(SelectionRule newChance) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, newChance, actions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with other actions at the nodes. */
    public SearchRecipe withActions(ActionSource newActions) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, chance, newActions, noise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with other noise at the roots; null for none. */
    public SearchRecipe withNoise(@Nullable DirichletNoise newNoise) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, chance, actions, newNoise, decision, target, leaf, backUp);
    }

    /** Returns this recipe with another decision. */
    public SearchRecipe withDecision(RootDecision newDecision) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, chance, actions, noise, newDecision, target, leaf, backUp);
    }

    /** Returns this recipe with another policy to teach. */
    public SearchRecipe withTarget(PolicyTarget newTarget) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, chance, actions, noise, decision, newTarget, leaf, backUp);
    }

    /** Returns this recipe with another evaluation of new nodes; null for the model's own values. */
    public SearchRecipe withLeaf(@Nullable LeafEvaluator newLeaf) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, chance, actions, noise, decision, target, newLeaf, backUp);
    }

    /** Returns this recipe with another back-up. */
    public SearchRecipe withBackUp(BackUpRule newBackUp) {
        return new SearchRecipe(
                name, simulations, maxDepth, root, interior, chance, actions, noise, decision, target, leaf, newBackUp);
    }

    /** Returns this recipe with values that are proven from these bounds on, or never for null. */
    public SearchRecipe withProofs(@Nullable ProofBounds bounds) {
        return withBackUp(backUp.withProofs(bounds));
    }
}

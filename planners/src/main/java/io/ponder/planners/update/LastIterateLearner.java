package io.ponder.planners.update;

import io.ponder.engine.game.imperfect.BehaviourPolicy;
import io.ponder.engine.game.imperfect.ExtensiveForm;
import io.ponder.engine.game.imperfect.PolicyValues;
import io.ponder.planners.policy.PolicyOperator;
import java.util.Arrays;

/**
 * Learns a policy for all players of a small game: applies a {@link PolicyOperator} at every information set at once, with
 * exact action values under the policy so far, again and again. What counts is the last policy, not an average. With {@code
 * MagneticMirrorDescent} whose step and pull fall as {@code 1 / sqrt(t)} it approaches an equilibrium of a game of two that
 * sums to 0; with a constant pull, a quantal response equilibrium (Sokota and others 2023, "A unified approach to reinforcement
 * learning, quantal response equilibria, and two-player zero-sum games", section 4).
 *
 * <p>One thread at a time; an update allocates nothing.
 */
public final class LastIterateLearner {
    private final ExtensiveForm form;
    private final BehaviourPolicy policy;
    private final PolicyValues values;
    private final double[] q;
    private final double[] magnet;

    /** Creates a learner that goes on from a policy, whose table it writes to; the magnet is uniform. */
    public LastIterateLearner(BehaviourPolicy policy) {
        this.policy = policy;
        form = policy.form();
        values = new PolicyValues(form);
        q = new double[form.entries()];
        magnet = new double[form.entries()];
        for (int i = 0; i < form.sets(); i++) {
            Arrays.fill(magnet, form.first(i), form.first(i + 1), 1.0 / (form.first(i + 1) - form.first(i)));
        }
    }

    /** Returns the policy. */
    public BehaviourPolicy policy() {
        return policy;
    }

    /** Improves the policy at all information sets at once, with values under the policy as it was before. */
    public void update(PolicyOperator operator) {
        for (int p = 0; p < form.players(); p++) values.actionValues(policy, p, q);
        for (int i = 0; i < form.sets(); i++) {
            operator.apply(policy.table(), magnet, q, form.first(i), form.first(i + 1) - form.first(i), policy.table());
        }
    }
}

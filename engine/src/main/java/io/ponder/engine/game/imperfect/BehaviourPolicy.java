package io.ponder.engine.game.imperfect;

import java.util.Arrays;

/**
 * Keeps the probabilities of all actions in all information sets of a small game, for all players: a behaviour strategy of each.
 *
 * <p>{@link #table} may be written to. One thread at a time; allocates nothing after the constructor.
 */
public final class BehaviourPolicy implements GamePolicy {
    private final ExtensiveForm form;
    private final double[] table;

    /** Creates the policy that takes all legal actions with the same probability. */
    public BehaviourPolicy(ExtensiveForm form) {
        this.form = form;
        table = new double[form.entries()];
        for (int i = 0; i < form.sets(); i++) {
            Arrays.fill(table, form.first(i), form.first(i + 1), 1.0 / (form.first(i + 1) - form.first(i)));
        }
    }

    /** Returns a copy of its own. */
    public BehaviourPolicy copy() {
        var copy = new BehaviourPolicy(form);
        System.arraycopy(table, 0, copy.table, 0, table.length);
        return copy;
    }

    /** Returns the game that it is for. */
    public ExtensiveForm form() {
        return form;
    }

    /** Returns the probabilities, one an entry of the {@link ExtensiveForm}. A view. */
    public double[] table() {
        return table;
    }

    /** Returns the probability of the move that led to a history, whoever made it; 1 for the start. */
    double probability(int history) {
        int parent = form.parent(history);
        if (parent < 0) return 1;
        return form.mover(parent) < 0 ? form.chance(history) : table[entry(parent, history)];
    }

    private int entry(int parent, int child) {
        return form.first(form.set(parent)) + child - form.firstChild(parent);
    }

    @Override
    public void probabilities(int[][] positions, int columns, float[] out) {
        Arrays.fill(out, 0, form.game().actionCount() * columns, 0);
        for (int k = 0; k < columns; k++) {
            int player = form.game().playerToMove(positions[k]);
            int set = form.find(player, form.game().informationSet(positions[k], player));
            for (int e = form.first(set); e < form.first(set + 1); e++) out[form.action(e) * columns + k] = (float) table[e];
        }
    }
}

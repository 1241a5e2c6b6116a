package io.ponder.examples.papers;

import io.ponder.engine.tabular.MdpTable;
import io.ponder.engine.tabular.TabularMdp;

/** The small finite processes of the papers. */
final class Processes {
    private Processes() {}

    /**
     * A cliff walk on 6 x 6 cells: a move succeeds or goes to one of the other three sides, walls keep one where one is; the inner cells of
     * the first row are a cliff in which one stays, its last cell is a goal in which one stays, everything else costs 1 a step.
     */
    static MdpTable cliff(double success, double cliffReward, double goalReward) {
        int side = 6;
        int[] rows = {-1, 1, 0, 0};
        int[] columns = {0, 0, -1, 1};
        var table = new MdpTable.Builder(side * side, 4).start(0, 1);
        for (int s = 0; s < side * side; s++) {
            boolean cliff = s >= 1 && s <= side - 2;
            boolean goal = s == side - 1;
            for (int a = 0; a < 4; a++) {
                if (cliff || goal) {
                    table.outcome(1, s, goal ? goalReward : cliffReward, false).endRow();
                    continue;
                }
                double[] p = new double[side * side];
                for (int b = 0; b < 4; b++) {
                    int row = Math.max(0, Math.min(side - 1, s / side + rows[b]));
                    int column = Math.max(0, Math.min(side - 1, s % side + columns[b]));
                    p[row * side + column] += a == b ? success : (1 - success) / 3;
                }
                for (int next = 0; next < p.length; next++) if (p[next] > 0) table.outcome(p[next], next, -1, false);
                table.endRow();
            }
        }
        return table.build();
    }

    /**
     * A wrong model: probabilities (1 - lambda) P + lambda U, U uniform over the next states of the row, or over all
     * states; rewards stay right.
     */
    static MdpTable smoothed(TabularMdp mdp, double lambda, boolean everywhere) {
        int states = mdp.stateCount();
        var table = new MdpTable.Builder(states, mdp.actionCount());
        for (int s = 0; s < states; s++) table.start(s, mdp.startProbability(s));
        for (int s = 0; s < states; s++) {
            for (int a = 0; a < mdp.actionCount(); a++) {
                int outcomes = mdp.outcomeCount(s, a);
                double reward = mdp.expectedReward(s, a);
                double[] p = new double[states];
                for (int i = 0; i < outcomes; i++) {
                    p[mdp.nextState(s, a, i)] += (1 - lambda) * mdp.probability(s, a, i) + (everywhere ? 0 : lambda / outcomes);
                }
                if (everywhere) for (int next = 0; next < states; next++) p[next] += lambda / states;
                put(table, p, reward);
            }
        }
        return table.build();
    }

    private static void put(MdpTable.Builder table, double[] p, double reward) {
        for (int next = 0; next < p.length; next++) if (p[next] > 0) table.outcome(Math.min(1, p[next]), next, reward, false);
        table.endRow();
    }

    /** River swim: going left is easy and pays 0.005 at the left end, going right is against the current and pays 1 at the right end. */
    static MdpTable riverSwim(int states) {
        return river(states, 0.35, 1, 0.005, 0);
    }

    /**
     * River swim that is the usual one up to state {@code same} - 1 and differs beyond.
     *
     * @param right      probability to get on against the current
     * @param rightPays  reward at the right end
     * @param leftPays   reward at the left end
     */
    static MdpTable river(int states, double right, double rightPays, double leftPays, int same) {
        var table = new MdpTable.Builder(states, 2).start(0, 1);
        for (int s = 0; s < states; s++) {
            double on = s < same ? 0.35 : right;
            boolean last = s == states - 1;
            table.outcome(1, Math.max(0, s - 1), s == 0 ? leftPays : 0, false).endRow();
            if (s == 0) table.outcome(0.4, 0, 0, false).outcome(0.6, 1, 0, false).endRow();
            else if (last) table.outcome(0.6, s, rightPays, false).outcome(0.4, s - 1, rightPays, false).endRow();
            else table.outcome(0.05, s - 1, 0, false).outcome(0.95 - on, s, 0, false).outcome(on, s + 1, 0, false).endRow();
        }
        return table.build();
    }

    /** Draws the next state of an action. */
    static int next(TabularMdp mdp, int state, int action, double uniform) {
        double left = uniform;
        int last = mdp.outcomeCount(state, action) - 1;
        for (int i = 0; i < last; i++) {
            left -= mdp.probability(state, action, i);
            if (left < 0) return mdp.nextState(state, action, i);
        }
        return mdp.nextState(state, action, last);
    }
}

package io.ponder.examples.games;

import java.util.ArrayList;
import java.util.List;

/** Pig with what happened kept as a log: everything is counted anew from it. */
final class SlowPig implements SlowTwin {
    private final int players;
    private final int winScore;
    private final int horizon;
    private final List<Integer> log = new ArrayList<>();

    private final int[] score;
    private int turnTotal;
    private int turn;
    private int decisions;
    private boolean rolling;

    SlowPig(int players, int winScore, int horizon) {
        this.players = players;
        this.winScore = winScore;
        this.horizon = horizon;
        score = new int[players];
    }

    private void replay() {
        java.util.Arrays.fill(score, 0);
        turnTotal = 0;
        turn = 0;
        decisions = 0;
        rolling = false;
        for (int move : log) {
            if (rolling) {
                rolling = false;
                turnTotal = move == 0 ? 0 : turnTotal + move + 1;
                if (move == 0) turn = turn == players - 1 ? 0 : turn + 1;
                continue;
            }
            decisions++;
            rolling = move == 0;
            if (!rolling) {
                score[turn] += turnTotal;
                turnTotal = 0;
                turn = turn == players - 1 ? 0 : turn + 1;
            }
        }
    }

    private int winner() {
        for (int p = 0; p < players; p++) if (score[p] >= winScore) return p;
        return -1;
    }

    @Override
    public int playerToMove() {
        replay();
        if (rolling) return -1;
        return winner() >= 0 || decisions == horizon ? -2 : turn;
    }

    @Override
    public List<Integer> moves() {
        return playerToMove() == -1 ? List.of(0, 1, 2, 3, 4, 5) : playerToMove() == -2 ? List.of() : List.of(0, 1);
    }

    @Override
    public void play(int move) {
        log.add(move);
    }

    @Override
    public double reward(int player) {
        replay();
        if (winner() < 0) return 0;
        return winner() == player ? 1 : -1.0 / (players - 1);
    }

    @Override
    public List<Integer> board() {
        replay();
        List<Integer> board = new ArrayList<>();
        for (int s : score) board.add(s);
        board.add(turnTotal);
        board.add(turn);
        return board;
    }

    @Override
    public SlowTwin copy() {
        throw new UnsupportedOperationException();
    }
}

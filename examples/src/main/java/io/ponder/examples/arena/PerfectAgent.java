package io.ponder.examples.arena;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Plays a small game perfectly: draws among the moves that are worth most where both sides play perfectly. */
public final class PerfectAgent implements Agent, Advisor {
    /** Positions that may be needed to solve a game. */
    static final int MOST_POSITIONS = 300_000;

    private final Game game;
    private final ExactSolver solver;

    /**
     * Solves the game.
     *
     * @throws IllegalArgumentException if the game is not one of two players who take turns for a sum of 0, or too large
     */
    public PerfectAgent(Game game) {
        this.game = game;
        solver = new ExactSolver(game, MOST_POSITIONS);
        int[] start = new int[game.positionSize()];
        game.start(start);
        solver.value(start);
    }

    @Override
    public String name() {
        return "perfect";
    }

    @Override
    public int choose(int[] position, int player, long key) {
        List<Advice> advices = advise(position, player, key);
        double best = advices.get(0).value();
        int equals = (int) advices.stream().filter(advice -> advice.value() == best).count();
        return advices.get(Bits.below(equals, key)).move();
    }

    @Override
    public List<Advice> advise(int[] position, int player, long key) {
        int[] actions = new int[game.actionCount()];
        int count = game.legalActions(position, actions);
        List<Advice> advices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            advices.add(new Advice(actions[i], 0, solver.value(position, actions[i]), List.of(actions[i]), true));
        }
        advices.sort(Comparator.comparingDouble((Advice advice) -> -advice.value()));
        return advices;
    }
}

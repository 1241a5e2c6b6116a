package io.ponder.examples.games;

import io.ponder.engine.game.Symmetry;
import java.util.ArrayList;
import java.util.List;

/** Makes the turns and mirrors of a board whose observation is planes of its cells, row by row. */
final class BoardSymmetries {
    /** Tells what becomes of an action. */
    @FunctionalInterface
    interface ActionMap {
        /**
         * Returns the turned action.
         *
         * @param turned {@code [cells]}, where every cell goes
         */
        int turn(int action, int[] turned);
    }

    private BoardSymmetries() {}

    /** Returns the eight symmetries of a square board. */
    static List<Symmetry> square(int side, int planes, ActionMap actions, int actionCount) {
        List<Symmetry> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int[] turned = new int[side * side];
            for (int row = 0; row < side; row++) {
                for (int column = 0; column < side; column++) {
                    int r = (i & 1) == 0 ? row : side - 1 - row;
                    int c = (i & 2) == 0 ? column : side - 1 - column;
                    turned[row * side + column] = (i & 4) == 0 ? r * side + c : c * side + r;
                }
            }
            all.add(of(turned, planes, actions, actionCount));
        }
        return List.copyOf(all);
    }

    /** Returns the identity and the exchange of left and right. */
    static List<Symmetry> leftRight(int rows, int columns, int planes, ActionMap actions, int actionCount) {
        int[] same = new int[rows * columns];
        int[] mirrored = new int[rows * columns];
        for (int cell = 0; cell < same.length; cell++) {
            same[cell] = cell;
            mirrored[cell] = cell - cell % columns + columns - 1 - cell % columns;
        }
        return List.of(of(same, planes, actions, actionCount), of(mirrored, planes, actions, actionCount));
    }

    private static Symmetry of(int[] turned, int planes, ActionMap actions, int actionCount) {
        int[] observation = new int[planes * turned.length];
        for (int plane = 0; plane < planes; plane++) {
            for (int cell = 0; cell < turned.length; cell++) {
                observation[plane * turned.length + turned[cell]] = plane * turned.length + cell;
            }
        }
        int[] action = new int[actionCount];
        for (int a = 0; a < actionCount; a++) action[a] = actions.turn(a, turned);
        return new Symmetry(observation, action);
    }
}

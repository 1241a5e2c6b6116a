package io.ponder.examples.games;

import io.ponder.engine.Checks;
import io.ponder.engine.game.ImperfectInformationGame;
import java.util.List;

/**
 * A game of two players who choose at once, once, and are paid by a table. The joint action is
 * {@code row * columns + column}: player 0 chooses the row.
 *
 * <p>Position: the joint action plus 1, or 0 before. Observation: 1 before, 0 after; what was chosen is not seen.
 */
public final class MatrixGame implements ImperfectInformationGame {
    private final String name;
    private final List<String> rowNames;
    private final List<String> columnNames;
    private final float[] rowPays;
    private final float[] columnPays;
    private final boolean zeroSum;

    /**
     * Creates a game.
     *
     * @param rowNames    what player 0 can choose
     * @param columnNames what player 1 can choose
     * @param rowPays     {@code [rows x columns]}, what player 0 gets. Copied.
     * @param columnPays  {@code [rows x columns]}, what player 1 gets. Copied.
     */
    public MatrixGame(String name, List<String> rowNames, List<String> columnNames, float[] rowPays, float[] columnPays) {
        this.name = name;
        this.rowNames = List.copyOf(rowNames);
        this.columnNames = List.copyOf(columnNames);
        int entries = Checks.positive("rows x columns", rowNames.size() * columnNames.size());
        Checks.same("length of rowPays", rowPays.length, "rows x columns", entries);
        Checks.same("length of columnPays", columnPays.length, "rows x columns", entries);
        this.rowPays = rowPays.clone();
        this.columnPays = columnPays.clone();
        boolean opposed = true;
        for (int i = 0; i < entries; i++) opposed &= rowPays[i] + columnPays[i] == 0;
        zeroSum = opposed;
    }

    private static MatrixGame zeroSum(String name, List<String> choices, float... rowPays) {
        float[] columnPays = new float[rowPays.length];
        for (int i = 0; i < rowPays.length; i++) columnPays[i] = 0 - rowPays[i];
        return new MatrixGame(name, choices, choices, rowPays, columnPays);
    }

    /** Returns matching pennies: the first player wins 1 where both show the same side. Value 0, both mix evenly. */
    public static MatrixGame matchingPennies() {
        return zeroSum("matching-pennies", List.of("heads", "tails"), 1, -1, -1, 1);
    }

    /** Returns rock, paper, scissors. Value 0, both mix evenly. */
    public static MatrixGame rockPaperScissors() {
        return zeroSum("rock-paper-scissors", List.of("rock", "paper", "scissors"), 0, -1, 1, 1, 0, -1, -1, 1, 0);
    }

    /** Returns the prisoner's dilemma with 5, 3, 1 and 0 points: to defect is better whatever the other does. */
    public static MatrixGame prisonersDilemma() {
        List<String> choices = List.of("cooperate", "defect");
        return new MatrixGame("prisoners-dilemma", choices, choices, new float[] {3, 0, 5, 1}, new float[] {3, 5, 0, 1});
    }

    /**
     * Returns rock, paper, scissors where some wins pay more, scaled to payoffs from 0 to 1 for the first player (S. Sokota and
     * others 2023).
     */
    public static MatrixGame perturbedRockPaperScissors() {
        float[] scaled = {0, -3, 3, 3, 0, -1, -3, 1, 0};
        for (int i = 0; i < scaled.length; i++) scaled[i] = (scaled[i] + 3) / 6;
        return zeroSum("perturbed-rock-paper-scissors", List.of("rock", "paper", "scissors"), scaled);
    }

    /** Returns two levers of which the players must pull different ones: each gets 1 if they do, else 0. */
    public static MatrixGame twoLevers() {
        List<String> choices = List.of("left", "right");
        float[] pays = {0, 1, 1, 0};
        return new MatrixGame("two-levers", choices, choices, pays, pays);
    }

    /** Returns what a player's own action is called. */
    public String choice(int player, int ownAction) {
        return (player == 0 ? rowNames : columnNames).get(ownAction);
    }

    /** Returns what a joint action pays a player. */
    public float payoff(int joint, int player) {
        return (player == 0 ? rowPays : columnPays)[joint];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int players() {
        return 2;
    }

    @Override
    public boolean zeroSum() {
        return zeroSum;
    }

    @Override
    public boolean simultaneous() {
        return true;
    }

    @Override
    public int actionCount() {
        return rowPays.length;
    }

    @Override
    public int ownActionCount(int player) {
        return (player == 0 ? rowNames : columnNames).size();
    }

    @Override
    public int positionSize() {
        return 1;
    }

    @Override
    public void start(int[] position) {
        position[0] = 0;
    }

    @Override
    public int playerToMove(int[] position) {
        return position[0] == 0 ? SIMULTANEOUS : TERMINAL;
    }

    @Override
    public boolean legal(int[] position, int action) {
        return position[0] == 0;
    }

    @Override
    public void play(int[] position, int move) {
        position[0] = move + 1;
    }

    @Override
    public float reward(int[] position, int player) {
        return position[0] == 0 ? 0 : payoff(position[0] - 1, player);
    }

    @Override
    public long informationSet(int[] position, int player) {
        return 0;
    }

    @Override
    public int observationSize() {
        return 1;
    }

    @Override
    public void observe(int[] position, float[] out, int offset, int stride) {
        out[offset] = position[0] == 0 ? 1 : 0;
    }

    @Override
    public void recognise(float[] observation, int offset, int stride, int[] position) {
        // Which of the ends it was cannot be seen and pays nothing any more; the first stands for all.
        position[0] = observation[offset] > 0.5f ? 0 : 1;
    }
}

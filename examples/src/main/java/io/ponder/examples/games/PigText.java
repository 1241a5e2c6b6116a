package io.ponder.examples.games;

/** Shows the scores of pig; actions are {@code roll} and {@code stop}. */
final class PigText extends NamedMoves {
    private final Pig rules;

    PigText(Pig rules) {
        super(rules, "player 1", "player 2", "player 3");
        this.rules = rules;
    }

    @Override
    public String draw(int[] position, boolean colour) {
        StringBuilder text = new StringBuilder();
        for (int p = 0; p < rules.players(); p++) {
            String line = player(p) + ": " + rules.score(position, p);
            boolean turn = p == rules.turn(position);
            text.append(turn ? Grid.paint(line + " + " + rules.turnTotal(position), Grid.YELLOW, colour) : line).append('\n');
        }
        return text.toString();
    }

    @Override
    public String move(int[] position, int move) {
        if (rules.playerToMove(position) < 0) return "rolls " + (move + 1);
        return move == Pig.ROLL ? "roll" : "stop";
    }

    @Override
    boolean means(String plain, String name) {
        return plain.equals(name) || plain.equals(name.substring(0, 1));
    }
}

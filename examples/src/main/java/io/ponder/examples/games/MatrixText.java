package io.ponder.examples.games;

/** Shows the table of a matrix game; a joint action is written {@code heads / tails}, the first player's choice first. */
final class MatrixText extends NamedMoves {
    private final MatrixGame rules;

    MatrixText(MatrixGame rules) {
        super(rules, "the row player", "the column player");
        this.rules = rules;
    }

    @Override
    public String draw(int[] position, boolean colour) {
        int columns = rules.ownActionCount(1);
        StringBuilder text = new StringBuilder();
        for (int joint = 0; joint < rules.actionCount(); joint++) {
            String entry = move(position, joint) + " pays " + number(rules.payoff(joint, 0)) + " and " + number(rules.payoff(joint, 1));
            text.append(joint + 1 == position[0] ? Grid.paint(entry, Grid.YELLOW, colour) + " <" : entry);
            text.append(joint % columns == columns - 1 ? "\n" : "   ");
        }
        return text.toString();
    }

    private static String number(float value) {
        return value == (int) value ? String.valueOf((int) value) : String.valueOf(value);
    }

    @Override
    public String move(int[] position, int move) {
        return rules.choice(0, rules.ownAction(move, 0)) + " / " + rules.choice(1, rules.ownAction(move, 1));
    }
}

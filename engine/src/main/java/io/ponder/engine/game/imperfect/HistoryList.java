package io.ponder.engine.game.imperfect;

import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists the histories of a game breadth first, so that those that follow from one lie next to each other. */
final class HistoryList {
    static final int NONE = -1;

    private final ImperfectInformationGame game;
    private final int limit;
    private final int players;
    private final int[] legal;

    int histories;
    int[] parent = new int[64];
    int[] move = new int[64];
    /** A player, {@link Game#CHANCE} or {@link Game#TERMINAL}. */
    int[] mover = new int[64];
    int[] set = new int[64];
    int[] firstChild = new int[64];
    int[] children = new int[64];
    /** Probability of the move that led here where chance made it, else 1. */
    double[] chance = new double[64];
    /** {@code [histories x players]}. */
    double[] returns;
    /** {@code [histories x players]}: the entry that a player chose last. */
    private int[] last;

    int sets;
    int entries;
    int[] setPlayer = new int[16];
    int[] first = new int[17];
    int[] action = new int[64];
    private int[] before = new int[16];
    private final List<Map<Long, Integer>> numbers = new ArrayList<>();

    HistoryList(ImperfectInformationGame game, int limit) {
        this.game = game;
        this.limit = limit;
        players = game.players();
        legal = new int[game.actionCount()];
        returns = new double[64 * players];
        last = new int[64 * players];
        for (int p = 0; p < players; p++) numbers.add(new HashMap<>());
        list();
    }

    /** Returns the numbers of a player's information sets by what he knows. */
    Map<Long, Integer> numbers(int player) {
        return numbers.get(player);
    }

    private void list() {
        // Positions are kept of histories that are still to be looked at.
        var waiting = new ArrayDeque<int[]>();
        int[] start = new int[game.positionSize()];
        game.start(start);
        add(NONE, NONE, 1, start);
        waiting.add(start);
        for (int h = 0; h < histories; h++) {
            int[] position = waiting.remove();
            mover[h] = game.playerToMove(position);
            firstChild[h] = histories;
            if (mover[h] == Game.SIMULTANEOUS) {
                throw new IllegalArgumentException("The players of " + game.name() + " decide at once, but histories are lists of"
                        + " single moves.\nMaybe take its TurnBased form.");
            }
            int count = mover[h] == Game.TERMINAL ? 0 : mover[h] == Game.CHANCE ? game.chanceCount() : decide(h, position);
            for (int i = 0; i < count; i++) {
                int made = mover[h] == Game.CHANCE ? i : legal[i];
                double probability = mover[h] == Game.CHANCE ? game.chanceProbability(position, i) : 1;
                if (probability == 0) continue;
                int[] next = position.clone();
                game.play(next, made);
                int child = add(h, made, probability, next);
                if (mover[h] >= 0) last[child * players + mover[h]] = first[set[h]] + i;
                waiting.add(next);
            }
            children[h] = histories - firstChild[h];
        }
    }

    private int add(int from, int made, double probability, int[] position) {
        if (histories == limit) {
            throw new IllegalArgumentException("The game " + game.name() + " has more than " + limit + " histories."
                    + "\nMaybe play a smaller form of it, or sample instead of listing.");
        }
        if (histories == parent.length) grow();
        int h = histories++;
        parent[h] = from;
        move[h] = made;
        set[h] = NONE;
        chance[h] = probability;
        for (int p = 0; p < players; p++) {
            returns[h * players + p] = (from == NONE ? 0 : returns[from * players + p]) + game.reward(position, p);
            last[h * players + p] = from == NONE ? NONE : last[from * players + p];
        }
        return h;
    }

    /** Finds or makes the information set of a decision and returns the number of its actions. */
    private int decide(int h, int[] position) {
        int player = mover[h];
        int count = game.legalActions(position, legal);
        Integer known = numbers.get(player).get(game.informationSet(position, player));
        if (known == null) {
            set[h] = open(player, game.informationSet(position, player), count, last[h * players + player]);
            return count;
        }
        int s = known;
        boolean same = first[s + 1] - first[s] == count;
        for (int i = 0; same && i < count; i++) same = action[first[s] + i] == legal[i];
        if (!same) throw unfit(player, "different legal actions");
        if (before[s] != last[h * players + player]) throw unfit(player, "different own actions in the past");
        set[h] = s;
        return count;
    }

    private IllegalArgumentException unfit(int player, String why) {
        return new IllegalArgumentException("An information set of player " + player + " in " + game.name()
                + " holds positions with " + why + ".\nMaybe informationSet leaves out something that the player knows.");
    }

    private int open(int player, long key, int count, int chosenBefore) {
        if (sets == setPlayer.length) {
            setPlayer = Arrays.copyOf(setPlayer, 2 * sets);
            before = Arrays.copyOf(before, 2 * sets);
            first = Arrays.copyOf(first, 2 * sets + 1);
        }
        if (entries + count > action.length) action = Arrays.copyOf(action, 2 * (entries + count));
        System.arraycopy(legal, 0, action, entries, count);
        setPlayer[sets] = player;
        before[sets] = chosenBefore;
        entries += count;
        first[sets + 1] = entries;
        numbers.get(player).put(key, sets);
        return sets++;
    }

    private void grow() {
        int size = 2 * parent.length;
        parent = Arrays.copyOf(parent, size);
        move = Arrays.copyOf(move, size);
        mover = Arrays.copyOf(mover, size);
        set = Arrays.copyOf(set, size);
        firstChild = Arrays.copyOf(firstChild, size);
        children = Arrays.copyOf(children, size);
        chance = Arrays.copyOf(chance, size);
        returns = Arrays.copyOf(returns, size * players);
        last = Arrays.copyOf(last, size * players);
    }
}

package io.ponder.engine.game.imperfect;

import io.ponder.engine.Checks;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.ImperfectInformationGame;
import java.util.Arrays;
import java.util.Map;

/**
 * Lists all histories of a small game, and the information sets that they belong to.
 *
 * <p>Histories are numbered from the start, 0, so that each comes before those that follow from it, which lie next to each
 * other. The actions of information set i have the entries {@code first(i)} to {@code first(i + 1) - 1}, in the order of their
 * numbers; a table over all entries is a policy ({@link BehaviourPolicy}) or holds action values. Rewards are added up along a
 * history.
 *
 * <p>Takes about 50 bytes a history. Immutable, safe for several threads; only the constructor allocates.
 */
public final class ExtensiveForm {
    private final ImperfectInformationGame game;
    private final HistoryList list;
    private final long[][] keys;
    private final int[][] setsByKey;
    /** The histories of information set i are {@code member[firstMember[i]]} to {@code member[firstMember[i + 1] - 1]}. */
    private final int[] member;
    private final int[] firstMember;

    /**
     * Lists the histories of a game.
     *
     * @param limit histories at most
     * @throws IllegalArgumentException if there are more; or if players decide at once, legal actions differ within an
     *                                  information set, or a player forgets what he did
     */
    public ExtensiveForm(ImperfectInformationGame game, int limit) {
        this.game = game;
        list = new HistoryList(game, Checks.positive("limit", limit));
        keys = new long[game.players()][];
        setsByKey = new int[game.players()][];
        for (int p = 0; p < game.players(); p++) {
            Map<Long, Integer> numbers = list.numbers(p);
            keys[p] = numbers.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
            setsByKey[p] = Arrays.stream(keys[p]).mapToInt(numbers::get).toArray();
        }
        firstMember = new int[list.sets + 1];
        for (int h = 0; h < list.histories; h++) if (list.set[h] >= 0) firstMember[list.set[h] + 1]++;
        for (int i = 0; i < list.sets; i++) firstMember[i + 1] += firstMember[i];
        member = new int[firstMember[list.sets]];
        int[] filled = firstMember.clone();
        for (int h = 0; h < list.histories; h++) if (list.set[h] >= 0) member[filled[list.set[h]]++] = h;
    }

    /** Lists the histories of a game, at most a million. */
    public ExtensiveForm(ImperfectInformationGame game) {
        this(game, 1_000_000);
    }

    /** Returns the game. */
    public ImperfectInformationGame game() {
        return game;
    }

    /** Returns the number of players. */
    public int players() {
        return game.players();
    }

    /** Returns the number of histories, those where chance moves included. */
    public int histories() {
        return list.histories;
    }

    /** Returns who moves at a history: a player, {@link Game#CHANCE} or {@link Game#TERMINAL}. */
    public int mover(int history) {
        return list.mover[history];
    }

    /** Returns the history before, -1 for the start. */
    public int parent(int history) {
        return list.parent[history];
    }

    /** Returns the move that led here, -1 for the start. */
    public int move(int history) {
        return list.move[history];
    }

    /** Returns the probability of the move that led here where chance made it, else 1. */
    public double chance(int history) {
        return list.chance[history];
    }

    /** Returns the first of the histories that follow; at a decision they are in the order of the set's entries. */
    public int firstChild(int history) {
        return list.firstChild[history];
    }

    /** Returns the number of histories that follow. */
    public int children(int history) {
        return list.children[history];
    }

    /** Returns what a player has earned so far. */
    public double returns(int history, int player) {
        return list.returns[history * game.players() + player];
    }

    /** Returns the information set of a decision; -1 elsewhere. */
    public int set(int history) {
        return list.set[history];
    }

    /** Returns the number of information sets. */
    public int sets() {
        return list.sets;
    }

    /** Returns the number of entries, the actions of all information sets. */
    public int entries() {
        return list.entries;
    }

    /** Returns who decides in an information set. */
    public int player(int set) {
        return list.setPlayer[set];
    }

    /** Returns the first entry of an information set; for {@code sets()} the number of all entries. */
    public int first(int set) {
        return list.first[set];
    }

    /** Returns the action of an entry. */
    public int action(int entry) {
        return list.action[entry];
    }

    /** Returns the number of histories in an information set. */
    public int members(int set) {
        return firstMember[set + 1] - firstMember[set];
    }

    /** Returns history i of an information set. */
    public int member(int set, int i) {
        return member[firstMember[set] + i];
    }

    /**
     * Returns the information set in which a player knows what {@link ImperfectInformationGame#informationSet} says; -1 if
     * there is none.
     */
    public int find(int player, long informationSet) {
        int i = Arrays.binarySearch(keys[player], informationSet);
        return i < 0 ? -1 : setsByKey[player][i];
    }

    /** Returns the {@link ImperfectInformationGame#informationSet} of a set. */
    public long informationSet(int set) {
        int player = player(set);
        for (int i = 0; i < keys[player].length; i++) if (setsByKey[player][i] == set) return keys[player][i];
        throw new IllegalArgumentException("set is " + set + ", but it must be from 0 to " + (sets() - 1) + ".");
    }

    /** Writes the position of a history by playing its moves. */
    public void position(int history, int[] position) {
        if (history == 0) {
            game.start(position);
            return;
        }
        position(parent(history), position);
        game.play(position, move(history));
    }
}

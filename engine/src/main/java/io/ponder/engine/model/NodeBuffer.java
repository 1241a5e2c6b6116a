package io.ponder.engine.model;

import io.ponder.engine.Checks;

/**
 * Receives what a model says about the nodes of a search tree: for each of K columns the kind of the node, who moves there, the logits
 * of its actions or chance outcomes, and its value. Owned by the caller, written by {@link LatentHeads}.
 *
 * <p>Memory is taken once, for {@code capacity} columns; entries are dense in the current number of columns: the logit of edge w of
 * column k is {@code logits[w * columns + k]}. Not thread-safe.
 */
public final class NodeBuffer {
    private final int width;
    private final int players;
    private final int capacity;
    private final float[] logits;
    private final float[] value;
    private final byte[] kind;
    private final int[] playerToMove;
    private int columns;

    /** Creates a buffer for up to {@code capacity} nodes of {@code width} edges, with values for {@code players} players. */
    public NodeBuffer(int width, int players, int capacity) {
        this.width = Checks.positive("width", width);
        this.players = Checks.positive("players", players);
        this.capacity = Checks.positive("capacity", capacity);
        logits = new float[Math.multiplyExact(width, capacity)];
        value = new float[Math.multiplyExact(players, capacity)];
        kind = new byte[capacity];
        playerToMove = new int[capacity];
    }

    /** Creates a buffer for up to {@code capacity} nodes of a model. */
    public NodeBuffer(ModelSpec spec, LatentHeads heads, int capacity) {
        this(heads.width(spec), spec.players(), capacity);
    }

    /** Returns the rows W of the logits: the larger of the numbers of actions and of chance outcomes. */
    public int width() {
        return width;
    }

    /** Returns the rows of the values. */
    public int players() {
        return players;
    }

    /** Returns the largest number of columns. */
    public int capacity() {
        return capacity;
    }

    /** Returns the current number of columns K. */
    public int columns() {
        return columns;
    }

    /** Sets the number of columns; the contents are undefined afterwards unless the number did not change. */
    public NodeBuffer resize(int newColumns) {
        columns = Checks.inRange("columns", newColumns, 0, capacity);
        return this;
    }

    /**
     * Returns the logits {@code [W x K]}: of the actions at a decision, of the outcomes at a chance node. Minus infinity marks an
     * illegal action or an impossible outcome, at every depth. Rows beyond the actions (or outcomes) of the column's kind are not
     * read, and nothing is read of a terminal column.
     */
    public float[] logits() {
        return logits;
    }

    /**
     * Returns the values {@code [players x K]}: the return to come, undiscounted at the node. With one player it is the value for
     * whoever moves there. Not read at a terminal column, where the value is 0.
     */
    public float[] value() {
        return value;
    }

    /** Returns the kinds {@code [K]}, of {@link NodeKind}. */
    public byte[] kind() {
        return kind;
    }

    /** Returns the players to move {@code [K]}, each from 0 to {@code players - 1}. */
    public int[] playerToMove() {
        return playerToMove;
    }
}

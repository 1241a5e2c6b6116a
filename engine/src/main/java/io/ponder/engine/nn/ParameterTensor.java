package io.ponder.engine.nn;

import java.util.Arrays;

/**
 * Names a block of a network's flat parameter array: a weight matrix {@code [out x in]} or a vector, of every member or shared by all.
 *
 * <p>A tensor of every member lies as {@code [E x ...]}, member by member. Immutable and thread-safe.
 */
public final class ParameterTensor {
    private final String name;
    private final int members;
    private final int[] memberShape;
    private final int memberSize;
    private final int offset;
    private final boolean shared;
    /** Where a shared tensor lies among the shared ones; unused otherwise. */
    private final int sharedOffset;
    private final Initialiser initialiser;

    ParameterTensor(String name, int members, int[] memberShape, int offset, boolean shared, int sharedOffset, Initialiser initialiser) {
        this.name = name;
        this.members = members;
        this.memberShape = memberShape.clone();
        int size = 1;
        for (int length : memberShape) size = Math.multiplyExact(size, length);
        this.memberSize = size;
        this.offset = offset;
        this.shared = shared;
        this.sharedOffset = sharedOffset;
        this.initialiser = initialiser;
    }

    /** Returns the name, unique in its network. */
    public String name() {
        return name;
    }

    /** Returns the shape: that of one member, with the number of members in front where there are several and each has its own. */
    public int[] shape() {
        if (shared || members == 1) return memberShape.clone();
        int[] shape = new int[memberShape.length + 1];
        shape[0] = members;
        System.arraycopy(memberShape, 0, shape, 1, memberShape.length);
        return shape;
    }

    /** Returns the number of entries of all members together. */
    public int size() {
        return shared ? memberSize : members * memberSize;
    }

    /** Returns the number of entries that one member uses. */
    public int memberSize() {
        return memberSize;
    }

    /** Returns where the tensor begins in the flat parameter array. */
    public int offset() {
        return offset;
    }

    /** Returns where the entries that {@code member} uses begin in the flat parameter array. */
    public int offset(int member) {
        return shared ? offset : offset + member * memberSize;
    }

    /** Returns true if all members use the same entries. */
    public boolean shared() {
        return shared;
    }

    int sharedOffset() {
        return sharedOffset;
    }

    /** Returns the shape of one member. Not to be modified. */
    public int[] memberShape() {
        return memberShape;
    }

    Initialiser initialiser() {
        return initialiser;
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape());
    }
}

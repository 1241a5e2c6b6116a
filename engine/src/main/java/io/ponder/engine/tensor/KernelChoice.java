package io.ponder.engine.tensor;

import java.util.List;

/**
 * Tells which kernels this process uses and why not others.
 *
 * @param name     {@code "plain"} or {@code "vector"}
 * @param lanes    floats handled at once
 * @param refusals why the vector kernels are not used, one sentence each; empty if they are
 */
public record KernelChoice(String name, int lanes, List<String> refusals) {
    /** Copies the list. */
    public KernelChoice {
        refusals = List.copyOf(refusals);
    }

    /** Returns the choice made for this process. */
    public static KernelChoice current() {
        return KernelSelection.CHOICE;
    }
}

package io.ponder.engine.tensor;

/** Takes the selection kernels that go with the kernels of this process. No signature here names the vector classes. */
final class SelectionChoice {
    static final SelectionKernels CHOSEN = choose();

    private SelectionChoice() {}

    private static SelectionKernels choose() {
        if (!Kernels.get().name().equals("vector")) return PlainSelection.INSTANCE;
        try {
            return Class.forName("io.ponder.engine.tensor.VectorSelection")
                    .asSubclass(SelectionKernels.class).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("The vector kernels load, but not those of tree search: " + e, e);
        }
    }
}

package io.ponder.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;

/**
 * Chooses the kernels once, by a ladder of checks.
 *
 * <p>No field or signature here names the vector classes, so that they are never loaded where the incubator module is missing. A
 * refusal is logged once, as a warning; nothing is logged where the vector kernels run, because starting a logger would cost a
 * planning program more than its first plan.
 */
final class KernelSelection {
    /** System property that forces {@code plain} or {@code vector}. */
    static final String PROPERTY = "ponder.kernels";

    static final Kernels CHOSEN;
    static final KernelChoice CHOICE;

    static {
        String wanted = System.getProperty(PROPERTY, "");
        List<String> refusals = new ArrayList<>();
        CHOSEN = select(wanted, refusals);
        CHOICE = new KernelChoice(CHOSEN.name(), CHOSEN.lanes(), refusals);
        if (wanted.isEmpty() && !refusals.isEmpty()) {
            LogManager.getLogger(Kernels.class).warn("Plain kernels are used: {}", String.join(" ", refusals));
        }
    }

    private KernelSelection() {}

    /** Returns the kernels for a wish, which is empty, {@code plain} or {@code vector}, and adds the reasons against the vector ones. */
    static Kernels select(String wanted, List<String> refusals) {
        if (!wanted.isEmpty() && !wanted.equals("plain") && !wanted.equals("vector")) {
            throw new IllegalArgumentException(PROPERTY + " is " + wanted + ", but it must be plain or vector.");
        }
        if (wanted.equals("plain")) {
            refusals.add("The system property " + PROPERTY + " asks for plain.");
            return PlainKernels.INSTANCE;
        }
        Kernels vector = vector(refusals);
        if (vector != null) return vector;
        if (wanted.equals("vector")) {
            throw new IllegalStateException(PROPERTY + " is vector, but: " + String.join(" ", refusals)
                    + "\nMaybe start Java with --add-modules jdk.incubator.vector.");
        }
        return PlainKernels.INSTANCE;
    }

    private static @org.jspecify.annotations.Nullable Kernels vector(List<String> refusals) {
        var module = ModuleLayer.boot().findModule("jdk.incubator.vector");
        if (module.isEmpty()) {
            refusals.add("The module jdk.incubator.vector is not loaded; start Java with --add-modules jdk.incubator.vector.");
            return null;
        }
        if (!Kernels.class.getModule().canRead(module.get())) {
            refusals.add("Ponder's module cannot read jdk.incubator.vector.");
            return null;
        }
        // Without the optimising compiler every vector is an object: hundreds of times slower than plain loops.
        String mode = System.getProperty("java.vm.info", "");
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            refusals.add("The optimising compiler is off (" + mode + ").");
            return null;
        }
        try {
            Kernels kernels = Class.forName("io.ponder.engine.tensor.VectorKernels")
                    .asSubclass(Kernels.class).getDeclaredConstructor().newInstance();
            String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            // 256 bits on x86 mean AVX2, which comes with fused multiply-add; without it the products would be emulated.
            int least = arch.equals("amd64") || arch.equals("x86_64") ? 8 : 4;
            if (kernels.lanes() < least) {
                refusals.add("A vector has only " + kernels.lanes() + " floats here; at least " + least + " pay off.");
                return null;
            }
            return kernels;
        } catch (ReflectiveOperationException | LinkageError e) {
            refusals.add("The vector kernels do not load: " + e);
            return null;
        }
    }
}

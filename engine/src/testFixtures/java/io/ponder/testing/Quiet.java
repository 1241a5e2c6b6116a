package io.ponder.testing;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that prints to standard output or standard error, and says which thread printed and from where.
 *
 * <p>JUnit finds it by itself, in every module, through {@code META-INF/services}. The two streams are replaced once, when
 * the first class of tests begins, and never put back: a logger or a static field that keeps a stream of its own keeps
 * a watched one. What is printed while a class sets itself up counts against the class. A stream that a test puts into
 * {@link System#setOut} itself is not watched. {@link PrintsAllowed} lets a test print.
 *
 * <p>Thread-safe. When tests run side by side, a print may be charged to a neighbour; the trace still names the place.
 */
public final class Quiet implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Watch OUT = new Watch("System.out", System.out);
    private static final Watch ERR = new Watch("System.err", System.err);
    private static boolean installed;

    /** Made by JUnit. */
    public Quiet() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        install();
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // What the class printed while setting itself up must not be lost when the test begins.
        check(context.getParent().orElse(context));
        begin(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(context);
    }

    private static synchronized void install() {
        if (!installed) {
            System.setOut(OUT.stream());
            System.setErr(ERR.stream());
            installed = true;
        }
    }

    private static void begin(ExtensionContext context) {
        boolean allowed = isAllowed(context);
        OUT.begin(allowed);
        ERR.begin(allowed);
    }

    private static void check(ExtensionContext context) {
        String printed = OUT.take() + ERR.take();
        if (!printed.isEmpty() && !isAllowed(context)) {
            throw new AssertionError(context.getDisplayName() + " printed; tests are silent. Maybe log instead, give the code"
                    + " a stream, or mark the test @PrintsAllowed.\n" + printed);
        }
    }

    private static boolean isAllowed(ExtensionContext context) {
        for (@Nullable ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
            if (at.getElement().filter(element -> element.isAnnotationPresent(PrintsAllowed.class)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Stands in for one of the two streams: keeps what is written and where it came from, or passes it on. */
    private static final class Watch extends OutputStream {

        private static final int MOST_KEPT = 4_000;
        private static final int MOST_FRAMES = 10;

        private final String name;
        private final PrintStream original;
        private final StringBuilder text = new StringBuilder();
        private @Nullable Throwable where;
        private boolean passes;

        Watch(String name, PrintStream original) {
            this.name = name;
            this.original = original;
        }

        PrintStream stream() {
            return new PrintStream(this, true, StandardCharsets.UTF_8);
        }

        synchronized void begin(boolean allowed) {
            passes = allowed;
            text.setLength(0);
            where = null;
        }

        synchronized String take() {
            if (where == null) {
                return "";
            }
            var answer = new StringBuilder(name + ", thread " + where.getMessage() + ": " + text + "\n");
            Arrays.stream(where.getStackTrace())
                    .filter(frame -> !isPlumbing(frame.getClassName()))
                    .limit(MOST_FRAMES)
                    .forEach(frame -> answer.append("    at ").append(frame).append('\n'));
            text.setLength(0);
            where = null;
            return answer.toString();
        }

        private static boolean isPlumbing(String className) {
            return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("org.junit.")
                    || className.startsWith(Watch.class.getName());
        }

        @Override
        public synchronized void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (passes) {
                original.write(bytes, offset, length);
                return;
            }
            if (where == null) {
                where = new Throwable(Thread.currentThread().getName());
            }
            if (text.length() < MOST_KEPT) {
                text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        }

        @Override
        public synchronized void flush() {
            original.flush();
        }
    }
}

package io.ponder.testing;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tests that {@link QuietTest} runs. Nested, so that the suite does not find them by itself: most of them fail. */
final class Chatter {

    private Chatter() {}

    static final class Silent {
        @Test
        void says() {}
    }

    static final class PrintsToOut {
        @Test
        void says() {
            System.out.println("some words");
        }
    }

    static final class PrintsToErr {
        @Test
        void says() {
            System.err.println("more words");
        }
    }

    static final class PrintsFromThread {
        @Test
        void says() throws InterruptedException {
            var thread = new Thread(() -> System.out.println("chatter"), "chatterbox");
            thread.start();
            thread.join();
        }
    }

    static final class PrintsInSetUp {
        @BeforeAll
        static void prepare() {
            System.out.println("preparing");
        }

        @Test
        void says() {}
    }

    // A write of no bytes counts as a print, and leaves nothing on the terminal of whoever runs this suite.

    static final class WritesNoBytes {
        @Test
        void says() {
            System.out.write(new byte[0], 0, 0);
        }
    }

    static final class Marked {
        @Test
        @PrintsAllowed
        void says() {
            System.out.write(new byte[0], 0, 0);
        }
    }

    @PrintsAllowed
    static final class MarkedAsAWhole {
        @Test
        void says() {
            System.out.write(new byte[0], 0, 0);
        }
    }
}

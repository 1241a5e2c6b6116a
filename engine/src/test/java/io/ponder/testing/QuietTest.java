package io.ponder.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs small classes of tests inside this one and looks at how they end. */
class QuietTest {

    @Test
    void silentTestPasses() {
        assertThat(failuresOf(Silent.class)).isEmpty();
    }

    @Test
    void testThatPrintsFailsAndTheMessageNamesTheTextAndThePlace() {
        assertThat(failuresOf(PrintsToOut.class)).singleElement().asString()
                .contains("System.out", "some words", "PrintsToOut", "Maybe");
        assertThat(failuresOf(PrintsToErr.class)).singleElement().asString().contains("System.err", "more words");
    }

    @Test
    void printFromAnotherThreadCounts() {
        assertThat(failuresOf(PrintsFromThread.class)).singleElement().asString().contains("chatterbox");
    }

    @Test
    void printWhileTheClassIsSetUpCounts() {
        assertThat(failuresOf(PrintsInSetUp.class)).isNotEmpty();
    }

    @Test
    void printDoesNotFailTheTestAfterIt() {
        assertThat(failuresOf(PrintsToOut.class)).hasSize(1);
        assertThat(failuresOf(Silent.class)).isEmpty();
    }

    @Test
    void markedTestMayPrint() {
        assertThat(failuresOf(WritesNoBytes.class)).hasSize(1);
        assertThat(failuresOf(Marked.class)).isEmpty();
        assertThat(failuresOf(MarkedAsAWhole.class)).isEmpty();
    }

    private static List<Throwable> failuresOf(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(Event::getPayload)
                .map(payload -> payload.map(TestExecutionResult.class::cast).orElseThrow())
                .map(result -> result.getThrowable().orElseThrow())
                .toList();
    }

    // Surefire leaves nested static classes alone; these are run from above only.

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

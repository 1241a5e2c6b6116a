package io.ponder.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs small classes of tests inside this one and looks at how they end. */
class QuietTest {

    @Test
    void silentTestPasses() {
        assertThat(failuresOf(Chatter.Silent.class)).isEmpty();
    }

    @Test
    void testThatPrintsFailsAndTheMessageNamesTheTextAndThePlace() {
        assertThat(failuresOf(Chatter.PrintsToOut.class)).singleElement().asString()
                .contains("System.out", "some words", "PrintsToOut", "Maybe");
        assertThat(failuresOf(Chatter.PrintsToErr.class)).singleElement().asString().contains("System.err", "more words");
    }

    @Test
    void printFromAnotherThreadCounts() {
        assertThat(failuresOf(Chatter.PrintsFromThread.class)).singleElement().asString().contains("chatterbox");
    }

    @Test
    void printWhileTheClassIsSetUpCounts() {
        assertThat(failuresOf(Chatter.PrintsInSetUp.class)).isNotEmpty();
    }

    @Test
    void printDoesNotFailTheTestAfterIt() {
        assertThat(failuresOf(Chatter.PrintsToOut.class)).hasSize(1);
        assertThat(failuresOf(Chatter.Silent.class)).isEmpty();
    }

    @Test
    void markedTestMayPrint() {
        assertThat(failuresOf(Chatter.WritesNoBytes.class)).hasSize(1);
        assertThat(failuresOf(Chatter.Marked.class)).isEmpty();
        assertThat(failuresOf(Chatter.MarkedAsAWhole.class)).isEmpty();
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
}

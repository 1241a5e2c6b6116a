package io.ponder.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end well when its process is told to stop (Ctrl-C, SIGTERM): the run is cancelled, and the JVM waits for it to write what
 * it has, but not for ever.
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook;

    /** Watches from now on. {@code cancel} is called from another thread. */
    Interruption(Runnable cancel) {
        hook = new Thread(() -> {
            cancel.run();
            try {
                if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    System.err.println("ponder: the run did not stop within " + PATIENCE_SECONDS + " s; its last results are lost.");
                }
            } catch (InterruptedException noMorePatience) {
                Thread.currentThread().interrupt();
            }
        }, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says that everything is written. */
    @Override
    public void close() {
        written.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The hook itself is what lets the JVM end now.
        }
    }
}

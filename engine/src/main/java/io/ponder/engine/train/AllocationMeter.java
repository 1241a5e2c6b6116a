package io.ponder.engine.train;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Reads how many bytes the current thread has allocated, where the JVM counts them. */
final class AllocationMeter {
    private static final @Nullable ThreadMXBean COUNTER = counter();

    private AllocationMeter() {}

    private static @Nullable ThreadMXBean counter() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                        && bean.isThreadAllocatedMemorySupported()
                        && bean.isThreadAllocatedMemoryEnabled()
                ? bean
                : null;
    }

    /** Returns the bytes, or -1 where they are not counted. */
    static long allocatedBytes() {
        return COUNTER == null ? -1 : COUNTER.getCurrentThreadAllocatedBytes();
    }
}

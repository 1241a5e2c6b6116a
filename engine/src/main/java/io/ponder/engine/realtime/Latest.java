package io.ponder.engine.realtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Hands the latest value from one thread to one other without locks, waiting or allocation: three slots, of which the writer owns one,
 * the reader one, and the third changes hands (the triple buffer of computer graphics).
 */
final class Latest<T> {
    private static final int FRESH = 4;
    private static final int SLOT = 3;

    private final List<T> slots;
    private final AtomicInteger middle = new AtomicInteger(1);
    private int back;
    private int front = 2;

    Latest(Supplier<T> maker) {
        slots = List.of(maker.get(), maker.get(), maker.get());
    }

    /** Returns the slot that the writer fills; its content is an old one. Writer only. */
    T back() {
        return slots.get(back);
    }

    /** Makes what was written the latest; tells whether the one before was never taken. Writer only. */
    boolean publish() {
        int before = middle.getAndSet(back | FRESH);
        back = before & SLOT;
        return (before & FRESH) != 0;
    }

    /** Takes the latest value, if there is one that was not taken yet, and tells whether. Reader only. */
    boolean take() {
        if ((middle.get() & FRESH) == 0) return false;
        front = middle.getAndSet(front) & SLOT;
        return true;
    }

    /** Returns the value taken last; it stays as it is until the next {@link #take}. Reader only. */
    T front() {
        return slots.get(front);
    }
}

package io.ponder.engine.plan;

import io.ponder.engine.Checks;

/**
 * Says how a planning call spent its budget, so that a call that a clock or a cancellation ended can be made again to the bit:
 * {@link Budget#repeating}.
 *
 * <p>Written are the number of iterations and those of them that were not as the planner's parameters have them: smaller, broken off, or
 * taken for the last one. There is room for {@link #ROOM} of these; a call with more is not {@link #repeatable}. A view of the planner's
 * memory in {@link PlanDiagnostics}; {@link #copyFrom} keeps one. Allocates nothing after construction. Not thread-safe.
 */
public final class PlanSchedule {
    /** Iterations out of the ordinary that are kept. */
    public static final int ROOM = 32;
    /** Stands for an iteration that was not broken off. */
    public static final int ALL = Integer.MAX_VALUE;

    private static final int FIELDS = 4;
    private static final int HEADER = 3;

    private final int[] entries = new int[ROOM * FIELDS];
    private int count;
    private int iterations;
    private int answerColumns;
    private boolean repeatable = true;

    /** Forgets the call before. */
    public void clear() {
        count = 0;
        iterations = 0;
        answerColumns = ALL;
        repeatable = true;
    }

    /**
     * Writes down an iteration out of the ordinary.
     *
     * @param number  of the iteration, from 0, more than that of the entry before
     * @param size    candidates of a row
     * @param last    whether it was taken for the last one
     * @param columns action columns that were rolled out before it was broken off, or {@link #ALL}
     */
    public void add(int number, int size, boolean last, int columns) {
        if (count == ROOM) {
            repeatable = false;
            return;
        }
        int at = count++ * FIELDS;
        entries[at] = number;
        entries[at + 1] = size;
        entries[at + 2] = last ? 1 : 0;
        entries[at + 3] = columns;
    }

    /** Writes down the number of iterations. */
    public void iterations(long newIterations) {
        iterations = (int) Math.min(Integer.MAX_VALUE, newIterations);
    }

    /** Writes down how many columns of the answer were rolled out: 0 where it was not, {@link #ALL} where it was as usual. */
    public void answerColumns(int columns) {
        answerColumns = columns;
    }

    /** Returns the number of iterations. */
    public int iterations() {
        return iterations;
    }

    /** Returns how many columns of the answer were rolled out. */
    public int answerColumns() {
        return answerColumns;
    }

    /** Tells whether everything that is needed was written down. */
    public boolean repeatable() {
        return repeatable;
    }

    /** Returns the candidates of an iteration, {@code usual} where it was an ordinary one. */
    public int size(int number, int usual) {
        int at = find(number);
        return at < 0 ? usual : entries[at + 1];
    }

    /** Tells whether an iteration was taken for the last one, {@code usual} where it was an ordinary one. */
    public boolean last(int number, boolean usual) {
        int at = find(number);
        return at < 0 ? usual : entries[at + 2] == 1;
    }

    /** Returns the action columns of an iteration that were rolled out, {@link #ALL} where it was not broken off. */
    public int columns(int number) {
        int at = find(number);
        return at < 0 ? ALL : entries[at + 3];
    }

    private int find(int number) {
        for (int i = 0; i < count; i++) if (entries[i * FIELDS] == number) return i * FIELDS;
        return -1;
    }

    /** Makes this a copy of another schedule. */
    public void copyFrom(PlanSchedule other) {
        System.arraycopy(other.entries, 0, entries, 0, entries.length);
        count = other.count;
        iterations = other.iterations;
        answerColumns = other.answerColumns;
        repeatable = other.repeatable;
    }

    /** Returns this schedule as numbers, for a file: iterations, columns of the answer, whether it is repeatable, then the entries. */
    public int[] toNumbers() {
        int[] numbers = new int[HEADER + count * FIELDS];
        numbers[0] = iterations;
        numbers[1] = answerColumns;
        numbers[2] = repeatable ? 1 : 0;
        System.arraycopy(entries, 0, numbers, HEADER, count * FIELDS);
        return numbers;
    }

    /**
     * Returns the schedule of {@link #toNumbers}.
     *
     * @throws IllegalArgumentException if their number is not one of a schedule
     */
    public static PlanSchedule ofNumbers(int[] numbers) {
        int entries = (numbers.length - HEADER) / FIELDS;
        Checks.inRange("entries of the schedule", entries, 0, ROOM);
        Checks.same("numbers of the schedule", numbers.length, "those of its entries", HEADER + entries * FIELDS);
        var schedule = new PlanSchedule();
        schedule.iterations = numbers[0];
        schedule.answerColumns = numbers[1];
        schedule.repeatable = numbers[2] == 1;
        schedule.count = entries;
        System.arraycopy(numbers, HEADER, schedule.entries, 0, entries * FIELDS);
        return schedule;
    }
}

package io.ponder.engine.planlog;

import io.ponder.engine.plan.StopReason;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code ponder.planlog/1}. */
final class PlanLogFormat {
    private static final byte[] NAME = "ponder.planlog/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_ARRAY = 1 << 28;

    private PlanLogFormat() {}

    static void write(List<LoggedPlan> calls, DataOutputStream out) throws IOException {
        out.write(NAME);
        out.writeInt(calls.size());
        for (LoggedPlan call : calls) {
            write(out, call.resetRows());
            write(out, call.rootValues());
            write(out, call.rootTags());
            out.writeInt(call.keys().length);
            for (long key : call.keys()) out.writeLong(key);
            write(out, call.elapsedSteps());
            out.writeBoolean(call.explore());
            write(out, call.illegal());
            out.writeLong(call.iterationLimit());
            out.writeLong(call.modelStepLimit());
            out.writeLong(call.wallNanosLimit());
            out.writeLong(call.bytesLimit());
            out.writeBoolean(call.untilDecided());
            out.writeUTF(call.stopReason().name());
            out.writeLong(call.nanos());
            out.writeLong(call.modelSteps());
            write(out, call.schedule());
            write(out, call.actions());
            write(out, call.sequence());
            write(out, call.predictedReturn());
        }
    }

    private static void write(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) out.writeInt(value);
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) out.writeFloat(value);
    }

    private static void write(DataOutputStream out, boolean @Nullable [] values) throws IOException {
        out.writeInt(values == null ? -1 : values.length);
        if (values != null) for (boolean value : values) out.writeBoolean(value);
    }

    static void read(DataInputStream in, String file, List<LoggedPlan> calls) throws IOException {
        if (!Arrays.equals(NAME, in.readNBytes(NAME.length))) {
            throw new IOException(file + " is no log of plans: it does not begin with ponder.planlog/1.");
        }
        try {
            int count = in.readInt();
            for (int i = 0; i < count; i++) calls.add(readCall(in));
        } catch (EOFException torn) {
            throw new IOException(file + " ends in the middle of call " + calls.size() + ".\nMaybe it was cut off while it was copied.", torn);
        } catch (IllegalArgumentException foreign) {
            throw new IOException(file + " is damaged in call " + calls.size() + ": " + foreign.getMessage(), foreign);
        }
    }

    private static LoggedPlan readCall(DataInputStream in) throws IOException {
        return new LoggedPlan(
                ints(in), floats(in), ints(in), longs(in), ints(in), in.readBoolean(), truths(in), in.readLong(), in.readLong(), in.readLong(),
                in.readLong(), in.readBoolean(), StopReason.valueOf(in.readUTF()), in.readLong(), in.readLong(), ints(in), floats(in), floats(in),
                floats(in));
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < -1 || length > LONGEST_ARRAY) throw new IllegalArgumentException("an array has " + length + " entries");
        return length;
    }

    private static int[] ints(DataInputStream in) throws IOException {
        int[] values = new int[Math.max(0, length(in))];
        for (int i = 0; i < values.length; i++) values[i] = in.readInt();
        return values;
    }

    private static long[] longs(DataInputStream in) throws IOException {
        long[] values = new long[Math.max(0, length(in))];
        for (int i = 0; i < values.length; i++) values[i] = in.readLong();
        return values;
    }

    private static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[Math.max(0, length(in))];
        for (int i = 0; i < values.length; i++) values[i] = in.readFloat();
        return values;
    }

    private static boolean @Nullable [] truths(DataInputStream in) throws IOException {
        int length = length(in);
        if (length < 0) return null;
        boolean[] values = new boolean[length];
        for (int i = 0; i < length; i++) values[i] = in.readBoolean();
        return values;
    }
}

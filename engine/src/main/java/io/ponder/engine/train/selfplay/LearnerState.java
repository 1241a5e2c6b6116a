package io.ponder.engine.train.selfplay;

import io.ponder.engine.nn.Network;
import io.ponder.engine.nn.Optimiser;
import io.ponder.engine.nn.ParameterTensor;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Names everything that a learner's next optimiser step depends on: live arrays, and counters. What is read back goes into the same arrays.
 *
 * <p>Tensors of a network named {@code model} are {@code model.<tensor>}, those of its optimiser {@code optimiser.exp_avg.<tensor>} and so
 * on, each in its own shape, so that other software can read them. Not thread-safe.
 */
public final class LearnerState {
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Counter> counters = new LinkedHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();

    /** A named block of a live array. */
    private record Part(String name, int[] shape, float[] data, int offset, int size) {}

    private record Counter(LongSupplier get, LongConsumer set) {}

    /** Adds the parameters of a network. */
    public LearnerState network(String name, Network network) {
        return arrays(name, network, network.parameters());
    }

    /** Adds the state of an optimiser of a network's parameters, and its steps. */
    public LearnerState optimiser(String name, Network network, Optimiser optimiser) {
        optimiser.state().forEach((array, data) -> arrays(name + "." + array, network, data));
        return counter(name + ".steps", optimiser::steps, optimiser::steps);
    }

    private LearnerState arrays(String name, Network layout, float[] data) {
        for (ParameterTensor tensor : layout.tensors()) {
            parts.add(new Part(name + "." + tensor.name(), tensor.shape(), data, tensor.offset(), tensor.size()));
        }
        return this;
    }

    /** Adds an array of another kind. */
    public LearnerState array(String name, float[] data) {
        parts.add(new Part(name, new int[] {data.length}, data, 0, data.length));
        return this;
    }

    /** Adds a counter. */
    public LearnerState counter(String name, LongSupplier get, LongConsumer set) {
        counters.put(name, new Counter(get, set));
        return this;
    }

    /** Has {@code action} run when everything has been read back, such as to tell models that their parameters have changed. */
    public LearnerState afterReading(Runnable action) {
        listeners.add(action);
        return this;
    }

    /** Returns the names of all arrays, in order. Allocates. */
    public List<String> names() {
        return parts.stream().map(Part::name).toList();
    }

    /** Adds copies of all arrays to a file, and the counters to a manifest. */
    public void write(SafetensorsWriter weights, ManifestFields fields) {
        for (Part part : parts) {
            weights.add(part.name, part.shape, Arrays.copyOfRange(part.data, part.offset, part.offset + part.size));
        }
        counters.forEach((name, counter) -> fields.put(name, counter.get.getAsLong()));
    }

    /**
     * Reads all arrays and counters back. Nothing is changed unless all are there, of the right size, and finite.
     *
     * @throws IOException if something is missing, has another size, is not finite, or cannot be read
     */
    public void read(SafetensorsReader weights, ManifestFields fields) throws IOException {
        List<float[]> read = new ArrayList<>();
        for (Part part : parts) {
            requireShape(part, weights);
            float[] values = weights.readFloats(part.name);
            for (float value : values) {
                if (!Float.isFinite(value)) throw new CheckpointException("The tensor " + part.name + " of the checkpoint holds " + value + ".");
            }
            read.add(values);
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String name : counters.keySet()) counts.put(name, fields.whole(name));
        for (int i = 0; i < read.size(); i++) {
            Part part = parts.get(i);
            System.arraycopy(read.get(i), 0, part.data, part.offset, part.size);
        }
        counters.forEach((name, counter) -> counter.set.accept(counts.getOrDefault(name, 0L)));
        listeners.forEach(Runnable::run);
    }

    private static void requireShape(Part part, SafetensorsReader weights) throws IOException {
        List<Long> wanted = Arrays.stream(part.shape).asLongStream().boxed().toList();
        List<Long> found = weights.contains(part.name) ? weights.entry(part.name).shape() : null;
        if (wanted.equals(found)) return;
        throw new CheckpointException("The checkpoint has " + (found == null ? "no tensor " + part.name : "a tensor " + part.name + " of shape "
                + found) + ", but the learner needs one of shape " + wanted + ".\nMaybe it was trained with other sizes.");
    }
}

package io.ponder.worldmodels.archive;

import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.RewardFunction;
import io.ponder.engine.model.TerminationFunction;
import io.ponder.engine.storage.Checkpoint;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.CheckpointManifest;
import io.ponder.engine.storage.SafetensorsReader;
import io.ponder.engine.storage.SafetensorsWriter;
import io.ponder.worldmodels.ensemble.ChainShape;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.exact.ExactTask;
import io.ponder.worldmodels.exact.ExactTasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Saves learned chains in a folder and builds them again: the weights and the statistics of the data are tensors, the
 * {@link ChainShape} is in the manifest.
 *
 * <p>A known reward is code. It comes back by the name of its environment where {@link ExactTasks} has that, or is given again on
 * loading. What an optimiser remembers is not kept: training goes on from the weights, with fresh momentum.
 *
 * <p>Stateless. One process writes a folder at a time.
 */
public final class ModelArchive {
    /** Kind of model in the manifest. */
    static final String KIND = "gaussian-ensemble";

    private static final String ENVIRONMENT = "environment";

    private ModelArchive() {}

    /**
     * Saves a chain as the newest checkpoint of a folder.
     *
     * @param environment name of the environment it was learned in, or null
     * @throws CheckpointException if it cannot be written; what was there before is then untouched
     */
    public static void save(Path folder, LearnedChain chain, @Nullable String environment) throws IOException {
        ModelSpec spec = chain.model().spec();
        CheckpointManifest manifest = CheckpointManifest.of(KIND, spec, chain.shape().seed());
        ShapeFields.write(chain.shape(), manifest.settings());
        if (environment != null) manifest.settings().put(ENVIRONMENT, environment);
        var weights = new SafetensorsWriter();
        chain.predictor().visitTensors((name, shape, data, offset) ->
                weights.add(name, shape, Arrays.copyOfRange(data, offset, offset + size(shape))));
        new CheckpointFolder(folder).save(manifest, weights);
    }

    /** Returns the name of the environment that the newest usable checkpoint of a folder was learned in, where it was told. */
    public static Optional<String> environment(Path folder) throws IOException {
        try (Checkpoint checkpoint = open(folder)) {
            return environment(checkpoint);
        }
    }

    /**
     * Returns the newest usable chain of a folder, with the reward and termination of the environment it was learned in.
     *
     * @throws CheckpointException if there is none, it is damaged or of another kind, or its reward is neither learned nor known here
     */
    public static LearnedChain load(Path folder) throws IOException {
        try (Checkpoint checkpoint = open(folder)) {
            ChainShape shape = ShapeFields.read(checkpoint.manifest().settings());
            Optional<String> environment = environment(checkpoint);
            boolean known = environment.isPresent() && ExactTasks.names().contains(environment.get().toLowerCase(Locale.ROOT));
            if (!known && !shape.learnsReward()) {
                throw new CheckpointException("The reward of the model in " + folder + " is not learned, and "
                        + environment.map(name -> "the environment " + name + " has no known one").orElse("no environment is named")
                        + ".\nMaybe load it with the reward function it was used with.");
            }
            ExactTask task = known ? ExactTasks.find(environment.orElseThrow()) : null;
            return build(checkpoint, shape, task == null || shape.learnsReward() ? null : task.reward(),
                    task == null ? null : task.termination());
        }
    }

    /**
     * Returns the newest usable chain of a folder with a given reward and termination.
     *
     * @param reward      the known reward, or null where it is learned
     * @param termination the known end of episodes, or null for none
     * @throws CheckpointException      if there is none, or it is damaged or of another kind
     * @throws IllegalArgumentException if a reward is given and learned, or neither
     */
    public static LearnedChain load(Path folder, @Nullable RewardFunction reward, @Nullable TerminationFunction termination)
            throws IOException {
        try (Checkpoint checkpoint = open(folder)) {
            return build(checkpoint, ShapeFields.read(checkpoint.manifest().settings()), reward, termination);
        }
    }

    private static Checkpoint open(Path folder) throws IOException {
        Checkpoint checkpoint = new CheckpointFolder(folder).load();
        if (checkpoint.manifest().model().equals(KIND)) return checkpoint;
        checkpoint.close();
        throw new CheckpointException("The checkpoint " + checkpoint.file() + " holds a model of kind '"
                + checkpoint.manifest().model() + "', but '" + KIND + "' is needed.\nMaybe the path is that of another model.");
    }

    private static Optional<String> environment(Checkpoint checkpoint) throws CheckpointException {
        var settings = checkpoint.manifest().settings();
        return settings.contains(ENVIRONMENT) ? Optional.of(settings.text(ENVIRONMENT)) : Optional.empty();
    }

    private static LearnedChain build(
            Checkpoint checkpoint, ChainShape shape, @Nullable RewardFunction reward, @Nullable TerminationFunction termination)
            throws IOException {
        LearnedChain chain = LearnedChain.of(shape).reward(reward).termination(termination).build();
        try {
            chain.predictor().visitTensors(
                    (name, sizes, data, offset) -> read(checkpoint.weights(), name, sizes, data, offset));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (int member = 0; member < chain.predictor().members(); member++) chain.predictor().keepBest(member);
        return chain;
    }

    private static void read(SafetensorsReader weights, String name, int[] shape, float[] data, int offset) {
        try {
            var values = new float[size(shape)];
            weights.readFloats(name, values);
            for (float value : values) {
                if (!Float.isFinite(value)) throw new CheckpointException("The tensor " + name + " holds " + value + ".");
            }
            System.arraycopy(values, 0, data, offset, values.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int length : shape) size = Math.multiplyExact(size, length);
        return size;
    }
}

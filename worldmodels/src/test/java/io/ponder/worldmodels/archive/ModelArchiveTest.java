package io.ponder.worldmodels.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.data.TransitionStore;
import io.ponder.engine.model.ModelSpec;
import io.ponder.engine.model.Prediction;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.CheckpointManifest;
import io.ponder.engine.storage.SafetensorsWriter;
import io.ponder.engine.train.FitLoop;
import io.ponder.engine.train.FitParameters;
import io.ponder.worldmodels.ensemble.EnsembleParameters;
import io.ponder.worldmodels.ensemble.LearnedChain;
import io.ponder.worldmodels.ensemble.ParticlePropagation;
import io.ponder.worldmodels.exact.ExactTasks;
import io.ponder.worldmodels.wrappers.KnownReward;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelArchiveTest {
    @TempDir
    private Path folder;

    private static TransitionStore transitions() {
        var random = new Random(1);
        var data = new TransitionStore(3, 1);
        for (int i = 0; i < 100; i++) {
            float[] x = {(float) random.nextGaussian(), (float) random.nextGaussian(), 4 * (float) random.nextGaussian()};
            float[] u = {(float) random.nextGaussian()};
            data.add(x, u, x[0] * u[0], new float[] {x[0] + u[0], x[1] * 0.9f, x[2] - x[0]}, false, false);
        }
        return data;
    }

    private static LearnedChain fitted(LearnedChain.Builder builder) {
        LearnedChain chain = builder.build();
        new FitLoop(FitParameters.defaults().withMaximumEpochs(3), 2).fit(chain.learner(), transitions());
        return chain;
    }

    private static Prediction predictions(LearnedChain chain) {
        var out = new Prediction(chain.predictor().members(), chain.predictor().targetSize(), 2);
        chain.predictor().predictAll(new float[] {1, 0.5f, -1, 0.2f, 3, -2}, new float[] {0.7f, -0.1f}, 2, out);
        return out;
    }

    @Test
    void loadedChainPredictsTheSameToTheBit() throws Exception {
        var networks = EnsembleParameters.small().withMembers(3).withSize(1, 16);
        LearnedChain chain = fitted(LearnedChain.of(3, 1).ensemble(networks).angles(2).learnReward().discount(0.95).seed(-7)
                .propagation(ParticlePropagation.TS1, false));
        ModelArchive.save(folder, chain, null);

        LearnedChain loaded = ModelArchive.load(folder);

        assertThat(loaded.shape()).isEqualTo(chain.shape());
        assertThat(predictions(loaded).mean()).isEqualTo(predictions(chain).mean());
        assertThat(predictions(loaded).logVariance()).isEqualTo(predictions(chain).logVariance());
        loaded.learner().restoreBest();
        assertThat(predictions(loaded).mean()).isEqualTo(predictions(chain).mean());
        assertThat(ModelArchive.environment(folder)).isEmpty();
    }

    @Test
    void rewardComesBackByTheNameOfTheEnvironment() throws Exception {
        ModelArchive.save(folder, fitted(LearnedChain.of(3, 1).reward(ExactTasks.find("pendulum-v1").reward())), "Pendulum-v1");

        assertThat(ModelArchive.load(folder).model()).isInstanceOf(KnownReward.class);
        assertThat(ModelArchive.environment(folder)).contains("Pendulum-v1");
    }

    @Test
    void rewardThatIsNotKnownMustBeGiven() throws Exception {
        ModelArchive.save(folder, fitted(LearnedChain.of(3, 1).reward((o, a, n, k, out) -> {})), "my-robot");

        assertThatThrownBy(() -> ModelArchive.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("my-robot")
                .hasMessageContaining("Maybe load it with the reward");
        assertThat(ModelArchive.load(folder, (o, a, n, k, out) -> {}, null).model()).isInstanceOf(KnownReward.class);
    }

    @Test
    void damagedAndForeignCheckpointsAreNamed() throws Exception {
        assertThatThrownBy(() -> ModelArchive.load(folder.resolve("nowhere"))).isInstanceOf(CheckpointException.class);

        new CheckpointFolder(folder).save(CheckpointManifest.of("other", ModelSpec.continuous(1, 1), 0), new SafetensorsWriter());
        assertThatThrownBy(() -> ModelArchive.load(folder)).hasMessageContaining("kind 'other'").hasMessageContaining("Maybe");

        Path own = folder.resolve("own");
        ModelArchive.save(own, fitted(LearnedChain.of(3, 1).learnReward()), null);
        Path weights = own.resolve("checkpoint-1.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ModelArchive.load(own)).isInstanceOf(CheckpointException.class).hasMessageContaining("cut");
    }

    @Test
    void manifestOfAnotherShapeThanTheWeightsIsRefused() throws Exception {
        LearnedChain chain = fitted(LearnedChain.of(3, 1).learnReward());
        CheckpointManifest manifest = CheckpointManifest.of(ModelArchive.KIND, chain.model().spec(), 0);
        ShapeFields.write(LearnedChain.of(3, 1).learnReward().ensemble(EnsembleParameters.small().withSize(3, 64)).build().shape(),
                manifest.settings());
        var weights = new SafetensorsWriter();
        chain.predictor().visitTensors((name, shape, data, offset) -> {
            int size = 1;
            for (int length : shape) size *= length;
            weights.add(name, shape, java.util.Arrays.copyOfRange(data, offset, offset + size));
        });
        new CheckpointFolder(folder).save(manifest, weights);

        assertThatThrownBy(() -> ModelArchive.load(folder))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("ensemble.hidden.2");
    }
}

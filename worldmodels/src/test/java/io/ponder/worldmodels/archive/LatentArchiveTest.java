package io.ponder.worldmodels.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.env.Box;
import io.ponder.engine.env.Discrete;
import io.ponder.engine.env.Space;
import io.ponder.engine.storage.CheckpointException;
import io.ponder.engine.storage.CheckpointFolder;
import io.ponder.engine.storage.CheckpointManifest;
import io.ponder.engine.storage.ManifestFields;
import io.ponder.engine.storage.SafetensorsWriter;
import io.ponder.engine.train.selfplay.LearnerState;
import io.ponder.worldmodels.latent.BoardLayers;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.DenseStochasticLayers;
import io.ponder.worldmodels.latent.LatentLayers;
import io.ponder.worldmodels.latent.LatentModel;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.PrefixLayers;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LatentArchiveTest {
    private static LatentShape shape(Space actions, int latentSize) {
        return new LatentShape(8, actions, latentSize, ScalarSupport.returns(-1, 2, 7), ScalarSupport.outcomes(), -0.9);
    }

    static Stream<LatentLayers> layers() {
        LatentShape listed = shape(new Discrete(3), 8);
        LatentShape continuous = shape(new Box(new float[] {-1, 0}, new float[] {1, 5}), 8);
        LatentShape board = shape(new Discrete(4), 12);
        var dense = new DenseLayers(listed, LatentScaling.TANH, 6, 2);
        return Stream.of(
                dense, new DenseLayers(continuous, LatentScaling.MIN_MAX, 5, 1), new DenseStochasticLayers(listed, dense, 5),
                new BoardLayers(board, LatentScaling.MIN_MAX, 2, 2, 3, 1, 4),
                new PrefixLayers(dense, shape(new Discrete(3), 14), 3, 2));
    }

    private static LatentShape shapeOf(LatentLayers layers) {
        if (layers instanceof BoardLayers) return shape(new Discrete(4), 12);
        if (layers instanceof PrefixLayers) return shape(new Discrete(3), 14);
        boolean continuous = layers instanceof DenseLayers dense && dense.hidden() == 5;
        return shape(continuous ? new Box(new float[] {-1, 0}, new float[] {1, 5}) : new Discrete(3), 8);
    }

    private static LatentNetwork save(LatentLayers layers, Path folder) throws IOException {
        LatentShape shape = shapeOf(layers);
        var graph = new UnrollGraph(2, shape.actionCount() == 0 ? 4 : 0, true, false, 0.5);
        var network = new LatentNetwork(shape, layers, graph, 17);
        CheckpointManifest manifest = CheckpointManifest.of("muzero", shape.spec(), 17);
        LatentArchive.describe(shape, layers, manifest.settings());
        var weights = new SafetensorsWriter();
        new LearnerState().network("model", network.network()).write(weights, new ManifestFields());
        new CheckpointFolder(folder).save(manifest, weights);
        return network;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyKindOfLayersComesBackWithItsParameters(LatentLayers layers, @TempDir Path folder) throws IOException {
        LatentNetwork saved = save(layers, folder);

        LatentNetwork loaded = LatentArchive.network(folder);

        assertThat(loaded.shape()).isEqualTo(saved.shape());
        // What only learning needs is not there again.
        assertThat(loaded.network().tensors()).isNotEmpty().allSatisfy(tensor -> {
            var own = saved.network().tensor(tensor.name());
            for (int i = 0; i < tensor.size(); i++) {
                assertThat(loaded.network().parameters()[tensor.offset() + i]).isEqualTo(saved.network().parameters()[own.offset() + i]);
            }
        });
    }

    @Test
    void aModelSaysWhatTheSavedOneSays(@TempDir Path folder) throws IOException {
        LatentNetwork saved = save(layers().findFirst().orElseThrow(), folder);
        float[] seen = {0.3f, -1, 2, 0, 0.5f, 0.1f, -0.2f, 1};
        float[] values = new float[2];
        // The last layer of a value begins at 0: a step from there makes the two say something.
        saved.network().parameters()[saved.network().tensor("value.out.bias").offset()] = 3;
        var again = new LatentModel(saved);
        again.values(seen, 1, values);
        save(saved, folder);

        float[] loaded = new float[2];
        LatentArchive.load(folder).values(seen, 1, loaded);
        assertThat(loaded).isEqualTo(values);
        assertThat(loaded[0]).isNotZero();
    }

    private static void save(LatentNetwork network, Path folder) throws IOException {
        CheckpointManifest manifest = CheckpointManifest.of("muzero", network.shape().spec(), 17);
        LatentArchive.describe(network.shape(), layers().findFirst().orElseThrow(), manifest.settings());
        var weights = new SafetensorsWriter();
        new LearnerState().network("model", network.network()).write(weights, new ManifestFields());
        new CheckpointFolder(folder).save(manifest, weights);
    }

    @Test
    void anotherKindAnotherSizeAndANumberThatIsNoneAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> LatentArchive.load(folder)).isInstanceOf(CheckpointException.class).hasMessageContaining("no checkpoint");
        save(layers().skip(2).findFirst().orElseThrow(), folder);
        assertThatThrownBy(() -> LatentArchive.load(folder)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds no network of kind latent-dense or latent-board");

        LatentNetwork network = save(layers().findFirst().orElseThrow(), folder);
        CheckpointManifest manifest = CheckpointManifest.of("muzero", network.shape().spec(), 17);
        LatentArchive.describe(network.shape(), new DenseLayers(network.shape(), LatentScaling.TANH, 7, 2), manifest.settings());
        var weights = new SafetensorsWriter();
        new LearnerState().network("model", network.network()).write(weights, new ManifestFields());
        new CheckpointFolder(folder).save(manifest, weights);
        assertThatThrownBy(() -> LatentArchive.load(folder)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("but the learner needs one of shape").hasMessageContaining("\nMaybe");

        network.network().parameters()[3] = Float.NaN;
        save(network, folder);
        assertThatThrownBy(() -> LatentArchive.load(folder)).isInstanceOf(CheckpointException.class).hasMessageContaining("holds NaN");
    }
}

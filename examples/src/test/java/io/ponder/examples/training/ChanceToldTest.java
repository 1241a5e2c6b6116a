package io.ponder.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.env.Discrete;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.Symmetry;
import io.ponder.engine.model.ColumnKeys;
import io.ponder.engine.model.ModelState;
import io.ponder.engine.model.NodeBuffer;
import io.ponder.engine.model.NodeKind;
import io.ponder.engine.model.StepBuffer;
import io.ponder.engine.tensor.CounterRandom;
import io.ponder.engine.train.selfplay.CurvePoint;
import io.ponder.engine.train.selfplay.SelfPlayListener;
import io.ponder.engine.train.selfplay.SelfPlayLoop;
import io.ponder.examples.games.Pig;
import io.ponder.examples.games.SlidingTiles;
import io.ponder.worldmodels.latent.DenseLayers;
import io.ponder.worldmodels.latent.GameChance;
import io.ponder.worldmodels.latent.LatentNetwork;
import io.ponder.worldmodels.latent.LatentScaling;
import io.ponder.worldmodels.latent.LatentShape;
import io.ponder.worldmodels.latent.PolicyValueModel;
import io.ponder.worldmodels.latent.ScalarSupport;
import io.ponder.worldmodels.latent.UnrollGraph;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chance whose rules are known: read off observations for a learned model, and drawn for the value of exact positions. */
class ChanceToldTest {
    private static final long SEED = 11;

    @Test
    void whatChanceDidIsReadOffTwoObservations() {
        Game game = new SlidingTiles(3);
        List<Symmetry> turns = game.symmetries();
        var reader = new GameChance(game);
        int size = game.observationSize();
        int[] position = new int[game.positionSize()];
        float[] seen = new float[2 * 2 * size];
        game.start(position);
        int read = 0;
        for (long move = 0; game.playerToMove(position) != Game.TERMINAL; move++) {
            if (game.playerToMove(position) == Game.CHANCE) {
                game.play(position, game.randomOutcome(position, CounterRandom.key(SEED, move)));
                continue;
            }
            int action = game.randomAction(position, CounterRandom.key(SEED, move));
            game.observe(position, seen, 1, 2);
            game.play(position, action);
            int outcome = game.randomOutcome(position, CounterRandom.key(SEED, -move));
            game.play(position, outcome);
            game.observe(position, seen, 2 * size + 1, 2);
            assertThat(reader.read(seen, 1, 2 * size + 1, 2, action)).isEqualTo(outcome);
            assertThat(reader.read(seen, 1, 1, 2, action)).as("nothing happened").isEqualTo(-1);
            // Turned boards are read too, and the tile stays a 2 or a 4.
            Symmetry turn = turns.get((int) (move % turns.size()));
            float[] turned = new float[2 * size];
            for (int d = 0; d < 2 * size; d++) turned[d] = seen[(d / size * size + turn.observation()[d % size]) * 2 + 1];
            int there = reader.read(turned, 0, size, 1, turn.action()[action]);
            assertThat(there & 1).isEqualTo(outcome & 1);
            read++;
        }
        assertThat(read).isGreaterThan(10);
    }

    @Test
    void aPositionOfChanceIsWorthWhatADrawnOutcomeIs() {
        var pig = new Pig();
        var shape = new LatentShape(pig.observationSize(), new Discrete(2), 8, ScalarSupport.outcomes(), ScalarSupport.outcomes(), -1);
        var graph = new LatentNetwork(shape, new DenseLayers(shape, LatentScaling.NONE, 16, 1), UnrollGraph.steps(0), 3);
        // The last layers begin at 0, where all positions are worth the same.
        float[] parameters = graph.network().parameters();
        for (int i = 0; i < parameters.length; i++) parameters[i] += 0.3f * CounterRandom.normal(1, 0, i, 0);
        var model = new PolicyValueModel(pig, graph);
        int columns = 64;
        float[] start = new float[pig.observationSize() * columns];
        int[] position = new int[pig.positionSize()];
        pig.start(position);
        for (int k = 0; k < columns; k++) pig.observe(position, start, k, columns);
        var states = new ModelState(model.spec(), columns);
        var step = new StepBuffer(model.spec(), columns);
        var nodes = new NodeBuffer(model.spec(), model, columns);
        var keys = new ColumnKeys(columns).resize(columns);
        keys.set(0, columns, SEED, 0);
        model.init(start, columns, states);
        model.expand(states, new byte[columns], new float[columns], keys, step, nodes);
        assertThat(nodes.kind()).containsOnly(NodeKind.CHANCE);
        float[] values = nodes.value().clone();
        // Every value is that of one of the six faces, with the sign of whoever decides there.
        float[] faces = new float[6];
        var face = new StepBuffer(model.spec(), columns);
        var known = new NodeBuffer(model.spec(), model, columns);
        for (int outcome = 0; outcome < 6; outcome++) {
            float[] rolled = new float[columns];
            Arrays.fill(rolled, outcome);
            byte[] chance = new byte[columns];
            Arrays.fill(chance, NodeKind.CHANCE);
            model.expand(step.next(), chance, rolled, keys, face, known);
            faces[outcome] = face.reward()[0] + face.discount()[0] * known.value()[0];
        }
        int[] counts = new int[6];
        for (float value : values) {
            int match = -1;
            for (int outcome = 0; outcome < 6; outcome++) {
                if (Math.abs(value - faces[outcome]) < 1e-6) match = outcome;
            }
            assertThat(match).as("face of %s among %s", value, faces).isNotNegative();
            counts[match]++;
        }
        for (int count : counts) assertThat(count).isPositive();
    }

    @Test
    void alphaZeroLearnsAGameOfScoresAndChance() {
        TrainingTask task = SmallTraining.task(
                TrainingMethod.ALPHAZERO, "2048-3x3",
                "steps=1500 environments=16 simulations=10 batch=64 hidden=32 evaluateEvery=1500 evaluationEpisodes=40 valueLow=0 valueHigh=3000"
                        + " valueBins=41 valueSteps=10 discount=0.99 learnsPerStep=0.2 firstTemperature=0.3 lastTemperature=0.1",
                5);
        try (var loop = new SelfPlayLoop(task.selfPlay(), task.parameters(Double.POSITIVE_INFINITY), 5, SelfPlayListener.NONE, null)) {
            List<CurvePoint> curve = loop.run();
            // At random 189.
            assertThat(curve.get(curve.size() - 1).evaluationReturnMean()).isGreaterThan(400);
        }
    }

    @Test
    void codesAreToldOnlyWhereRulesKnowThem() {
        double told = lastLoss("chanceTold=true");
        assertThat(told).isFinite();
        assertThatThrownBy(() -> SmallTraining.task(TrainingMethod.MUZERO, "2048-3x3", "chanceTold=true", 1))
                .hasMessageContaining("chanceTold is true").hasMessageContaining("Maybe");
        assertThatThrownBy(() -> SmallTraining.task(TrainingMethod.STOCHASTIC, "CartPole-v1", "chanceTold=true", 1))
                .hasMessageContaining("chanceTold is true");
    }

    private static double lastLoss(String changes) {
        TrainingTask task = SmallTraining.task(TrainingMethod.STOCHASTIC, "2048-3x3", changes, 2);
        try (var loop = new SelfPlayLoop(task.selfPlay(), task.parameters(Double.POSITIVE_INFINITY), 2, SelfPlayListener.NONE, null)) {
            List<CurvePoint> curve = loop.run();
            return curve.get(curve.size() - 1).loss();
        }
    }
}

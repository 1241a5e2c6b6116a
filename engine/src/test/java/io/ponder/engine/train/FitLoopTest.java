package io.ponder.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ponder.engine.data.TransitionStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitLoopTest {
    private static final FitParameters PLAIN = FitParameters.defaults().withBatchSize(10).withBootstrap(false);

    private static TransitionStore store(int rows) {
        var store = new TransitionStore(1, 1);
        for (int i = 0; i < rows; i++) store.add(new float[] {i}, new float[1], 0, new float[1], i % 20 == 19, false);
        return store;
    }

    /** Replays given losses: entry 0 before training, entry n after epoch n, the last for ever. */
    private static final class Scripted implements EnsembleLearner {
        final double[][] losses;
        final List<List<Integer>> seen = new ArrayList<>();
        final int[] keptAt;
        final List<Integer> batchSizes = new ArrayList<>();
        int evaluations;
        int prepared;
        int restored;

        Scripted(double[]... losses) {
            this.losses = losses;
            keptAt = new int[losses.length];
            for (int e = 0; e < losses.length; e++) seen.add(new ArrayList<>());
        }

        @Override
        public int members() {
            return losses.length;
        }

        @Override
        public void prepare(TransitionStore data, int[] rows, int count) {
            prepared++;
            evaluations = 0;
        }

        @Override
        public void trainBatch(TransitionStore data, int[][] rowsPerMember, int count) {
            batchSizes.add(count);
            for (int e = 0; e < losses.length; e++) for (int i = 0; i < count; i++) seen.get(e).add(rowsPerMember[e][i]);
        }

        @Override
        public void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember) {
            for (int e = 0; e < losses.length; e++) lossPerMember[e] = losses[e][Math.min(evaluations, losses[e].length - 1)];
            evaluations++;
        }

        @Override
        public void keepBest(int member) {
            keptAt[member] = evaluations - 1;
        }

        @Override
        public void restoreBest() {
            restored++;
        }
    }

    @Test
    void stopsWhenNothingImprovedForMoreThanThePatience() {
        var learner = new Scripted(new double[] {10, 8, 7, 6.95});

        FitReport report = new FitLoop(PLAIN.withStopRule(0.01, 5), 1).fit(learner, store(100));

        // Epoch 2 is the last improvement (6.95 is 0.7 % below 7); epochs 3 to 8 are six without one.
        assertThat(report.epochs()).isEqualTo(8);
        assertThat(report.stop()).isEqualTo(FitReport.Stop.NO_IMPROVEMENT);
        assertThat(learner.keptAt).containsExactly(2);
        assertThat(report.lossBefore()).containsExactly(10);
        assertThat(report.lossAfter()).containsExactly(7);
        assertThat(learner.restored).isEqualTo(1);
        assertThat(learner.prepared).isEqualTo(1);
    }

    @Test
    void exactlyOnePercentIsNoImprovement() {
        FitReport exact = new FitLoop(PLAIN.withStopRule(0.5, 0), 1).fit(new Scripted(new double[] {8, 4}), store(100));
        FitReport more = new FitLoop(PLAIN.withStopRule(0.5, 0), 1).fit(new Scripted(new double[] {8, 3.999}), store(100));

        assertThat(exact.epochs()).isEqualTo(1);
        assertThat(more.epochs()).isEqualTo(2);
    }

    @Test
    void oneImprovingMemberKeepsAllGoingAndEachKeepsItsOwnBest() {
        var learner = new Scripted(new double[] {5, 4, 9, 9, 9, 9, 9}, new double[] {5, 5, 5, 5, 1, 1, 1}, new double[] {5, 7});

        FitReport report = new FitLoop(PLAIN.withStopRule(0.01, 2), 1).fit(learner, store(100));

        // Improvements in epoch 1 and 4; the two idle epochs between are within the patience; 5, 6, 7 are three without one.
        assertThat(report.epochs()).isEqualTo(7);
        assertThat(learner.keptAt).containsExactly(1, 4, 0);
        assertThat(report.lossAfter()).containsExactly(4, 1, 5);
        assertThat(report.elites()).containsExactly(1, 0, 2);
    }

    @Test
    void negativeLossesImproveDownwards() {
        var learner = new Scripted(new double[] {-1, -2, -2.01, -3});

        FitReport report = new FitLoop(PLAIN.withStopRule(0.01, 1), 1).fit(learner, store(100));

        assertThat(report.lossAfter()).containsExactly(-3);
        assertThat(learner.keptAt).containsExactly(3);
    }

    @Test
    void nanNeverImprovesAndAnyNumberImprovesOnNan() {
        var learner = new Scripted(new double[] {Double.NaN, 7, Double.NaN}, new double[] {3, Double.NaN, Double.NaN});

        FitReport report = new FitLoop(PLAIN.withStopRule(0.01, 0), 1).fit(learner, store(100));

        assertThat(report.lossAfter()).containsExactly(7, 3);
        assertThat(report.epochs()).isEqualTo(2);
        assertThat(report.elites()).containsExactly(1, 0);
    }

    @Test
    void minimumStepsOutlastTheStopRuleAndTheEpochs() {
        // 100 rows, 80 train, batch 10: eight steps an epoch.
        FitReport report = new FitLoop(PLAIN.withStopRule(0.01, 0).withMaximumEpochs(2).withSteps(60, 1000), 1)
                .fit(new Scripted(new double[] {1}), store(100));

        assertThat(report.steps()).isEqualTo(64);
        assertThat(report.epochs()).isEqualTo(8);
    }

    @Test
    void maximumStepsEndAFitWithinAnEpoch() {
        FitReport report = new FitLoop(PLAIN.withSteps(0, 11), 1).fit(new Scripted(new double[] {4, 3, 2, 1}), store(100));

        assertThat(report.steps()).isEqualTo(11);
        assertThat(report.epochs()).isEqualTo(2);
        assertThat(report.stop()).isEqualTo(FitReport.Stop.MAXIMUM_STEPS);
    }

    @Test
    void maximumEpochsEndAFitThatStillImproves() {
        FitReport report = new FitLoop(PLAIN.withMaximumEpochs(3), 1).fit(new Scripted(new double[] {8, 4, 2, 1, 0.5}), store(100));

        assertThat(report.epochs()).isEqualTo(3);
        assertThat(report.stop()).isEqualTo(FitReport.Stop.MAXIMUM_EPOCHS);
        assertThat(report.lossAfter()).containsExactly(1);
    }

    @Test
    void anEpochWithoutResamplesSeesEveryTrainingRowOnceAndNoHeldOutRow() {
        var learner = new Scripted(new double[] {1}, new double[] {1});
        var loop = new FitLoop(PLAIN.withMaximumEpochs(1).withBatchSize(32), 5);

        FitReport report = loop.fit(learner, store(100));

        int[] training = Arrays.copyOf(loop.split().trainingRows(), loop.split().trainingCount());
        assertThat(report.trainingRows()).isEqualTo(80);
        assertThat(report.heldOutRows()).isEqualTo(20);
        assertThat(learner.batchSizes).containsExactly(32, 32, 16);
        for (List<Integer> rows : learner.seen) {
            assertThat(rows.stream().sorted().mapToInt(i -> i).toArray()).isEqualTo(training);
        }
        assertThat(learner.seen.get(0)).isNotEqualTo(learner.seen.get(1));
    }

    @Test
    void resamplesDifferBetweenMembersAndStayTheSameFromEpochToEpoch() {
        var learner = new Scripted(new double[] {1}, new double[] {1});

        new FitLoop(PLAIN.withMaximumEpochs(2).withBootstrap(true), 5).fit(learner, store(100));

        for (List<Integer> rows : learner.seen) {
            assertThat(rows.subList(0, 80)).containsExactlyInAnyOrderElementsOf(rows.subList(80, 160)).isNotEqualTo(rows.subList(80, 160));
            assertThat(rows.subList(0, 80).stream().distinct().count()).isBetween(40L, 62L);
        }
        assertThat(learner.seen.get(0).stream().sorted().toList()).isNotEqualTo(learner.seen.get(1).stream().sorted().toList());
    }

    @Test
    void sameSeedSameBatches() {
        var one = new Scripted(new double[] {1});
        var two = new Scripted(new double[] {1});
        var other = new Scripted(new double[] {1});

        new FitLoop(PLAIN.withBootstrap(true), 5).fit(one, store(100));
        new FitLoop(PLAIN.withBootstrap(true), 5).fit(two, store(100));
        new FitLoop(PLAIN.withBootstrap(true), 6).fit(other, store(100));

        assertThat(one.seen).isEqualTo(two.seen).isNotEqualTo(other.seen);
    }

    @Test
    void newRowsAreScoredWithTheOldWeightsFromTheSecondFitOn() {
        var learner = new Scripted(new double[] {9, 1, 1});
        var data = store(100);
        var loop = new FitLoop(PLAIN, 5);

        FitReport first = loop.fit(learner, data);
        data.add(new float[1], new float[1], 0, new float[1], true, false);
        FitReport second = loop.fit(learner, data);

        assertThat(first.newRowsLoss()).containsExactly(Double.NaN);
        assertThat(second.newRowsLoss()).containsExactly(1);
        assertThat(second.fit()).isEqualTo(2);
    }

    @Test
    void aFewRowsAreEnough() {
        FitReport report = new FitLoop(PLAIN, 5).fit(new Scripted(new double[] {2, 1}), store(1));

        assertThat(report.trainingRows()).isEqualTo(1);
        assertThat(report.heldOutRows()).isZero();
        assertThatThrownBy(() -> new FitLoop(PLAIN, 5).fit(new Scripted(new double[] {2}), store(0)))
                .hasMessageContaining("rows of the store is 0");
    }

    @Test
    void cancelKeepsTheBestWeights() {
        var learner = new Scripted(new double[] {8, 4, 2, 1});
        var loops = new FitLoop[1];
        loops[0] = new FitLoop(PLAIN, 5, new TrainingListener() {
            @Override
            public void epochEnded(FitEpoch epoch) {
                if (epoch.epoch() == 2) loops[0].cancel();
            }
        });

        FitReport report = loops[0].fit(learner, store(100));

        assertThat(report.stop()).isEqualTo(FitReport.Stop.CANCELLED);
        assertThat(report.epochs()).isEqualTo(2);
        assertThat(learner.restored).isEqualTo(1);
    }

    @Test
    void listenerHearsEveryEpochAndTheFit() {
        var heard = new ArrayList<String>();
        var listener = new TrainingListener() {
            @Override
            public void epochEnded(FitEpoch epoch) {
                heard.add(epoch.epoch() + ":" + epoch.loss()[0] + ":" + epoch.improvedMembers() + ":" + epoch.epochsSinceImprovement());
            }

            @Override
            public void fitEnded(FitReport report) {
                heard.add("fit " + report.fit());
            }
        };

        new FitLoop(PLAIN.withStopRule(0.01, 0), 5, listener).fit(new Scripted(new double[] {8, 4}), store(100));

        assertThat(heard).containsExactly("1:4.0:1:0", "2:4.0:0:1", "fit 1");
    }

    /** Notes the allocation counter of the thread at every batch. */
    private static final class Counting implements EnsembleLearner {
        final long[] bytes = new long[4000];
        int batches;

        @Override
        public int members() {
            return 5;
        }

        @Override
        public void prepare(TransitionStore data, int[] rows, int count) {}

        @Override
        public void trainBatch(TransitionStore data, int[][] rowsPerMember, int count) {
            bytes[batches++] = AllocationMeter.allocatedBytes();
        }

        @Override
        public void evaluate(TransitionStore data, int[] rows, int count, double[] lossPerMember) {
            Arrays.fill(lossPerMember, 1);
        }

        @Override
        public void keepBest(int member) {}

        @Override
        public void restoreBest() {}
    }

    @Test
    void nothingIsAllocatedPerBatch() {
        var learner = new Counting();

        new FitLoop(FitParameters.defaults().withBatchSize(2).withMaximumEpochs(4).withStopRule(0.01, 100), 1).fit(learner, store(2000));

        assumeThat(learner.bytes[0]).isNotNegative();
        assertThat(learner.batches).isEqualTo(3200);
        // The last epoch: everything is warm, and an epoch is 800 batches.
        assertThat(learner.bytes[3199] - learner.bytes[2400]).isZero();
    }
}

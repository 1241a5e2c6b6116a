package io.ponder.engine.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EnvironmentCheckerTest {
    /** Where a test lets the walk go wrong. */
    private static final class Mistakes {
        boolean longObservation;
        boolean outOfBounds;
        boolean infiniteReward;
        boolean oneReward;
        boolean bothWin;
        boolean nothingLegal;
        boolean maskOfTwos;
        boolean acceptsIllegal;
        boolean acceptsTheSecondIllegal;
        boolean illegalMoves;
        boolean refusesLegal;
        boolean staleMask;
        boolean oneOnlyMoves;
        boolean staleTurn;
        boolean wrongPlayer;
        boolean unseeded;
        boolean unseededReset;
        boolean notReset;
        boolean hiddenState;
        boolean stateNotSet;
        boolean paysAfterTheEnd;
        boolean leavesTheEnd;
        boolean beginsOver;
        boolean changesAction;
        boolean throwsLate;
    }

    /**
     * Two players push a token along a line of nine cells in turn, by one or two cells; who reaches an end wins. At an edge a move by two
     * is illegal, and the fifth action always is. Right, unless a mistake is switched on.
     */
    private static final class Walk implements Environment, LegalActions, TurnBased {
        private static final int CELLS = 9;
        private final Mistakes mistakes;
        private final EpisodeRandom random = new EpisodeRandom();
        private final EpisodeRandom wild = new EpisodeRandom();
        private final StepResult result;
        private int cell;
        private int player;
        private int hidden;
        private int seenCell;
        private int turn;
        private boolean ended;

        Walk(Mistakes mistakes) {
            this.mistakes = mistakes;
            result = new StepResult(mistakes.longObservation ? 3 : 2, mistakes.oneReward ? 1 : 2);
        }

        @Override
        public String name() {
            return "walk";
        }

        @Override
        public Space observationSpace() {
            return new MultiDiscrete(CELLS, mistakes.outOfBounds ? 1 : 2);
        }

        @Override
        public Space actionSpace() {
            return new Discrete(5);
        }

        @Override
        public StepResult reset(long seed) {
            if (!mistakes.unseeded) random.seed(seed);
            return reset();
        }

        @Override
        public StepResult reset() {
            cell = 3 + (mistakes.unseededReset ? wild : random).nextInt(3);
            player = 0;
            seenCell = cell;
            turn = 0;
            if (!mistakes.notReset) hidden = 0;
            return begin();
        }

        private StepResult begin() {
            ended = mistakes.beginsOver;
            result.start();
            if (mistakes.beginsOver) result.set(0, true);
            return observe();
        }

        private StepResult observe() {
            result.observation()[0] = cell;
            result.observation()[1] = player;
            return result;
        }

        private int target(int action) {
            return target(cell, action);
        }

        private static int target(int cell, int action) {
            return cell + new int[] {-2, -1, 1, 2, -99}[action];
        }

        @Override
        public StepResult step(float[] action) {
            int target = target(((Discrete) actionSpace()).index(action));
            if (ended && mistakes.leavesTheEnd) {
                cell = 4;
                result.start();
                return observe();
            }
            if (ended && mistakes.paysAfterTheEnd) return observe();
            if (ended) throw new IllegalStateException("over");
            if (mistakes.throwsLate && cell == 2) throw new ArithmeticException("oops");
            if (target < 0 || target >= CELLS) {
                if (mistakes.illegalMoves) cell = 4;
                boolean second = mistakes.acceptsTheSecondIllegal && cell == 1 && target < -1;
                if (!mistakes.acceptsIllegal && !second) throw new IllegalArgumentException("illegal");
                target = cell;
            }
            if (mistakes.refusesLegal && target == 1) throw new IllegalArgumentException("illegal");
            cell = target;
            seenCell = cell;
            turn = 1 - player;
            hidden++;
            if (mistakes.changesAction) action[0] = 0;
            ended = cell == 0 || cell == CELLS - 1;
            double win = ended ? 1 : (mistakes.hiddenState || mistakes.notReset) && hidden % 3 == 0 ? 0.5 : 0;
            if (mistakes.infiniteReward && ended) win = Double.POSITIVE_INFINITY;
            result.set(0, ended);
            for (int p = 0; p < result.rewards().length; p++) {
                result.rewards()[p] = p == player || mistakes.bothWin ? win : -win;
            }
            player = 1 - player;
            return observe();
        }

        @Override
        public int stateSize() {
            return 2;
        }

        @Override
        public void readState(double[] state) {
            state[0] = cell;
            state[1] = player;
        }

        @Override
        public StepResult writeState(double[] state) {
            if (!mistakes.stateNotSet) cell = (int) state[0];
            player = (int) state[1];
            if (!mistakes.notReset) hidden = 0;
            return begin();
        }

        @Override
        public void legalActions(byte[] mask) {
            for (int a = 0; a < mask.length; a++) {
                int target = target(mistakes.staleMask ? seenCell : cell, a);
                boolean legal = target >= 0 && target < CELLS && !mistakes.nothingLegal;
                mask[a] = (byte) (legal ? mistakes.maskOfTwos ? 2 : 1 : 0);
            }
        }

        @Override
        public int players() {
            return 2;
        }

        @Override
        public int playerToMove() {
            if (mistakes.oneOnlyMoves) return 0;
            return (mistakes.staleTurn ? turn : player) + (mistakes.wrongPlayer ? 1 : 0);
        }

        @Override
        public boolean zeroSum() {
            return true;
        }
    }

    private static List<Finding> findings(Consumer<Mistakes> make) {
        Mistakes mistakes = new Mistakes();
        make.accept(mistakes);
        return EnvironmentChecker.check(new Walk(mistakes));
    }

    private static void caught(Finding.Kind kind, Consumer<Mistakes> make) {
        assertThat(findings(make)).extracting(Finding::kind).contains(kind);
    }

    @Test
    void aSoundEnvironmentHasNoFindings() {
        assertThat(findings(m -> {})).isEmpty();
    }

    @Test
    void aTimeLimitKeepsTheContract() {
        assertThat(EnvironmentChecker.check(new TimeLimit(new Walk(new Mistakes()), 3))).isEmpty();
    }

    @Test
    void wrongShapesAreCaught() {
        caught(Finding.Kind.SHAPE, m -> m.longObservation = true);
        caught(Finding.Kind.SHAPE, m -> m.oneReward = true);
    }

    @Test
    void observationsOutsideTheSpaceAreCaught() {
        caught(Finding.Kind.BOUNDS, m -> m.outOfBounds = true);
    }

    @Test
    void wrongSignsAreCaught() {
        caught(Finding.Kind.SIGN, m -> m.bothWin = true);
        caught(Finding.Kind.SIGN, m -> m.infiniteReward = true);
    }

    @Test
    void wrongMasksAreCaught() {
        caught(Finding.Kind.MASK, m -> m.nothingLegal = true);
        caught(Finding.Kind.MASK, m -> m.maskOfTwos = true);
        caught(Finding.Kind.MASK, m -> m.acceptsIllegal = true);
        caught(Finding.Kind.MASK, m -> m.acceptsTheSecondIllegal = true);
        caught(Finding.Kind.MASK, m -> m.illegalMoves = true);
        caught(Finding.Kind.MASK, m -> m.refusesLegal = true);
    }

    @Test
    void aPlayerWhoDoesNotExistIsCaught() {
        caught(Finding.Kind.PLAYER, m -> m.wrongPlayer = true);
        caught(Finding.Kind.PLAYER, m -> m.oneOnlyMoves = true);
    }

    @Test
    void anEpisodeThatDoesNotFollowFromTheSeedIsCaught() {
        caught(Finding.Kind.DETERMINISM, m -> m.unseeded = true);
        caught(Finding.Kind.DETERMINISM, m -> m.unseededReset = true);
        caught(Finding.Kind.DETERMINISM, m -> m.notReset = true);
    }

    @Test
    void aStateThatIsNotTheWholeStateIsCaught() {
        caught(Finding.Kind.STATE, m -> m.hiddenState = true);
        caught(Finding.Kind.STATE, m -> m.stateNotSet = true);
        caught(Finding.Kind.STATE, m -> m.staleMask = true);
        caught(Finding.Kind.STATE, m -> m.staleTurn = true);
    }

    @Test
    void anEndThatIsNoEndIsCaught() {
        caught(Finding.Kind.ABSORBING, m -> m.paysAfterTheEnd = true);
        caught(Finding.Kind.ABSORBING, m -> m.leavesTheEnd = true);
        caught(Finding.Kind.ABSORBING, m -> m.beginsOver = true);
    }

    @Test
    void failuresAreCaught() {
        caught(Finding.Kind.FAILURE, m -> m.throwsLate = true);
        caught(Finding.Kind.FAILURE, m -> m.changesAction = true);
    }

    @Test
    void eachKindIsReportedOnceAndSaysWhatHappened() {
        List<Finding> findings = findings(m -> m.bothWin = true);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).sentence()).contains("[1.0, 1.0] sum to 2.0, but the game is zero-sum.\nMaybe");
        assertThat(findings.get(0)).asString().startsWith("SIGN: In step");
    }
}

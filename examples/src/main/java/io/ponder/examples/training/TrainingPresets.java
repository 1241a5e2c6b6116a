package io.ponder.examples.training;

import io.ponder.engine.game.Game;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table of presets: what every option is where a user says nothing. */
public final class TrainingPresets {
    /** For what is not in the table. Ranges are wide, so that rewards of any size fit; they are better set for a task. */
    private static final String GENERAL = """
            steps=50000 environments=8 simulations=25 playSimulations=0 samples=20 leastRange=0 batch=128
            learnsPerStep=0.5 positionsBefore=500 reanalysedPerStep=0 evaluateEvery=0 evaluationEpisodes=20 firstTemperature=1 lastTemperature=0.25
            unroll=5 valueSteps=10 lambda=1 discount=0.997 freshValues=true
            capacity=100000 priorityPower=0 weightPower=0
            learningRate=0.003 weightDecay=0.0001 maximumNorm=10 policyWeight=1 valueWeight=0.25 rewardWeight=1 consistencyWeight=0
            latentGradient=0.5 targetEvery=100
            boardHeight=0 boardWidth=0 channels=16 blocks=2 hidden=64 latent=32 depth=1 valuePrefix=0 codes=32 chanceTold=false scaling=min_max
            valueLow=-1000 valueHigh=1000 valueBins=51 rewardLow=-100 rewardHigh=100 rewardBins=31
            opponent=random
            """;

    /** What a game for two adds: outcomes are values, nothing is discounted, and evaluations are games against an opponent. */
    private static final String GAME = """
            valueSteps=0 discount=1 freshValues=false evaluationEpisodes=100
            valueLow=-1 valueHigh=1 valueBins=11 rewardLow=-1 rewardHigh=1 rewardBins=11
            """;

    /** A row: changes of the general values for a method and an environment. */
    private record Row(TrainingMethod method, String environment, String changes) {}

    private static final String CARTPOLE = "steps=20000 valueLow=0 valueHigh=400 valueBins=31 rewardLow=0 rewardHigh=2 rewardBins=11";

    private static final String TICTACTOE = """
            steps=20000 environments=16 learnsPerStep=0.5 capacity=50000 firstTemperature=1 lastTemperature=1
            hidden=128 latent=64 valueWeight=1 playSimulations=100 opponent=perfect
            """;

    /** Convolutions over the board, and games in batches of 32, which makes the products of matrices larger. */
    private static final String CONNECT_FOUR = """
            steps=120000 environments=32 simulations=40 learnsPerStep=0.125 batch=128 capacity=60000 positionsBefore=3000
            firstTemperature=1 lastTemperature=0.6 learningRate=0.002 valueWeight=1
            boardHeight=6 boardWidth=7 channels=16 blocks=3 hidden=64 scaling=none
            playSimulations=400 evaluateEvery=20000 evaluationEpisodes=10 opponent=solver:1000
            """;

    /** Two imagined steps: more are blurred by chance. What is imagined is not squeezed, since many boards must stay apart. */
    private static final String TILES = """
            steps=8000 environments=32 simulations=20 learnsPerStep=0.4 firstTemperature=0.3 lastTemperature=0.1
            discount=0.99 valueLow=0 valueHigh=3000 valueBins=41 rewardLow=0 rewardHigh=300
            unroll=2 learningRate=0.002 hidden=256 latent=128 scaling=none evaluateEvery=2000 evaluationEpisodes=50
            """;

    private static final List<Row> ROWS = List.of(
            new Row(TrainingMethod.STOCHASTIC, "2048-3x3", TILES + "chanceTold=true"),
            new Row(TrainingMethod.MUZERO, "2048-3x3", TILES),
            new Row(TrainingMethod.ALPHAZERO, "2048-3x3", TILES + "steps=40000 learnsPerStep=0.2 simulations=30 hidden=128 latent=64 evaluateEvery=5000"),
            new Row(TrainingMethod.ALPHAZERO, "tictactoe", TICTACTOE + "simulations=50 scaling=none"),
            new Row(TrainingMethod.MUZERO, "tictactoe", TICTACTOE + "simulations=25 learnsPerStep=1"),
            new Row(TrainingMethod.ALPHAZERO, "connect4", CONNECT_FOUR),
            new Row(TrainingMethod.MUZERO, "CartPole-v1", CARTPOLE),
            new Row(TrainingMethod.GUMBEL, "CartPole-v1", CARTPOLE),
            new Row(TrainingMethod.SAMPLED, "Pendulum-v1", """
                    steps=30000 simulations=25 samples=10 discount=0.99 scaling=tanh
                    valueLow=-1000 valueHigh=0 valueBins=41 rewardLow=-17 rewardHigh=0 rewardBins=21"""));

    private TrainingPresets() {}

    /** Tells whether the table has a row for a method and an environment. */
    public static boolean tuned(TrainingMethod method, TrainingEnvironment environment) {
        return ROWS.stream().anyMatch(row -> row.method == method && row.environment.equals(environment.name()));
    }

    /** Returns the values for a method and an environment: of its row, else the general ones. */
    public static TrainingSettings settings(TrainingMethod method, TrainingEnvironment environment) {
        Map<TrainingOption, String> values = new EnumMap<>(TrainingOption.class);
        put(values, GENERAL);
        Game game = environment.game();
        if (game != null && game.players() == 2) put(values, GAME);
        for (Row row : ROWS) {
            if (row.method == method && row.environment.equals(environment.name())) put(values, row.changes);
        }
        return new TrainingSettings(values);
    }

    private static void put(Map<TrainingOption, String> values, String changes) {
        for (String change : changes.strip().split("\\s+", -1)) {
            int equals = change.indexOf('=');
            TrainingOption option = TrainingOption.of(change.substring(0, equals));
            values.put(option, option.check(option.label(), change.substring(equals + 1)));
        }
    }
}

package io.ponder.examples.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ponder.engine.game.Game;
import io.ponder.examples.comparison.Cancellation;
import io.ponder.examples.games.ConnectFour;
import io.ponder.examples.games.TicTacToe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TournamentTest {
    private final Game game = new ConnectFour();

    /** Drops a stone into the first open column, so that it always plays the same. */
    private final class LeftmostAgent implements Agent {
        @Override
        public String name() {
            return "leftmost";
        }

        @Override
        public int choose(int[] position, int player, long key) {
            int[] actions = new int[game.actionCount()];
            game.legalActions(position, actions);
            return actions[0];
        }
    }

    private List<Tournament.Played> play(int threads) {
        List<Tournament.AgentMaker> agents = List.of(() -> new RandomAgent(game), LeftmostAgent::new, LeftmostAgent::new);
        var tournament = new Tournament(game, agents, new Tournament.Settings(10, 2, 100, 5, threads));
        List<Tournament.Played> games = tournament.run(new Cancellation(), played -> {});
        assertThat(games).hasSize(tournament.size()).hasSize(30);
        return games;
    }

    @Test
    void sameSeedSameGamesOnAnyNumberOfThreads() {
        assertThat(play(3)).isEqualTo(play(1));
    }

    @Test
    void everyOpeningIsPlayedByBothSides() {
        List<Tournament.Played> games = play(1);
        for (int i = 0; i < games.size(); i += 2) {
            assertThat(games.get(i).first()).isEqualTo(games.get(i + 1).second());
            assertThat(games.get(i).record().moves().subList(0, 2)).isEqualTo(games.get(i + 1).record().moves().subList(0, 2));
        }
        assertThat(games.stream().map(played -> played.record().moves().subList(0, 2)).distinct().count()).isGreaterThan(3);
    }

    @Test
    void agentsAreToldOfEveryTransition() {
        var one = new ScriptedAgent(0, 1, 2);
        var two = new ScriptedAgent(3, 4);
        GameRecord record = Match.play(new TicTacToe(), List.of(one, two), 1, 100);
        assertThat(record.moves()).containsExactly(0, 3, 1, 4, 2);
        assertThat(record.score()).isEqualTo(1);
        assertThat(one.told).isEqualTo(5);
    }

    @Test
    void anIllegalChoiceNamesTheAgent() {
        List<Agent> agents = List.of(new ScriptedAgent(4), new ScriptedAgent(4));
        assertThatThrownBy(() -> Match.play(new TicTacToe(), agents, 1, 100)).hasMessageContaining("The agent scripted chose the move 4");
    }

    @Test
    void aCancelledTournamentKeepsWhatIsDone() {
        List<Tournament.AgentMaker> agents = List.of(() -> new RandomAgent(game), LeftmostAgent::new);
        var cancel = new Cancellation();
        List<Tournament.Played> heard = new ArrayList<>();
        List<Tournament.Played> games = new Tournament(game, agents, new Tournament.Settings(100, 2, 100, 5, 1)).run(cancel, played -> {
            heard.add(played);
            if (heard.size() == 7) cancel.request();
        });
        assertThat(games).isEqualTo(heard).hasSize(7);
    }
}

package io.ponder.examples.cli;

import io.ponder.examples.bench.Benchmarks;
import io.ponder.examples.comparison.PlannerRecipes;
import io.ponder.examples.comparison.Tasks;
import io.ponder.examples.games.Games;
import io.ponder.examples.tuning.TunablePlanner;
import io.ponder.examples.knownanswers.KnownAnswers;
import java.util.Iterator;
import java.util.List;

/** Lists in the help what an option can be, from where it is defined. */
final class HelpLists {
    private HelpLists() {}

    /** Returns the games for two players. */
    static List<String> gamesForTwo() {
        return Games.names().stream().filter(name -> Games.make(name).players() == 2).toList();
    }

    /** Lists all games. */
    static final class AllGames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Games.names().iterator();
        }
    }

    /** Lists the games for two players. */
    static final class GamesForTwo implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return gamesForTwo().iterator();
        }
    }

    /** Lists the environments that planners are compared on. */
    static final class Environments implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Tasks.ids().iterator();
        }
    }

    /** Lists the planners that are compared. */
    static final class Planners implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return PlannerRecipes.names().iterator();
        }
    }

    /** Lists the planners that can be tuned. */
    static final class TunablePlanners implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TunablePlanner.names().iterator();
        }
    }

    /** Lists what is timed. */
    static final class Cases implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Benchmarks.names().iterator();
        }
    }

    /** Lists the cases whose answer is known. */
    static final class KnownAnswerCases implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return KnownAnswers.names().iterator();
        }
    }
}

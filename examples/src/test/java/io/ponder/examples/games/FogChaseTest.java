package io.ponder.examples.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ponder.engine.game.Bits;
import io.ponder.engine.game.Game;
import io.ponder.engine.game.Imitation;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FogChaseTest {
    private final FogChase game = new FogChase();

    @Test
    void chanceSumsToOneAndViewsHideTheEvader() {
        int[] position = Perft.start(game);
        Set<Integer> unseen = new HashSet<>();
        for (int g = 0; g < 200; g++) {
            game.start(position);
            for (int i = 0; ; i++) {
                long random = Bits.random(g, i);
                int mover = game.playerToMove(position);
                if (mover == Game.TERMINAL) break;
                if (mover == Game.CHANCE) {
                    double sum = 0;
                    for (int o = 0; o < game.chanceCount(); o++) sum += game.chanceProbability(position, o);
                    assertThat(sum).isEqualTo(1, within(1e-9));
                    game.play(position, game.randomOutcome(position, random));
                } else {
                    assertThat(game.view(position)).isBetween(0, game.views() - 1);
                    boolean far = i == 2 && game.distance(position) > 4;
                    if (far) unseen.add(game.view(position) % (10 * FogChase.VIEWS_OF_A_GLANCE));
                    game.play(position, game.randomAction(position, random));
                }
            }
            assertThat(game.caught(position)).isEqualTo(game.reward(position, 0) > 0);
            assertThat(game.reward(position, 0)).isBetween(0f, 1f);
        }
        // At the start, an evader who is out of sight looks the same wherever he is.
        assertThat(unseen).hasSize(1);
    }

    /** A student who knows better, and notes what he is told. */
    private static final class Stubborn implements Imitation.Student {
        private int told;
        private int own;

        @Override
        public int decide(int[] position, long key) {
            return 2;
        }

        @Override
        public void learn(int[] position, int action) {
            if (action == 1) told++;
            // The last action is the lowest digit of a view.
            if (new FogChase().view(position) % 5 == 2) own++;
        }
    }

    @Test
    void cloningFollowsTheTeacherAndDaggerTheStudent() {
        var lessons = new Imitation(game);
        var cloning = new Stubborn();
        var dagger = new Stubborn();
        for (int g = 0; g < 20; g++) {
            lessons.teach((position, key) -> 1, cloning, 1, g);
            lessons.teach((position, key) -> 1, dagger, 0, g);
        }
        assertThat(cloning.told).isGreaterThan(100);
        assertThat(cloning.own).isZero();
        assertThat(dagger.told).isGreaterThan(100);
        // All but the first position of each game.
        assertThat(dagger.own).isBetween(dagger.told - 20, dagger.told - 1);
        assertThat(lessons.play(dagger, 3)).isEqualTo(lessons.play(dagger, 3));
    }
}

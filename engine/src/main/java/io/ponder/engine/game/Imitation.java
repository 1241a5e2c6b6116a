package io.ponder.engine.game;

import io.ponder.engine.Checks;
import io.ponder.engine.tensor.CounterRandom;
import org.jspecify.annotations.Nullable;

/**
 * Teaches a student who does not see everything what a teacher does who does: plays games of one player in which the teacher
 * names an action in every position that comes up, and the student learns it. Where the teacher moves, it is behavioural
 * cloning; where the student does, DAgger (Ross, Gordon and Bagnell 2011), which teaches what to do after the student's own
 * mistakes.
 *
 * <p>One thread at a time; allocates nothing but what teacher and student do.
 */
public final class Imitation {
    /** Decides in a position: a teacher, or a student that looks at a part of it only. */
    @FunctionalInterface
    public interface Decider {
        /**
         * Returns a legal action.
         *
         * @param position where the player decides. Not modified.
         * @param key      random numbers
         */
        int decide(int[] position, long key);
    }

    /** Learns from a teacher. */
    public interface Student extends Decider {
        /** Learns that an action is right in a position. */
        void learn(int[] position, int action);
    }

    private static final long CHANCE = 1;
    private static final long TEACHER = 2;
    private static final long STUDENT = 3;
    private static final long WHO = 4;

    private final Game game;
    private final int[] position;

    /** Creates what plays the games. */
    public Imitation(Game game) {
        Checks.same("players of the game", game.players(), "one player", 1);
        this.game = game;
        position = new int[game.positionSize()];
    }

    /**
     * Plays a game in which the student learns in every position, and returns what it paid.
     *
     * @param teacherShare probability that the teacher's action is played instead of the student's, from 0 to 1
     * @param key          random numbers
     */
    public double teach(Decider teacher, Student student, double teacherShare, long key) {
        Checks.inRange("teacherShare", teacherShare, 0, 1);
        return play(teacher, student, teacherShare, key);
    }

    /** Plays a game by one decider and returns what it paid. */
    public double play(Decider decider, long key) {
        return play(decider, null, 1, key);
    }

    private double play(Decider teacher, @Nullable Student student, double teacherShare, long key) {
        double paid = 0;
        game.start(position);
        for (int i = 0; ; i++) {
            int mover = game.playerToMove(position);
            if (mover == Game.TERMINAL) return paid;
            if (mover == Game.CHANCE) {
                game.play(position, game.randomOutcome(position, Bits.random(CounterRandom.key(key, CHANCE), i)));
            } else {
                game.play(position, decide(teacher, student, teacherShare, CounterRandom.key(key, i)));
            }
            paid += game.reward(position, 0);
        }
    }

    private int decide(Decider teacher, @Nullable Student student, double teacherShare, long key) {
        int right = teacher.decide(position, CounterRandom.key(key, TEACHER));
        if (student == null) return right;
        int own = student.decide(position, CounterRandom.key(key, STUDENT));
        student.learn(position, right);
        return Bits.uniform(Bits.random(CounterRandom.key(key, WHO), 0)) < teacherShare ? right : own;
    }
}

package io.ponder.examples.knownanswers;

import io.ponder.engine.classic.LinearQuadratic;
import io.ponder.planners.trajectory.LinearQuadraticRegulator;

/** T1: a discrete algebraic Riccati equation; T2: the double integrator over 50 steps. Known: independent solutions in double. */
final class RiccatiAnswer implements KnownAnswer {
    /** Half a unit of the last published digit. */
    private static final double EIGHT_DIGITS = 5e-9;

    private static final double TEN_DIGITS = 5e-11;

    @Override
    public String name() {
        return "riccati";
    }

    @Override
    public void measure(AnswerTable table) {
        var algebraic = LinearQuadraticRegulator.infinite(new LinearQuadratic(
                new double[][] {{1, 1}, {1, 0}}, new double[][] {{0}, {1}}, new double[][] {{1, 0}, {0, 1}}, new double[][] {{1}},
                Double.POSITIVE_INFINITY));
        table.row("T1 DARE: P11", 6.93244219, algebraic.value(0, 0), EIGHT_DIGITS);
        table.row("T1 DARE: P12", 4.33224650, algebraic.value(0, 1), EIGHT_DIGITS);
        table.row("T1 DARE: P22", 4.55193337, algebraic.value(1, 1), EIGHT_DIGITS);
        table.row("T1 DARE: K1", 1.6001956936, algebraic.gain(0, 0), TEN_DIGITS);
        table.row("T1 DARE: K2", 0.7803131289, algebraic.gain(0, 1), TEN_DIGITS);

        LinearQuadratic system = DoubleIntegrator.system(Double.POSITIVE_INFINITY);
        var first = LinearQuadraticRegulator.finite(system, 50);
        table.row("T2 double integrator: J*(50) by the Riccati recursion", 6.022540785821, first.cost(1, 0), 5e-13);
        table.row("T2 double integrator: K1", 7.6129579727, first.gain(0, 0), TEN_DIGITS);
        table.row("T2 double integrator: K2", 4.5849349892, first.gain(0, 1), TEN_DIGITS);
        double force = first.action(0, 1, 0);
        table.row("T2 double integrator: u0", -7.612958, force, 5e-7);
        var next = new double[2];
        system.step(new double[] {1, 0}, new double[] {force}, next);
        table.row("T2 double integrator: u1", -3.832681, LinearQuadraticRegulator.finite(system, 49).action(0, next), 5e-7);
    }
}

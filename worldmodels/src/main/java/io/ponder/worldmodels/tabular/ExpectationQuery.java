package io.ponder.worldmodels.tabular;

/** Asks the world what a function of the next state is on average; {@code TabularMdp.expectation} is one where the world is known. */
@FunctionalInterface
public interface ExpectationQuery {
    /** Returns the expectation after an action in a state; where the episode ends the function counts as 0. */
    double expectation(int state, int action, double[] function);

    /** Returns the expectations {@code [states x actions]} of a function. */
    default double[] all(double[] function, int actions) {
        double[] answers = new double[function.length * actions];
        for (int pair = 0; pair < answers.length; pair++) answers[pair] = expectation(pair / actions, pair % actions, function);
        return answers;
    }
}

package io.ponder.examples.papers;

/** The sign test of paired values (Dixon and Mood 1946): ties are left out. */
public final class SignTest {
    /** The largest probability that counts as evidence: 8 wins of 10 have 0.055. */
    public static final double LEVEL = 0.06;

    /** With fewer seeds than this no number of wins reaches the level, and each must be won. */
    static final int FEWEST = 5;

    private SignTest() {}

    /** Returns how probable at least so many wins are where wins and losses are equally likely; 1 where there is neither. */
    public static double probability(int wins, int losses) {
        int n = wins + losses;
        double sum = 0;
        double term = Math.pow(0.5, n);
        for (int k = n; k >= wins; k--) {
            sum += term;
            term *= k / (n - k + 1.0);
        }
        return Math.min(1, sum);
    }
}

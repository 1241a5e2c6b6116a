package io.ponder.examples;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a user probably meant by a misspelt name. */
public final class NearestMatch {
    private NearestMatch() {}

    /**
     * Returns the candidate nearest to {@code value}, or null where none is near: an insertion, deletion, replacement or swap of
     * neighbours counts 1 (optimal string alignment), and up to a third of the letters, but at least 2, may be wrong. Case does not
     * matter. A candidate that begins with the value, or contains it from three letters on, is near as well.
     */
    public static @Nullable String of(String value, Collection<String> candidates) {
        String wanted = value.toLowerCase(Locale.ROOT);
        String best = null;
        int bestDistance = Math.max(2, wanted.length() / 3) + 1;
        for (String candidate : candidates) {
            String name = candidate.toLowerCase(Locale.ROOT);
            // A version at the end is easily left out.
            int distance = Math.min(distance(wanted, name), distance(wanted, name.replaceFirst("-v[0-9]+$", "")));
            if (wanted.length() >= 2 && name.startsWith(wanted)) distance = Math.min(distance, 1);
            if (wanted.length() >= 3 && name.contains(wanted)) distance = Math.min(distance, 2);
            // A name of three letters is not meant by three other letters.
            if (distance < bestDistance && distance < Math.max(wanted.length(), name.length())) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Returns the advice after "Maybe": the nearest candidate, or {@code otherwise} where none is near. */
    public static String advice(String value, Collection<String> candidates, String otherwise) {
        String near = of(value, candidates);
        return near == null ? otherwise : "you meant " + near + ".";
    }

    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swap = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swap) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
        return d[a.length()][b.length()];
    }
}

package io.ponder.examples.environments;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the name that somebody may have meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns the name with the fewest edits (insertions, deletions, replacements; Levenshtein 1966) from {@code wanted}, without regard
     * to case, or null if none is near: more than half of its letters would have to change and none contains it.
     */
    public static @Nullable String of(String wanted, List<String> names) {
        String nearest = null;
        double best = Double.POSITIVE_INFINITY;
        String lowered = wanted.toLowerCase(Locale.ROOT);
        for (String name : names) {
            String candidate = name.toLowerCase(Locale.ROOT);
            int edits = edits(lowered, candidate);
            boolean part = lowered.length() >= 3 && candidate.contains(lowered);
            if (edits < best && (part || 2 * edits <= candidate.length())) {
                best = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

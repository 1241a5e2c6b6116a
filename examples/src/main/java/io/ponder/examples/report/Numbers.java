package io.ponder.examples.report;

import java.util.Locale;

/** Writes numbers the way a reader compares them: with as many digits as they deserve. */
final class Numbers {
    private Numbers() {}

    /** Returns a return: no decimals from 100 on, one below, a dash for NaN. */
    static String score(double value) {
        if (Double.isNaN(value)) return "-";
        String text = format(Math.abs(value) >= 99.95 ? "%.0f" : Math.abs(value) >= 9.995 ? "%.1f" : "%.2f", value);
        return text.matches("-0\\.?0*") ? text.substring(1) : text;
    }

    /** Returns milliseconds with about three significant digits, a dash for NaN. */
    static String millis(double value) {
        if (Double.isNaN(value)) return "-";
        return format(value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : value >= 0.0995 ? "%.2f" : "%.3f", value);
    }

    /** Returns a share as whole percents. */
    static String percent(double share) {
        return Double.isNaN(share) ? "-" : format("%.0f %%", 100 * share);
    }

    /** Returns a duration as seconds or minutes. */
    static String duration(java.time.Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1e3);
        return seconds < 100 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

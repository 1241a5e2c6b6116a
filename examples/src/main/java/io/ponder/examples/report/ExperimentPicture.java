package io.ponder.examples.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws a paired experiment as an SVG file of its own: a row for each arm with a dot for each seed and a diamond at the mean, and below,
 * where there are curves, their means over the seeds with a band of two standard errors.
 */
public final class ExperimentPicture {
    private static final int WIDTH = 920;
    /** A plot is 460 units wide; the picture shows it twice as wide, which makes letters as large as those of a page. */
    private static final double ENLARGED = WIDTH / 460.0;
    private static final int ROW = 26;
    private static final int AROUND_ROWS = 58;
    private static final int CURVES = 190;
    private static final int LEGEND_LINE = 18;
    private static final int HEADING_LINE = 17;
    private static final int LINE_LETTERS = 58;
    private static final int LETTERS = 26;
    private static final int COLOURS = 8;
    private static final double LEAST_DRAWN = 1e-9;

    private ExperimentPicture() {}

    /**
     * One row of dots.
     *
     * @param name   what was run
     * @param role   why, in a word
     * @param values a number for each seed
     */
    public record Row(String name, String role, double[] values) {}

    /**
     * A curve of each seed at the same places.
     *
     * @param name what was run
     * @param x    the places
     * @param y    of each seed the values there
     */
    public record Lines(String name, double[] x, List<double[]> y) {}

    /**
     * Returns the picture.
     *
     * @param title       what it shows, for those who cannot see it
     * @param metric      what the numbers are
     * @param logarithmic whether equal ratios take equal space; numbers below 1e-9 are then drawn there
     * @param rows        the arms
     * @param curveLabel  what the places of the curves are
     * @param lines       the curves; may be empty
     */
    public static String svg(
            String title, String metric, boolean logarithmic, List<Row> rows, String curveLabel, List<Lines> lines) {
        var picture = new StringBuilder();
        int below = 4;
        for (String line : broken(metric)) {
            below += HEADING_LINE;
            picture.append(Numbers.format("<g transform=\"scale(%.2f)\"><text class=\"label\" x=\"2\" y=\"%d\">", ENLARGED, below - 4));
            picture.append(Html.escape(line)).append("</text></g>");
        }
        int height = AROUND_ROWS + ROW * rows.size();
        picture.append(nested(strips(title, logarithmic, rows, height), below, height));
        // Without a label there is room left below the numbers.
        below += height - (lines.isEmpty() ? 14 : 8);
        if (!lines.isEmpty()) {
            picture.append(nested(curves(title, curveLabel, logarithmic, rows, lines), below, CURVES));
            below += CURVES;
            for (int i = 0; i < lines.size(); i++) {
                String style = style(rows, lines.get(i).name(), i);
                double y = below + LEGEND_LINE * (i / 2) + 12.0;
                int x = i % 2 == 0 ? 56 : 256;
                picture.append(Numbers.format("<g transform=\"scale(%.2f)\"><path class=\"line %s\" d=\"M%d %.1fh20\"/>", ENLARGED, style, x, y - 4));
                picture.append(Numbers.format("<text x=\"%d\" y=\"%.1f\">", x + 26, y)).append(Html.escape(shortened(lines.get(i).name())));
                picture.append("</text></g>");
            }
            below += LEGEND_LINE * ((lines.size() + 1) / 2) + 6;
        }
        String sheet = "<style>svg{background:var(--paper);font-family:system-ui,sans-serif}" + Html.escape(HtmlReport.style()) + "</style>";
        return Numbers.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" viewBox=\"0 0 %d %.0f\" role=\"img\">", WIDTH, WIDTH, below * ENLARGED)
                + sheet + picture + "</svg>\n";
    }

    private static String nested(String svg, double y, int height) {
        return svg.replace("<svg ", Numbers.format(
                "<svg x=\"0\" y=\"%.0f\" width=\"%d\" height=\"%.0f\" ", y * ENLARGED, WIDTH, height * ENLARGED));
    }

    /** Breaks a text into lines that fit the width. */
    private static List<String> broken(String text) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > LINE_LETTERS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String strips(String title, boolean logarithmic, List<Row> rows, int height) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Row row : rows) {
            for (double value : row.values()) {
                if (!Double.isFinite(value)) continue;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        int longest = rows.stream().mapToInt(row -> shortened(row.name()).length()).max().orElse(0);
        Plot plot = new Plot(title, axis(low, high, logarithmic), Axis.between(0, rows.size()), "", height)
                .ofNamedRows(Math.max(60, 12 + (int) Math.ceil(longest * 7.3)));
        for (int i = 0; i < rows.size(); i++) {
            double at = rows.size() - i - 0.5;
            String style = "c" + i % COLOURS;
            plot.name(shortened(rows.get(i).name()), "", at);
            double[] values = rows.get(i).values();
            double sum = 0;
            for (int s = 0; s < values.length; s++) {
                // Spread over the height of the row, so that equal values remain countable.
                double spread = values.length < 2 ? 0 : 0.5 * (s / (values.length - 1.0) - 0.5);
                plot.dot(drawn(values[s], logarithmic), at + spread, style + " solid");
                sum += values[s];
            }
            if (values.length > 0) plot.diamond(drawn(sum / values.length, logarithmic), at, style);
        }
        return plot.svg();
    }

    private static String curves(String title, String label, boolean logarithmic, List<Row> rows, List<Lines> lines) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        List<double[][]> summed = new ArrayList<>();
        for (Lines line : lines) {
            double[][] bands = bands(line, logarithmic);
            summed.add(bands);
            for (int i = 0; i < line.x().length; i++) {
                first = Math.min(first, line.x()[i]);
                last = Math.max(last, line.x()[i]);
                if (Double.isFinite(bands[0][i])) low = Math.min(low, bands[0][i]);
                if (Double.isFinite(bands[2][i])) high = Math.max(high, bands[2][i]);
            }
        }
        Plot plot = new Plot(title, Axis.between(first, last), axis(low, high, logarithmic), label, CURVES);
        for (int i = 0; i < lines.size(); i++) {
            String style = style(rows, lines.get(i).name(), i);
            plot.band(lines.get(i).x(), summed.get(i)[0], summed.get(i)[2], style);
            plot.line(lines.get(i).x(), summed.get(i)[1], style);
        }
        return plot.svg();
    }

    /** Returns the mean of the curves, and two standard errors below and above it. */
    private static double[][] bands(Lines lines, boolean logarithmic) {
        int places = lines.x().length;
        int n = lines.y().size();
        double[][] bands = new double[3][places];
        for (int i = 0; i < places; i++) {
            double sum = 0;
            double squares = 0;
            for (double[] y : lines.y()) {
                sum += y[i];
                squares += y[i] * y[i];
            }
            double mean = sum / n;
            double error = n < 2 ? 0 : Math.sqrt(Math.max(0, squares / n - mean * mean) / (n - 1));
            bands[0][i] = drawn(logarithmic ? Math.max(mean - 2 * error, mean / 10) : mean - 2 * error, logarithmic);
            bands[1][i] = drawn(mean, logarithmic);
            bands[2][i] = drawn(mean + 2 * error, logarithmic);
        }
        return bands;
    }

    private static Axis axis(double low, double high, boolean logarithmic) {
        return logarithmic && low <= high ? Axis.logarithmic(Math.max(LEAST_DRAWN, low), Math.max(LEAST_DRAWN, high)) : Axis.around(low, high);
    }

    private static double drawn(double value, boolean logarithmic) {
        return logarithmic ? Math.max(LEAST_DRAWN, value) : value;
    }

    /** Returns how the line of an arm looks, in its colour of the rows. */
    private static String style(List<Row> rows, String name, int otherwise) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).name().equals(name)) return style(i);
        }
        return style(rows.size() + otherwise);
    }

    /** Returns the next colour, and beyond the last of them another kind of line. */
    private static String style(int i) {
        return "c" + i % COLOURS + (i < COLOURS ? "" : i < 2 * COLOURS ? " dash" : " dots");
    }

    private static String shortened(String name) {
        return name.length() <= LETTERS ? name : name.substring(0, LETTERS - 1) + "\u2026";
    }
}

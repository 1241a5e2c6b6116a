package io.ponder.examples.report;

import java.util.List;

/**
 * Draws when a device pays as an SVG file of its own: its time over that of one thread of the processor against the samples, both
 * logarithmic, a line for each work. Below the line at 1 the device is faster.
 */
public final class CrossoverPicture {
    private static final int WIDTH = 920;
    /** A plot is 460 units wide; the picture shows it twice as wide, which makes letters as large as those of a page. */
    private static final double ENLARGED = WIDTH / 460.0;
    private static final int HEADING = 38;
    private static final int HEIGHT = 250;
    private static final int LEGEND_LINE = 18;
    private static final int COLOURS = 8;
    private static final int LETTERS = 62;

    private CrossoverPicture() {}

    /**
     * One work.
     *
     * @param name    its name
     * @param samples sizes at which it was timed, ascending
     * @param ratios  time of the device over that of the processor
     */
    public record Line(String name, double[] samples, double[] ratios) {}

    /**
     * Returns the picture.
     *
     * @param device what was timed
     * @param lines  at least one work
     */
    public static String svg(String device, List<Line> lines) {
        double fewest = Double.POSITIVE_INFINITY;
        double most = 0;
        // The line at 1 is always in the picture.
        double low = 1;
        double high = 1;
        for (Line line : lines) {
            for (int i = 0; i < line.samples().length; i++) {
                fewest = Math.min(fewest, line.samples()[i]);
                most = Math.max(most, line.samples()[i]);
                low = Math.min(low, line.ratios()[i]);
                high = Math.max(high, line.ratios()[i]);
            }
        }
        var plot = new Plot("When the device pays", Axis.logarithmic(fewest, most), Axis.logarithmic(low, high), "samples (or leaves)", HEIGHT);
        plot.across(1, "ink dash");
        var legend = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            String style = "c" + i % COLOURS + (i < COLOURS ? "" : " dash");
            plot.line(line.samples(), line.ratios(), style);
            for (int j = 0; j < line.samples().length; j++) plot.dot(line.samples()[j], line.ratios()[j], style + " solid");
            double y = HEADING + HEIGHT + LEGEND_LINE * i + 12.0;
            int x = 56;
            legend.append(Numbers.format("<g transform=\"scale(%.2f)\"><path class=\"line %s\" d=\"M%d %.1fh20\"/>", ENLARGED, style, x, y - 4));
            legend.append(Numbers.format("<text x=\"%d\" y=\"%.1f\">", x + 26, y)).append(Html.escape(line.name())).append("</text></g>");
        }
        String shown = device.length() <= LETTERS ? device : device.substring(0, LETTERS - 1) + "\u2026";
        String heading = text(16, "time of the device / time of one thread of the processor") + text(33, shown);
        double height = HEADING + HEIGHT + LEGEND_LINE * lines.size() + 8.0;
        String sheet = "<style>svg{background:var(--paper);font-family:system-ui,sans-serif}" + Html.escape(HtmlReport.style()) + "</style>";
        String nested = plot.svg().replace("<svg ", Numbers.format(
                "<svg x=\"0\" y=\"%.0f\" width=\"%d\" height=\"%.0f\" ", HEADING * ENLARGED, WIDTH, HEIGHT * ENLARGED));
        return Numbers.format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" viewBox=\"0 0 %d %.0f\" role=\"img\">",
                WIDTH, WIDTH, height * ENLARGED) + sheet + heading + nested + legend + "</svg>\n";
    }

    private static String text(int y, String text) {
        return Numbers.format("<g transform=\"scale(%.2f)\"><text class=\"label\" x=\"4\" y=\"%d\">", ENLARGED, y) + Html.escape(text) + "</text></g>";
    }
}

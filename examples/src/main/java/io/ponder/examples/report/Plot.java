package io.ponder.examples.report;

import java.util.List;

/**
 * Draws one plot as a piece of SVG that scales with the page. Colours are classes of the page's style sheet ({@code c0}, {@code c1},
 * ... for planners, {@code ink} and {@code quiet} for references), so that it is readable in light and in dark.
 */
final class Plot {
    private static final int WIDTH = 460;
    private static final int NUMBERS = 56;
    private static final int NAMES = 108;
    private static final int RIGHT = 14;
    /** Half of the width of a digit at the largest size that the page gives it. */
    private static final int HALF_DIGIT = 5;
    private static final int TOP = 10;
    private static final int BOTTOM = 44;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final int height;
    private final String xLabel;
    private final int right;
    private final StringBuilder marks = new StringBuilder();
    private boolean named;
    private int left = NUMBERS;

    /** Creates a plot with its axes, {@code height} units high and 460 wide; the title is for those who cannot see it. */
    Plot(String title, Axis x, Axis y, String xLabel, int height) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.xLabel = xLabel;
        this.height = height;
        int rightmost = 0;
        // A number stands in the middle below its place, and the last one may be that of the edge.
        for (double tick : x.ticks(6)) rightmost = Math.max(rightmost, HALF_DIGIT * Axis.label(tick).length());
        right = Math.max(RIGHT, rightmost);
    }

    /** Makes the vertical axis one of named rows instead of numbers; called before anything is drawn. */
    Plot ofNamedRows() {
        return ofNamedRows(NAMES);
    }

    /** The same, with so much room for the names. */
    Plot ofNamedRows(int room) {
        named = true;
        left = room;
        return this;
    }

    /** Returns the horizontal place of a number. */
    double px(double number) {
        return left + (WIDTH - left - right) * Math.max(-0.02, Math.min(1.02, x.place(number)));
    }

    /** Returns the vertical place of a number. */
    double py(double number) {
        return height - BOTTOM - (height - TOP - BOTTOM) * Math.max(-0.02, Math.min(1.02, y.place(number)));
    }

    /** Draws a line through points; a point that is not finite breaks it. {@code style} names classes, such as {@code "c0 dash"}. */
    Plot line(double[] xs, double[] ys, String style) {
        var path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < xs.length; i++) {
            if (!Double.isFinite(ys[i])) {
                pen = false;
                continue;
            }
            path.append(pen ? 'L' : 'M').append(point(px(xs[i]), py(ys[i])));
            pen = true;
        }
        if (path.length() > 0) marks.append("<path class=\"line ").append(style).append("\" d=\"").append(path).append("\"/>");
        return this;
    }

    /** Fills between two lines where both are finite. */
    Plot band(double[] xs, double[] low, double[] high, String style) {
        int from = 0;
        while (from < xs.length) {
            int to = from;
            while (to < xs.length && Double.isFinite(low[to]) && Double.isFinite(high[to])) to++;
            if (to - from > 1) {
                var path = new StringBuilder();
                for (int i = from; i < to; i++) path.append(i == from ? 'M' : 'L').append(point(px(xs[i]), py(high[i])));
                for (int i = to - 1; i >= from; i--) path.append('L').append(point(px(xs[i]), py(low[i])));
                marks.append("<path class=\"band ").append(style).append("\" d=\"").append(path).append("Z\"/>");
            }
            from = Math.max(to, from) + 1;
        }
        return this;
    }

    /** Draws a horizontal line over the whole width. */
    Plot across(double number, String style) {
        return Double.isFinite(number) ? segment(x.low(), number, x.high(), number, style) : this;
    }

    /** Draws a vertical line over the whole height. */
    Plot upright(double number, String style) {
        return Double.isFinite(number) ? segment(number, y.low(), number, y.high(), style) : this;
    }

    /** Draws a straight line between two points. */
    Plot segment(double x1, double y1, double x2, double y2, String style) {
        marks.append("<path class=\"line ").append(style).append("\" d=\"M").append(point(px(x1), py(y1)));
        marks.append('L').append(point(px(x2), py(y2))).append("\"/>");
        return this;
    }

    /** Draws a filled dot. */
    Plot dot(double cx, double cy, String style) {
        if (!Double.isFinite(cx) || !Double.isFinite(cy)) return this;
        marks.append(Numbers.format("<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"5.5\"/>", style, px(cx), py(cy)));
        return this;
    }

    /** Draws a hollow diamond. */
    Plot diamond(double cx, double cy, String style) {
        if (!Double.isFinite(cx) || !Double.isFinite(cy)) return this;
        double px = px(cx);
        double py = py(cy);
        marks.append("<path class=\"hollow ").append(style).append("\" d=\"M").append(point(px, py - 7)).append('L');
        marks.append(point(px + 7, py)).append('L').append(point(px, py + 7)).append('L').append(point(px - 7, py)).append("Z\"/>");
        return this;
    }

    /** Writes the name of a row, and something quiet below it, beside the plot. */
    Plot name(String text, String below, double atY) {
        double middle = py(atY) + (below.isEmpty() ? 4.5 : -3);
        marks.append(Numbers.format("<text x=\"2\" y=\"%.1f\">", middle)).append(Html.escape(text)).append("</text>");
        if (!below.isEmpty()) {
            marks.append(Numbers.format("<text class=\"tick\" x=\"2\" y=\"%.1f\">", middle + 16)).append(Html.escape(below));
            marks.append("</text>");
        }
        return this;
    }

    /** Returns the SVG element. */
    String svg() {
        var svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(height).append("\" role=\"img\"><title>");
        svg.append(Html.escape(title)).append("</title>");
        int bottom = height - BOTTOM;
        for (double tick : x.ticks(6)) {
            svg.append(Numbers.format("<path class=\"grid\" d=\"M%.1f %dV%d\"/>", px(tick), TOP, bottom));
            svg.append(Numbers.format("<text class=\"tick\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">", px(tick), bottom + 17));
            svg.append(Axis.label(tick)).append("</text>");
        }
        List<Double> rows = named ? List.of() : y.ticks(5);
        for (double tick : rows) {
            svg.append(Numbers.format("<path class=\"grid\" d=\"M%d %.1fH%d\"/>", left, py(tick), WIDTH - right));
            svg.append(Numbers.format("<text class=\"tick\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">", left - 7, py(tick) + 4.5));
            svg.append(Axis.label(tick)).append("</text>");
        }
        svg.append(marks);
        svg.append(Numbers.format(
                "<text class=\"label\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">", (left + WIDTH - right) / 2.0, height - 7));
        return svg.append(Html.escape(xLabel)).append("</text></svg>").toString();
    }

    private static String point(double px, double py) {
        return Numbers.format("%.1f %.1f", px, py);
    }
}

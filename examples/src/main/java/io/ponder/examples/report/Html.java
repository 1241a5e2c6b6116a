package io.ponder.examples.report;

/** Writes text into a page. */
final class Html {
    private Html() {}

    /** Returns the text with everything that means something to a browser written out. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** Returns a figure: a heading, a drawing, and what its marks mean. */
    static String figure(String heading, String svg, String legend, String note) {
        return "<figure><h3>" + escape(heading) + "</h3>" + svg + (legend.isEmpty() ? "" : "<p class=\"legend\">" + legend + "</p>")
                + (note.isEmpty() ? "" : "<p class=\"note\">" + escape(note) + "</p>") + "</figure>\n";
    }

    /** Returns a figure over the whole width of the page. */
    static String wideFigure(String heading, String drawing, String legend, String note) {
        return figure(heading, drawing, legend, note).replaceFirst("<figure>", "<figure class=\"whole\">");
    }

    /** Returns one entry of a legend. {@code style} is that of the line it explains. */
    static String key(String style, String text) {
        return "<span><svg class=\"key\" viewBox=\"0 0 22 10\" aria-hidden=\"true\"><path class=\"line " + style
                + "\" d=\"M0 5H22\"/></svg>" + escape(text) + "</span> ";
    }

    /** Returns an entry of a legend for a filled dot or a hollow diamond. */
    static String mark(boolean dot, String style, String text) {
        String shape = dot
                ? "<circle class=\"dot " + style + "\" cx=\"11\" cy=\"5\" r=\"4.5\"/>"
                : "<path class=\"hollow " + style + "\" d=\"M11 0L16 5L11 10L6 5Z\"/>";
        return "<span><svg class=\"key\" viewBox=\"0 0 22 10\" aria-hidden=\"true\">" + shape + "</svg>" + escape(text) + "</span> ";
    }
}

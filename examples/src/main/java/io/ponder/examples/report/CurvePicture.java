package io.ponder.examples.report;

import io.ponder.engine.storage.AtomicWrite;
import io.ponder.engine.train.selfplay.CurvePoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Draws a learning curve as an SVG file of its own: the mean return of the evaluations over environment steps, with a band from the
 * smallest to the largest.
 */
public final class CurvePicture {
    private static final int HEIGHT = 300;

    private CurvePicture() {}

    /** Writes the picture, replacing the file in one step. */
    public static void write(Path file, String title, List<CurvePoint> points) throws IOException {
        AtomicWrite.writeString(file, svg(title, points));
    }

    /** Returns the picture. */
    static String svg(String title, List<CurvePoint> points) {
        double[] steps = column(points, CurvePoint::environmentSteps);
        double[] mean = column(points, CurvePoint::evaluationReturnMean);
        double[] low = column(points, CurvePoint::evaluationReturnMin);
        double[] high = column(points, CurvePoint::evaluationReturnMax);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < steps.length; i++) {
            if (Double.isFinite(low[i])) least = Math.min(least, low[i]);
            if (Double.isFinite(high[i])) most = Math.max(most, high[i]);
        }
        double last = steps.length == 0 ? 1 : steps[steps.length - 1];
        Plot plot = new Plot(title, Axis.between(0, last), Axis.around(least, most), "environment steps - " + title, HEIGHT)
                .band(steps, low, high, "c0")
                .line(steps, mean, "c0");
        for (int i = 0; i < steps.length; i++) plot.dot(steps[i], mean[i], "c0");
        // A file of its own needs the name space, colours and a background, which a page would give.
        String sheet = "<style>svg{background:var(--paper);font-family:system-ui,sans-serif}" + Html.escape(HtmlReport.style()) + "</style>";
        return plot.svg().replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"920\" ").replace("</title>", "</title>" + sheet);
    }

    private static double[] column(List<CurvePoint> points, ToDoubleFunction<CurvePoint> number) {
        return points.stream().mapToDouble(number).toArray();
    }
}

package io.ponder.examples.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps numbers to places along one axis and chooses the ticks.
 *
 * @param low         number at the beginning of the axis
 * @param high        number at its end
 * @param logarithmic whether equal ratios take equal space; then both numbers are positive
 */
record Axis(double low, double high, boolean logarithmic) {
    /** Returns an axis that holds all numbers from {@code low} to {@code high} with a little room. */
    static Axis around(double low, double high) {
        if (!(low <= high)) return new Axis(0, 1, false);
        double room = high > low ? 0.05 * (high - low) : Math.max(1, Math.abs(low)) * 0.1;
        return new Axis(low - room, high + room, false);
    }

    /** Returns an axis from exactly {@code low} to exactly {@code high}; a little more where they are equal. */
    static Axis between(double low, double high) {
        return high > low ? new Axis(low, high, false) : new Axis(low, low + 1, false);
    }

    /** Returns a logarithmic axis that holds all numbers from {@code low} to {@code high}, at least a factor of 3. */
    static Axis logarithmic(double low, double high) {
        double from = Math.max(1e-9, low);
        double to = Math.max(from, high);
        double middle = Math.sqrt(from * to);
        return new Axis(Math.min(from / 1.15, middle / 1.8), Math.max(to * 1.15, middle * 1.8), true);
    }

    /** Returns the place of a number: 0 at the beginning, 1 at the end. */
    double place(double number) {
        if (logarithmic) return Math.log(Math.max(number, 1e-12) / low) / Math.log(high / low);
        return (number - low) / (high - low);
    }

    /** Returns round numbers along the axis, about {@code wanted} of them. */
    List<Double> ticks(int wanted) {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic) {
            double[] steps = high / low > 200 ? new double[] {1} : high / low > 50 ? new double[] {1, 3} : new double[] {1, 2, 5};
            // Over many powers of ten only every second, third, ... has room.
            int stride = Math.max(1, (int) Math.ceil(Math.log10(high / low) / (wanted + 2)));
            int first = (int) Math.floor(Math.log10(low));
            for (int power = first - Math.floorMod(first, stride); power <= Math.log10(high); power += stride) {
                for (double step : steps) {
                    double tick = step * Math.pow(10, power);
                    if (tick >= low && tick <= high) ticks.add(tick);
                }
            }
            return ticks;
        }
        double raw = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = raw / power < 1.5 ? power : raw / power < 3.5 ? 2 * power : raw / power < 7.5 ? 5 * power : 10 * power;
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) ticks.add(i * step);
        return ticks;
    }

    /** Returns the text of a tick. */
    static String label(double tick) {
        if (tick == 0) return "0";
        double size = Math.abs(tick);
        if (size >= 1e5 || size < 1e-3) return Numbers.format("%.0e", tick).replace("e-0", "e-").replace("e+0", "e");
        String text = Numbers.format("%.4f", tick);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}

package io.ponder.examples.training;

import io.ponder.engine.storage.AtomicWrite;
import io.ponder.engine.train.selfplay.CurvePoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Keeps a learning curve as {@code curve.csv}: a line of names, and a line for each evaluation, appended as it is made. */
public final class CurveFile {
    /** The names of the columns; new ones only ever come last. */
    public static final String HEADER = "environmentSteps,wallSeconds,learnerSteps,evaluationReturnMean,evaluationReturnMin,"
            + "evaluationReturnMax,episodes,selfPlayReturnMean,loss,searchShare,networkShare,learnShare";

    private final Path file;

    /** Names a file in a folder that exists. */
    public CurveFile(Path file) {
        this.file = file;
    }

    /** Makes these points the contents of the file, replacing it in one step. */
    public void write(List<CurvePoint> points) throws IOException {
        var text = new StringBuilder(HEADER).append('\n');
        for (CurvePoint point : points) text.append(line(point));
        AtomicWrite.writeString(file, text.toString());
    }

    /** Adds a point. */
    public void append(CurvePoint point) throws IOException {
        Files.writeString(file, line(point), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    private static String line(CurvePoint p) {
        var line = new StringJoiner(",", "", "\n");
        line.add(Long.toString(p.environmentSteps())).add(number(p.wallSeconds())).add(Long.toString(p.learnerSteps()));
        line.add(number(p.evaluationReturnMean())).add(number(p.evaluationReturnMin())).add(number(p.evaluationReturnMax()));
        line.add(Long.toString(p.episodes())).add(number(p.selfPlayReturnMean())).add(number(p.loss()));
        return line.add(number(p.searchShare())).add(number(p.networkShare())).add(number(p.learnShare())).toString();
    }

    /** A number that is not finite is an empty cell. */
    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }

    /** Returns the points of a file, without their times' shares where those are missing. */
    public static List<CurvePoint> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        if (lines.isEmpty() || !lines.get(0).startsWith(HEADER)) throw new IOException(file + " is no learning curve.");
        List<CurvePoint> points = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells.length < 12) continue;
            double[] n = new double[12];
            for (int i = 0; i < n.length; i++) n[i] = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
            points.add(new CurvePoint((long) n[0], n[1], (long) n[2], (long) n[6], n[3], n[4], n[5], n[7], n[8], n[9], n[10], n[11]));
        }
        return points;
    }
}

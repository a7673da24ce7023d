package dev.videosession.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** Curves, one for each server. */
public final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;
    /** A logarithmic axis has no zero. */
    private static final double LEAST = 0.1;

    private record Curve(List<Double> x, List<Double> y) {}

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final boolean logarithmic;
    private final Map<String, Curve> curves = new LinkedHashMap<>();

    /**
     * Begins a plot.
     *
     * @param title above it
     * @param xTitle of the horizontal axis
     * @param yTitle of the vertical axis
     * @param logarithmic whether both axes are
     */
    public Plot(String title, String xTitle, String yTitle, boolean logarithmic) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.logarithmic = logarithmic;
    }

    /**
     * Adds a point.
     *
     * @param curve name of the curve
     * @param x the horizontal value
     * @param y the vertical value
     */
    public void point(String curve, double x, double y) {
        Curve points = curves.computeIfAbsent(curve, name -> new Curve(new ArrayList<>(), new ArrayList<>()));
        points.x().add(x);
        points.y().add(logarithmic ? Math.max(LEAST, y) : y);
    }

    void save(Path file) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        chart.getStyler().setXAxisLogarithmic(logarithmic).setYAxisLogarithmic(logarithmic);
        curves.forEach((name, curve) -> chart.addSeries(name, curve.x(), curve.y()));
        try {
            BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

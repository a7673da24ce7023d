package dev.videosession.app.statistics;

import dev.videosession.app.look.Look;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Locale;
import javax.swing.JPanel;
import javax.swing.UIManager;

/** A line over the last minute, with a title, its latest value and its scale. For the Swing thread. */
final class Plot extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Dimension SIZE = new Dimension(240, 96);
    private static final int HEAD = 22;
    private static final int EDGE = 6;

    private final String title;
    private final String unit;
    private final double smallestScale;
    private transient List<Double> values = List.of();

    /** The scale grows with the values, and never below the smallest one. */
    Plot(String title, String unit, double smallestScale) {
        this.title = title;
        this.unit = unit;
        this.smallestScale = smallestScale;
        setOpaque(false); // the corners are round
        setPreferredSize(SIZE);
        setMinimumSize(new Dimension(120, 70));
    }

    void setValues(List<Double> now) {
        values = now;
        getAccessibleContext().setAccessibleName(title + ": " + latest());
        repaint();
    }

    private String latest() {
        return values.isEmpty() ? "–" : rounded(values.get(values.size() - 1)) + " " + unit;
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    /** {@return the next of 1, 2, 5, 10, 20, ... above the largest value} */
    private double scale() {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double scale = smallestScale;
        int step = 0;
        while (scale < most) {
            scale *= step++ % 3 == 1 ? 2.5 : 2;
        }
        return scale;
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(UIManager.getColor("TextField.background"));
        g.fillRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 10, 10);
        g.setColor(UIManager.getColor("Component.borderColor"));
        g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 10, 10);
        FontMetrics metrics = g.getFontMetrics();
        g.setColor(UIManager.getColor("Label.foreground"));
        g.drawString(title, EDGE, HEAD - EDGE);
        g.drawString(latest(), getWidth() - EDGE - metrics.stringWidth(latest()), HEAD - EDGE);
        double scale = scale();
        int top = HEAD + EDGE;
        int bottom = getHeight() - EDGE;
        g.setColor(Look.faint());
        g.setFont(getFont().deriveFont(10f));
        g.drawString(rounded(scale), EDGE, top + EDGE);
        g.setColor(new Color((Look.faint().getRGB() & 0xFFFFFF) | 0x40000000, true));
        g.drawLine(EDGE, top, getWidth() - EDGE, top);
        g.drawLine(EDGE, bottom, getWidth() - EDGE, bottom);
        paintLine(g, scale, top, bottom);
        g.dispose();
    }

    private void paintLine(Graphics2D g, double scale, int top, int bottom) {
        if (values.size() < 2) {
            return;
        }
        double step = (getWidth() - 2.0 * EDGE) / (LinkHistory.LONGEST - 1);
        double x = getWidth() - EDGE - (values.size() - 1) * step;
        Path2D line = new Path2D.Double();
        for (int i = 0; i < values.size(); i++) {
            double y = bottom - (bottom - top) * values.get(i) / scale;
            if (i == 0) {
                line.moveTo(x, y);
            } else {
                line.lineTo(x + i * step, y);
            }
        }
        g.setColor(Look.accent());
        g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(line);
    }
}

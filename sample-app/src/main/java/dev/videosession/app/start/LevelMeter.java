package dev.videosession.app.start;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JComponent;
import javax.swing.UIManager;

/** A row of bars that shows how loud a microphone is. */
public final class LevelMeter extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final int BARS = 14;
    private static final int GAP = 3;
    private static final Color ON = new Color(0x35C46B);
    private static final Dimension SIZE = new Dimension(120, 10);
    private static final double QUIETEST_DECIBELS = -50;

    private int lit;

    /** Without a level. */
    public LevelMeter() {
        setPreferredSize(SIZE);
        setMinimumSize(SIZE);
    }

    /**
     * Shows a level.
     *
     * @param level 0 to 1, linear
     */
    public void setLevel(double level) {
        double decibels = level <= 0 ? QUIETEST_DECIBELS : 20 * Math.log10(level);
        int now = (int) Math.round(BARS * Math.max(0, 1 - decibels / QUIETEST_DECIBELS));
        if (now != lit) {
            lit = now;
            repaint();
        }
    }

    /** {@return how many of its bars are lit} */
    public int litBars() {
        return lit;
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        double step = (getWidth() + GAP) / (double) BARS;
        for (int i = 0; i < BARS; i++) {
            g.setColor(i < lit ? ON : UIManager.getColor("ProgressBar.background"));
            int left = (int) Math.round(i * step);
            int right = (int) Math.round((i + 1) * step) - GAP;
            g.fillRoundRect(left, 0, right - left, getHeight(), 3, 3);
        }
        g.dispose();
    }
}

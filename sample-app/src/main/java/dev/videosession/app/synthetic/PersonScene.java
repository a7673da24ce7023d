package dev.videosession.app.synthetic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A person in front of a room, drawn. Units are the height of the frame; the middle of its upper edge is (0, 0). Not thread-safe. */
final class PersonScene {
    private static final Color[] SKINS = {
        new Color(0xF1C6A5), new Color(0xC68A5E), new Color(0xE8B48E), new Color(0x8A5A3B), new Color(0xF6D5BD)
    };
    private static final Color[] HAIRS = {
        new Color(0x3A2417), new Color(0x1C1A1E), new Color(0xA8672F), new Color(0x5B3A24), new Color(0xC99B55)
    };
    private static final Color DARK = new Color(0x2A1D1A);
    private static final Color LIPS = new Color(0xB4564F);
    private static final double BLINK_PERIOD = 3.7;
    private static final double BLINK = 0.16;

    private final int width;
    private final int height;
    private final BufferedImage room;
    private final Color skin;
    private final Color skinShade;
    private final Color hair;
    private final Color clothes;
    private final int variant;
    private final double phase;

    PersonScene(int width, int height, float hue) {
        this.width = width;
        this.height = height;
        variant = Math.floorMod((int) (hue * 97), SKINS.length);
        phase = hue * 20;
        skin = SKINS[variant];
        skinShade = mix(skin, DARK, 0.22);
        hair = HAIRS[Math.floorMod((int) (hue * 53), HAIRS.length)];
        clothes = Color.getHSBColor(hue, 0.55f, 0.68f);
        room = RoomPicture.paint(width, height, hue);
    }

    private static Color mix(Color a, Color b, double share) {
        return new Color(
                (int) (a.getRed() + (b.getRed() - a.getRed()) * share),
                (int) (a.getGreen() + (b.getGreen() - a.getGreen()) * share),
                (int) (a.getBlue() + (b.getBlue() - a.getBlue()) * share));
    }

    void paint(Graphics2D g, double seconds) {
        double t = seconds + phase;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.drawImage(room, 0, 0, null);
        g.translate(width / 2.0, 0);
        g.scale(height, height);
        double sway = 0.016 * Math.sin(t * 0.9) + 0.006 * Math.sin(t * 2.1);
        g.translate(sway, 0.008 * Math.sin(t * 1.3));
        boolean longHair = variant % 2 == 0;
        AffineTransform body = g.getTransform();
        tilt(g, t);
        if (longHair) {
            g.setColor(mix(hair, DARK, 0.3));
            g.fill(new Ellipse2D.Double(-0.225, 0.17, 0.45, 0.52));
        }
        g.setTransform(body);
        paintBody(g);
        tilt(g, t);
        paintHead(g);
        paintFace(g, t);
        paintHair(g, longHair);
    }

    private static void tilt(Graphics2D g, double t) {
        g.rotate(0.045 * Math.sin(t * 0.7) + 0.02 * Math.sin(t * 1.9), 0, 0.62);
    }

    private void paintBody(Graphics2D g) {
        g.setColor(skinShade);
        g.fill(new Rectangle2D.Double(-0.075, 0.5, 0.15, 0.26));
        Path2D shoulders = new Path2D.Double();
        shoulders.moveTo(-0.62, 1.1);
        shoulders.curveTo(-0.58, 0.82, -0.38, 0.77, -0.1, 0.71);
        shoulders.curveTo(-0.05, 0.79, 0.05, 0.79, 0.1, 0.71);
        shoulders.curveTo(0.38, 0.77, 0.58, 0.82, 0.62, 1.1);
        shoulders.closePath();
        g.setPaint(
                new GradientPaint(-0.5f, 0.7f, mix(clothes, Color.WHITE, 0.16), 0.5f, 1.05f, mix(clothes, DARK, 0.35)));
        g.fill(shoulders);
        g.setColor(mix(clothes, DARK, 0.3));
        g.setStroke(new BasicStroke(0.012f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new QuadCurve2D.Double(-0.1, 0.715, 0, 0.83, 0.1, 0.715));
        g.setStroke(new BasicStroke(0.005f));
        g.draw(new QuadCurve2D.Double(-0.36, 1.02, -0.33, 0.93, -0.34, 0.88));
        g.draw(new QuadCurve2D.Double(0.36, 1.02, 0.33, 0.93, 0.34, 0.88));
    }

    private void paintHead(Graphics2D g) {
        g.setColor(skinShade);
        g.fill(new Ellipse2D.Double(-0.19, 0.385, 0.05, 0.09));
        g.fill(new Ellipse2D.Double(0.14, 0.385, 0.05, 0.09));
        g.setPaint(new GradientPaint(-0.14f, 0.3f, mix(skin, Color.WHITE, 0.14), 0.19f, 0.55f, skinShade));
        Path2D head = new Path2D.Double();
        head.moveTo(-0.168, 0.36);
        head.curveTo(-0.17, 0.14, 0.17, 0.14, 0.168, 0.36);
        head.curveTo(0.168, 0.52, 0.09, 0.64, 0, 0.64);
        head.curveTo(-0.09, 0.64, -0.168, 0.52, -0.168, 0.36);
        g.fill(head);
        g.setColor(new Color(220, 110, 100, 38));
        g.fill(new Ellipse2D.Double(-0.13, 0.455, 0.075, 0.055));
        g.fill(new Ellipse2D.Double(0.055, 0.455, 0.075, 0.055));
    }

    private void paintFace(Graphics2D g, double t) {
        double blinking = t % BLINK_PERIOD;
        double open = blinking < BLINK ? Math.abs(blinking / BLINK * 2 - 1) : 1;
        double gaze = 0.007 * Math.sin(t * 0.6);
        paintEye(g, -0.072, open, gaze);
        paintEye(g, 0.072, open, gaze);
        g.setColor(mix(hair, DARK, 0.4));
        g.setStroke(new BasicStroke(0.013f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        double raised = 0.006 * Math.sin(t * 1.1);
        g.draw(new QuadCurve2D.Double(-0.112, 0.352 - raised, -0.075, 0.33 - raised, -0.035, 0.35 - raised));
        g.draw(new QuadCurve2D.Double(0.035, 0.35 - raised, 0.075, 0.33 - raised, 0.112, 0.352 - raised));
        g.setColor(mix(skin, DARK, 0.32));
        g.setStroke(new BasicStroke(0.008f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new QuadCurve2D.Double(0.008, 0.41, 0.034, 0.477, -0.004, 0.479));
        paintMouth(g, t);
        if (variant == 1 || variant == 4) {
            g.setColor(new Color(0x333B46));
            g.setStroke(new BasicStroke(0.008f));
            g.draw(new Ellipse2D.Double(-0.122, 0.348, 0.1, 0.088));
            g.draw(new Ellipse2D.Double(0.022, 0.348, 0.1, 0.088));
            g.draw(new QuadCurve2D.Double(-0.022, 0.387, 0, 0.377, 0.022, 0.387));
        }
    }

    private static void paintEye(Graphics2D g, double x, double open, double gaze) {
        double high = 0.038 * Math.max(open, 0.12);
        g.setColor(new Color(0xFBFAF7));
        g.fill(new Ellipse2D.Double(x - 0.03, 0.392 - high / 2, 0.06, high));
        if (open > 0.4) {
            g.setColor(new Color(0x4A3527));
            g.fill(new Ellipse2D.Double(x - 0.016 + gaze, 0.376, 0.032, 0.032));
            g.setColor(Color.WHITE);
            g.fill(new Ellipse2D.Double(x - 0.001 + gaze, 0.38, 0.009, 0.009));
        }
        g.setColor(DARK);
        g.setStroke(new BasicStroke(0.007f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Arc2D.Double(x - 0.032, 0.392 - high / 2 - 0.002, 0.064, high, 20, 140, Arc2D.OPEN));
    }

    private static void paintMouth(Graphics2D g, double t) {
        double speaking = Math.max(0, Math.sin(t * 0.55)) * Math.abs(Math.sin(t * 8) * Math.sin(t * 3.1));
        if (speaking > 0.12) {
            double high = 0.015 + 0.05 * speaking;
            g.setColor(new Color(0x5A1F22));
            g.fill(new Ellipse2D.Double(-0.05, 0.54 - high / 2, 0.1, high));
            g.setColor(new Color(0xF4EEE8));
            g.fill(new Ellipse2D.Double(-0.033, 0.541 - high / 2, 0.066, high * 0.3));
            g.setColor(LIPS);
            g.setStroke(new BasicStroke(0.009f));
            g.draw(new Ellipse2D.Double(-0.05, 0.54 - high / 2, 0.1, high));
        } else {
            g.setColor(LIPS);
            g.setStroke(new BasicStroke(0.011f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(new QuadCurve2D.Double(-0.055, 0.534, 0, 0.568, 0.055, 0.534));
        }
    }

    private void paintHair(Graphics2D g, boolean longHair) {
        g.setPaint(new GradientPaint(-0.1f, 0.14f, mix(hair, Color.WHITE, 0.14), 0.16f, 0.36f, mix(hair, DARK, 0.2)));
        Path2D top = new Path2D.Double();
        top.moveTo(-0.188, 0.41);
        top.curveTo(-0.235, 0.08, 0.235, 0.08, 0.188, 0.41);
        if (longHair) {
            top.curveTo(0.16, 0.3, 0.1, 0.25, -0.03, 0.245);
            top.curveTo(-0.1, 0.27, -0.16, 0.32, -0.188, 0.41);
        } else {
            top.curveTo(0.17, 0.33, 0.15, 0.27, 0.1, 0.26);
            top.curveTo(0.0, 0.275, -0.11, 0.25, -0.15, 0.28);
            top.curveTo(-0.165, 0.32, -0.17, 0.36, -0.188, 0.41);
        }
        top.closePath();
        g.fill(top);
        if (longHair) {
            g.fill(lock(-1));
            g.fill(lock(1));
        } else if (variant == 3) {
            g.setColor(mix(hair, skin, 0.25));
            Path2D beard = new Path2D.Double(new Arc2D.Double(-0.145, 0.36, 0.29, 0.295, 195, 150, Arc2D.OPEN));
            g.setStroke(new BasicStroke(0.035f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(beard);
        }
    }

    /** Hair beside the face, at the left (-1) or right (1). */
    private static Path2D lock(int side) {
        Path2D lock = new Path2D.Double();
        lock.moveTo(side * 0.15, 0.27);
        lock.curveTo(side * 0.25, 0.34, side * 0.22, 0.52, side * 0.235, 0.7);
        lock.curveTo(side * 0.2, 0.74, side * 0.16, 0.72, side * 0.15, 0.66);
        lock.curveTo(side * 0.18, 0.52, side * 0.18, 0.42, side * 0.15, 0.27);
        lock.closePath();
        return lock;
    }
}

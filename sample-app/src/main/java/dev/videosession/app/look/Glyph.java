package dev.videosession.app.look;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.RoundRectangle2D;

/** The pictures of buttons and marks, drawn in lines on a square of {@value #UNITS} units. */
public enum Glyph {
    /** A microphone that is on. */
    MICROPHONE(box(9, 3, 6, 11, 6), curve(5, 11, 5, 18, 12, 18), curve(12, 18, 19, 18, 19, 11), line(12, 18, 12, 21)),
    /** A microphone that is off. */
    MICROPHONE_OFF(MICROPHONE, line(4, 3, 20, 21)),
    /** A camera that is on. */
    CAMERA(box(3, 6, 12, 12, 4), polygon(15, 10.5, 21, 7, 21, 17, 15, 13.5)),
    /** A camera that is off. */
    CAMERA_OFF(CAMERA, line(4, 3, 20, 21)),
    /** A screen that can be shared. */
    SCREEN(box(3, 4, 18, 13, 4), line(8, 21, 16, 21), line(12, 14, 12, 8), path(9, 10.5, 12, 7.5, 15, 10.5)),
    /** A speech bubble. */
    CHAT(path(8, 17, 8, 21, 12, 17, 18, 17, 21, 14, 21, 7, 18, 4, 6, 4, 3, 7, 3, 14, 5.5, 17, 8, 17)),
    /** A raised hand. */
    HAND(
            line(8, 13, 8, 6.5),
            line(11, 11, 11, 4),
            line(14, 11, 14, 4.5),
            line(17, 12, 17, 7),
            curve(17, 12, 18, 21, 12, 21),
            curve(12, 21, 9, 21, 7, 18),
            path(7, 18, 4, 13.5, 5.5, 12.5, 8, 15)),
    /** Two people. */
    PEOPLE(
            circle(9, 8, 3.5),
            curve(2.5, 20, 2.5, 14, 9, 14),
            curve(9, 14, 15.5, 14, 15.5, 20),
            curve(16, 4.8, 19.5, 5.5, 19, 8.5),
            curve(19, 8.5, 18.5, 11, 16, 11.2),
            curve(18, 14.3, 21.5, 15.5, 21.5, 20)),
    /** A receiver that is put down. */
    LEAVE(
            curve(3, 14.5, 12, 5, 21, 14.5),
            path(3, 14.5, 5.5, 17, 8.5, 15, 8.2, 12.2),
            path(21, 14.5, 18.5, 17, 15.5, 15, 15.8, 12.2),
            curve(8.2, 12.2, 12, 10.8, 15.8, 12.2)),
    /** Tiles of one size. */
    GRID(box(3, 4, 8, 7, 2), box(13, 4, 8, 7, 2), box(3, 13, 8, 7, 2), box(13, 13, 8, 7, 2)),
    /** One large tile and small ones. */
    SPEAKER(box(3, 4, 12, 16, 2), box(18, 4, 3, 4, 1), box(18, 10, 3, 4, 1), box(18, 16, 3, 4, 1)),
    /** A pin. */
    PIN(
            path(9, 3, 15, 3),
            line(10, 3, 10, 10),
            line(14, 3, 14, 10),
            path(10, 10, 7, 14, 17, 14, 14, 10),
            line(12, 14, 12, 21)),
    /** Back. */
    PREVIOUS(path(14.5, 6, 8.5, 12, 14.5, 18)),
    /** Forth. */
    NEXT(path(9.5, 6, 15.5, 12, 9.5, 18)),
    /** A message that goes out. */
    SEND(polygon(3, 11, 21, 3, 14, 21, 11, 13), line(11, 13, 21, 3)),
    /** A magnifying glass. */
    SEARCH(circle(10.5, 10.5, 6), line(15, 15, 20, 20)),
    /** Sliders. */
    SETTINGS(
            line(3, 6, 9, 6),
            circle(11, 6, 2),
            line(13, 6, 21, 6),
            line(3, 12, 14, 12),
            circle(16, 12, 2),
            line(18, 12, 21, 12),
            line(3, 18, 6, 18),
            circle(8, 18, 2),
            line(10, 18, 21, 18)),
    /** A cross. */
    CLOSE(line(6, 6, 18, 18), line(18, 6, 6, 18)),
    /** A heart. */
    HEART(
            curve(12, 20, 2, 13, 4, 7.5),
            curve(4, 7.5, 8, 3, 12, 8),
            curve(12, 8, 16, 3, 20, 7.5),
            curve(20, 7.5, 22, 13, 12, 20)),
    /** A thumb that points up. */
    THUMB_UP(path(7, 11, 11, 3.5, 13, 4.5, 13, 9.5, 19.5, 9.5, 20.5, 11.5, 18.5, 20, 7, 20), box(3, 11, 4, 9, 1)),
    /** A smiling face. */
    SMILE(circle(12, 12, 9), circle(9, 9.5, 0.6), circle(15, 9.5, 0.6), curve(7.5, 14, 12, 19, 16.5, 14)),
    /** A star. */
    STAR(polygon(12, 3, 14.6, 9, 21, 9.6, 16.2, 14, 17.7, 20.5, 12, 17, 6.3, 20.5, 7.8, 14, 3, 9.6, 9.4, 9)),
    /** A question mark. */
    QUESTION(
            curve(8, 8.5, 8, 4, 12, 4),
            curve(12, 4, 16, 4, 16, 8),
            curve(16, 8, 16, 11, 12, 13),
            line(12, 13, 12, 15.5),
            line(12, 20, 12, 20.1)),
    /** A window in the corner of another one. */
    PICTURE_IN_PICTURE(box(3, 4, 18, 16, 3), box(12, 12, 7, 6, 1)),
    /** Lines that rise and fall. */
    STATISTICS(path(3, 20, 21, 20), path(4, 16, 9, 10, 13, 13, 20, 5)),
    /** A camera that takes a picture. */
    SNAPSHOT(box(3, 7, 18, 13, 3), circle(12, 13.5, 3.5), path(8, 7, 9.5, 4.5, 14.5, 4.5, 16, 7)),
    /** An exclamation mark in a triangle. */
    WARNING(polygon(12, 3.5, 21.5, 20, 2.5, 20), line(12, 10, 12, 14.5), line(12, 17.3, 12, 17.4)),
    /** A person with a minus. */
    REMOVE(circle(10, 8, 3.5), curve(3, 20, 3, 14, 10, 14), curve(10, 14, 17, 14, 17, 20), line(16, 9, 22, 9)),
    /** A circle with a bar. */
    BAN(circle(12, 12, 9), line(5.8, 5.8, 18.2, 18.2)),
    /** A square. */
    STOP(box(5, 5, 14, 14, 3)),
    /** A megaphone. */
    NOTICE(polygon(4, 10, 4, 15, 8, 15, 18, 20, 18, 5, 8, 10), line(8, 15, 9.5, 20)),
    /** An eye. */
    WATCHER(curve(2.5, 12, 12, 2, 21.5, 12), curve(2.5, 12, 12, 22, 21.5, 12), circle(12, 12, 2.8));

    /** Length of a side of the square. */
    static final int UNITS = 24;

    private static final float STROKE = 1.9f;
    private final Path2D shape = new Path2D.Double();

    Glyph(Shape... parts) {
        for (Shape part : parts) {
            shape.append(part, false);
        }
    }

    Glyph(Glyph base, Shape more) {
        shape.append(base.shape, false);
        shape.append(more, false);
    }

    /** Draws in the colour of the graphics, whose scale makes the square as large as wanted. */
    void draw(Graphics2D g) {
        g.setStroke(new BasicStroke(STROKE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }

    private static Shape box(double x, double y, double width, double height, double arc) {
        return new RoundRectangle2D.Double(x, y, width, height, arc, arc);
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Shape line(double x1, double y1, double x2, double y2) {
        return new Line2D.Double(x1, y1, x2, y2);
    }

    private static Shape curve(double x1, double y1, double cx, double cy, double x2, double y2) {
        return new QuadCurve2D.Double(x1, y1, cx, cy, x2, y2);
    }

    private static Shape polygon(double... points) {
        Path2D path = path(points);
        path.closePath();
        return path;
    }

    private static Path2D path(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }
}

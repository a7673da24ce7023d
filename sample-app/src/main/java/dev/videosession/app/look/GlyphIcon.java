package dev.videosession.app.look;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.Icon;
import org.jspecify.annotations.Nullable;

/**
 * A glyph as an icon, sharp at every scale of the screen.
 *
 * @param glyph what it shows
 * @param size width and height, in units of the component
 * @param color its colour, or null for the foreground of the component, paler while that is disabled
 */
public record GlyphIcon(Glyph glyph, int size, @Nullable Color color) implements Icon {
    /**
     * An icon in the colour of its component.
     *
     * @param glyph what it shows
     * @param size width and height
     */
    public GlyphIcon(Glyph glyph, int size) {
        this(glyph, size, null);
    }

    @Override
    public void paintIcon(@Nullable Component component, Graphics graphics, int x, int y) {
        Graphics2D g = (Graphics2D) graphics.create();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.setColor(ink(component));
            g.translate(x, y);
            double scale = size / (double) Glyph.UNITS;
            g.scale(scale, scale);
            glyph.draw(g);
        } finally {
            g.dispose();
        }
    }

    private Color ink(@Nullable Component component) {
        if (color != null) {
            return color;
        }
        if (component == null) {
            return Color.GRAY;
        }
        return component.isEnabled() ? component.getForeground() : Look.faint();
    }

    @Override
    public int getIconWidth() {
        return size;
    }

    @Override
    public int getIconHeight() {
        return size;
    }
}

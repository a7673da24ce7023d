package dev.videosession.app.grid;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JComponent;

/** The marks over the video of a tile: round badges in its upper corners, a frame, and a shade while it is reconnecting. */
final class TileMarks extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final Color SHADE = new Color(0, 0, 0, 150);
    private static final Color HAND = new Color(0xE0A100);
    private static final Color SPEAKING = new Color(0x35C46B);
    private static final Color FOCUSED = new Color(0xB9D4FF);
    private static final int EDGE = 8;
    private static final int BADGE = 26;
    private static final int GLYPH = 16;
    private static final int GAP = 4;

    private transient TileState state = TileState.NEW;
    private boolean speaking;
    private boolean pinned;
    private boolean focused;

    void setState(TileState now) {
        state = now;
        repaint();
    }

    void setSpeaking(boolean now) {
        if (speaking != now) {
            speaking = now;
            repaint();
        }
    }

    void setPinned(boolean now) {
        pinned = now;
        repaint();
    }

    void setFocused(boolean now) {
        focused = now;
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        if (state.reconnecting()) {
            paintReconnecting(g);
        }
        int right = getWidth() - EDGE - BADGE;
        if (!state.audio()) {
            right = badge(g, Glyph.MICROPHONE_OFF, Look.danger(), right);
        }
        if (pinned) {
            right = badge(g, Glyph.PIN, Look.accent(), right);
        }
        if (state.hand()) {
            badge(g, Glyph.HAND, HAND, EDGE);
        }
        paintFrame(g);
        g.dispose();
    }

    private static int badge(Graphics2D g, Glyph glyph, Color color, int x) {
        g.setColor(color);
        g.fillOval(x, EDGE, BADGE, BADGE);
        int inset = (BADGE - GLYPH) / 2;
        new GlyphIcon(glyph, GLYPH, Color.WHITE).paintIcon(null, g, x + inset, EDGE + inset);
        return x - BADGE - GAP;
    }

    private void paintReconnecting(Graphics2D g) {
        g.setColor(SHADE);
        g.fillRect(0, 0, getWidth(), getHeight());
        String text = Texts.of("tile.reconnecting");
        FontMetrics metrics = g.getFontMetrics();
        g.setColor(Color.WHITE);
        g.drawString(text, (getWidth() - metrics.stringWidth(text)) / 2, EDGE + BADGE + metrics.getAscent());
    }

    private void paintFrame(Graphics2D g) {
        if (speaking || focused) {
            g.setColor(focused ? FOCUSED : SPEAKING);
            g.setStroke(new BasicStroke(3));
            g.drawRect(1, 1, getWidth() - 3, getHeight() - 3);
        }
    }
}

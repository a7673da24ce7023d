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
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** The marks over the video of a tile: round badges in its upper corners, a frame, and a shade while it is reconnecting. */
final class TileMarks extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final Color SHADE = new Color(0, 0, 0, 150);
    private static final Color HAND = new Color(0xE0A100);
    private static final Color SPEAKING = new Color(0x35C46B);
    private static final Color FOCUSED = new Color(0xB9D4FF);
    private static final Color BADGE_SHADE = new Color(0, 0, 0, 140);
    private static final Color BAR_OFF = new Color(255, 255, 255, 90);
    private static final Color REACTION = new Color(0xFFD75E);
    private static final int REACTION_MILLIS = 4000;
    private static final int BARS = 5;
    private static final int EDGE = 8;
    private static final int BADGE = 26;
    private static final int GLYPH = 16;
    private static final int GAP = 4;

    private transient TileState state = TileState.NEW;
    private final transient Timer reactionEnd = new Timer(REACTION_MILLIS, event -> react(null));
    private transient @Nullable Glyph reaction;
    private int quality;
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

    /** Shows a reaction for a few seconds; null ends it. */
    void react(@Nullable Glyph now) {
        reaction = now;
        reactionEnd.stop();
        if (now != null) {
            reactionEnd.setRepeats(false);
            reactionEnd.start();
        }
        repaint();
    }

    /** Shows 1 to 5 of five bars, or none for 0. */
    void setQuality(int now) {
        if (quality != now) {
            quality = now;
            repaint();
        }
    }

    void close() {
        reactionEnd.stop();
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
        if (quality > 0) {
            paintQuality(g, right);
        }
        if (reaction != null) {
            paintReaction(g, reaction);
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

    /** Five bars of growing height, in the colour of what they say. */
    private void paintQuality(Graphics2D g, int x) {
        g.setColor(BADGE_SHADE);
        g.fillOval(x, EDGE, BADGE, BADGE);
        g.setColor(quality <= 2 ? Look.danger() : quality == 3 ? HAND : SPEAKING);
        for (int bar = 0; bar < BARS; bar++) {
            if (bar == quality) {
                g.setColor(BAR_OFF);
            }
            int high = 4 + 2 * bar;
            g.fillRect(x + 6 + 3 * bar, EDGE + BADGE - 7 - high, 2, high);
        }
    }

    private void paintReaction(Graphics2D g, Glyph now) {
        int size = Math.max(BADGE, Math.min(getWidth(), getHeight()) / 4);
        int x = getWidth() - size - EDGE;
        int y = getHeight() - size - EDGE;
        g.setColor(BADGE_SHADE);
        g.fillOval(x, y, size, size);
        int inset = size / 5;
        new GlyphIcon(now, size - 2 * inset, REACTION).paintIcon(null, g, x + inset, y + inset);
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

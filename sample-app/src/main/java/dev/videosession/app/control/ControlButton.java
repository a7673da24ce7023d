package dev.videosession.app.control;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.look.Look;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.Locale;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;

/**
 * A button of a {@link ControlBar}: an icon above a word, with its keyboard shortcut in the tooltip, and the icon alone where there is
 * no room for the word. A click with the mouse leaves the focus where it is, so that keys keep their meaning.
 */
public final class ControlButton extends JToggleButton {
    private static final long serialVersionUID = 1L;
    private static final int ICON = 22;
    private static final Dimension COMPACT = new Dimension(44, 42);
    private static final int HEIGHT = 58;
    private static final int NARROWEST = 68;
    private static final int PADDING = 20;
    private static final int BADGE = 16;

    private static final String FLATLAF_STYLE = "FlatLaf.style";

    private final String style;
    private String word = "";
    private boolean compact;
    private int badge;

    /**
     * A button without a face; see {@link #setFace}.
     *
     * @param name of the component
     * @param selected background while it is selected
     */
    public ControlButton(String name, Color selected) {
        setName(name);
        putClientProperty("html.disable", true);
        putClientProperty("JButton.buttonType", "toolBarButton");
        style = String.format(
                Locale.ROOT,
                "toolbar.selectedBackground: #%06x; toolbar.selectedForeground: #ffffff; arc: 14",
                selected.getRGB() & 0xFFFFFF);
        putClientProperty(FLATLAF_STYLE, style);
        setVerticalTextPosition(SwingConstants.BOTTOM);
        setHorizontalTextPosition(SwingConstants.CENTER);
        setIconTextGap(3);
        setRequestFocusEnabled(false);
    }

    /** Shows that it ends something. */
    public void setDangerous() {
        putClientProperty(FLATLAF_STYLE, style + "; " + Look.dangerTextStyle());
    }

    /**
     * Sets what the button shows.
     *
     * @param glyph its picture
     * @param newWord what a press does, in a word or two
     * @param help what a press does, in a sentence
     * @param keys its shortcut in words, or empty
     */
    public void setFace(Glyph glyph, String newWord, String help, String keys) {
        word = newWord;
        setIcon(new GlyphIcon(glyph, ICON));
        setSelectedIcon(new GlyphIcon(glyph, ICON, Color.WHITE));
        setText(compact ? null : word);
        setToolTipText(keys.isEmpty() ? help : help + "  (" + keys + ")");
        getAccessibleContext().setAccessibleName(word);
        getAccessibleContext().setAccessibleDescription(getToolTipText());
        revalidate();
    }

    /**
     * Shows a number on the icon, for instance of unread messages.
     *
     * @param number 0 for none
     */
    public void setBadge(int number) {
        badge = number;
        getAccessibleContext().setAccessibleName(number == 0 ? word : word + " (" + number + ")");
        repaint();
    }

    void setCompact(boolean now) {
        if (compact != now) {
            compact = now;
            setText(now ? null : word);
            revalidate();
        }
    }

    /** The width with the word, whether it is shown or not. */
    int fullWidth() {
        return Math.max(NARROWEST, getFontMetrics(getFont()).stringWidth(word) + PADDING);
    }

    @Override
    public Dimension getPreferredSize() {
        return compact ? COMPACT : new Dimension(fullWidth(), HEIGHT);
    }

    @Override
    public Dimension getMinimumSize() {
        return getPreferredSize();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        if (badge > 0) {
            paintBadge((Graphics2D) graphics.create());
        }
    }

    private void paintBadge(Graphics2D g) {
        String text = badge > 99 ? "99+" : String.valueOf(badge);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(getFont().deriveFont(10f));
        FontMetrics metrics = g.getFontMetrics();
        int width = Math.max(BADGE, metrics.stringWidth(text) + 8);
        int x = Math.min(getWidth() / 2 + 4, getWidth() - width);
        g.setColor(Look.danger());
        g.fillRoundRect(x, 2, width, BADGE, BADGE, BADGE);
        g.setColor(Color.WHITE);
        g.drawString(
                text,
                x + (width - metrics.stringWidth(text)) / 2,
                2 + (BADGE - metrics.getHeight()) / 2 + metrics.getAscent());
        g.dispose();
    }
}

package dev.videosession.media.view;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paints the label and the placeholder of a view. */
final class Overlay {
    private static final Color DISC = new Color(0x3B4754);
    private static final Color SHADE = new Color(0, 0, 0, 140);
    private static final Color INK = new Color(0xF2F4F7);

    private static final Pattern CLUSTER = Pattern.compile("\\X");
    /** Invisible characters that do not belong to a letter or an emoji. */
    private static final Pattern FORMAT = Pattern.compile("[\\p{Cf}&&[^\\u200C\\u200D\\x{E0020}-\\x{E007F}]]");

    private static final String ELLIPSIS = "…";
    private static final int EDGE = 8;

    private Overlay() {}

    /** Paints a disc with initials in the middle, or above the name if there is no room beside it. */
    static void paintPlaceholder(Graphics2D g, Dimension area, String name) {
        int free = labelTop(g, area) - EDGE;
        int size = Math.max(1, Math.min(Math.min(area.width, area.height) / 2, free));
        int top = Math.min((area.height - size) / 2, Math.max(0, EDGE / 2 + free - size));
        g.setColor(DISC);
        g.fillOval((area.width - size) / 2, top, size, size);
        String initials = initials(name);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(1, size * 2 / 5)));
        FontMetrics metrics = g.getFontMetrics();
        g.setColor(INK);
        g.drawString(
                initials,
                (area.width - metrics.stringWidth(initials)) / 2,
                top + (size - metrics.getHeight()) / 2 + metrics.getAscent());
    }

    private static Font labelFont(Dimension area) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(11, Math.min(16, area.height / 16)));
    }

    private static int labelTop(Graphics2D g, Dimension area) {
        return area.height - g.getFontMetrics(labelFont(area)).getHeight() - 6 - EDGE;
    }

    /** Paints a name at the lower left edge. */
    static void paintLabel(Graphics2D g, Dimension area, String name) {
        g.setFont(labelFont(area));
        FontMetrics metrics = g.getFontMetrics();
        String shown = fitting(name, metrics, area.width - 16 - metrics.getHeight());
        int width = metrics.stringWidth(shown) + metrics.getHeight();
        int height = metrics.getHeight() + 6;
        int y = labelTop(g, area);
        g.setColor(SHADE);
        g.fillRoundRect(EDGE, y, width, height, height, height);
        g.setColor(INK);
        g.drawString(shown, EDGE + metrics.getHeight() / 2, y + 3 + metrics.getAscent());
    }

    /** {@return the text, or as many of its characters as fit, and an ellipsis} */
    static String fitting(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        Matcher clusters = CLUSTER.matcher(text);
        String longest = ELLIPSIS;
        while (clusters.find()) {
            String cut = text.substring(0, clusters.end()) + ELLIPSIS;
            if (metrics.stringWidth(cut) > width) {
                break;
            }
            longest = cut;
        }
        return longest;
    }

    /** {@return the first letters of the first and the last word; an emoji counts as one letter} */
    static String initials(String name) {
        StringTokenizer words = new StringTokenizer(FORMAT.matcher(name).replaceAll(""));
        StringBuilder result = new StringBuilder();
        boolean first = true;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (first || !words.hasMoreTokens()) {
                Matcher cluster = CLUSTER.matcher(word);
                result.append(cluster.find() ? cluster.group().toUpperCase(Locale.ROOT) : "");
            }
            first = false;
        }
        return result.toString();
    }
}

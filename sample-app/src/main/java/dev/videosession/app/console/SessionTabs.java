package dev.videosession.app.console;

import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import javax.swing.JTabbedPane;

/** The sessions that a moderator has opened, each in a tab. Shows a hint while no session is open. For the Swing thread. */
final class SessionTabs extends JTabbedPane {
    private static final long serialVersionUID = 1L;
    private static final int ID_END = 8;

    SessionTabs() {
        setName("sessions");
        setMinimumSize(new Dimension(0, 0));
    }

    /** Shortens the id of a session to what differs from session to session: all ids of a project start alike. */
    static String shortened(String id) {
        return id.length() <= ID_END ? id : "…" + id.substring(id.length() - ID_END);
    }

    void open(String id, SessionPane pane) {
        addTab(shortened(id), pane);
        setToolTipTextAt(getTabCount() - 1, id);
        setSelectedComponent(pane);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        if (getTabCount() == 0) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(Look.faint());
            String hint = Texts.of("console.openHint");
            FontMetrics metrics = g.getFontMetrics();
            g.drawString(hint, Math.max(0, (getWidth() - metrics.stringWidth(hint)) / 2), getHeight() / 2);
            g.dispose();
        }
    }
}

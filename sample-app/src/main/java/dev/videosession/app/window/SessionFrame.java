package dev.videosession.app.window;

import dev.videosession.app.look.AppIcon;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * The frame around what a window shows of a session: a sentence above it; below it the state of the session, the window's own
 * buttons, and those to enter again and to leave. For the Swing thread.
 */
public final class SessionFrame {
    private static final String EDGE = "insets 8 12 8 12, fillx, hidemode 3";

    private final JFrame frame;
    private @Nullable JComponent first;
    private final JLabel status = new JLabel(" ");
    private final JTextArea notice = new JTextArea();
    private final JPanel banner = new JPanel(new MigLayout(EDGE, "[grow, 0:pref]"));
    private final JButton rejoin = described(new JButton("Rejoin"), "rejoin", "Enter the session again");
    private final JButton leave = described(new JButton("Leave"), "leave", "Leave the session");

    /** What the user wants of any window on a session. */
    public interface FrameActions {
        /** To enter the session again. */
        void rejoin();

        /** To leave, by the button or by closing the window. */
        void leave();
    }

    /**
     * Makes the frame; it is not shown yet.
     *
     * @param name of the component
     * @param title for people
     * @param actions told what the user wants
     */
    public SessionFrame(String name, String title, FrameActions actions) {
        frame = new JFrame(title);
        frame.setName(name);
        frame.setIconImages(AppIcon.images());
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                actions.leave();
            }
        });
        rejoin.addActionListener(event -> actions.rejoin());
        leave.addActionListener(event -> actions.leave());
        status.setName("status");
        status.getAccessibleContext().setAccessibleDescription("State of the session");
        status.putClientProperty("html.disable", true); // what moderators write is text
        notice.setName("notice");
        notice.setEditable(false);
        notice.setFocusable(false);
        notice.setOpaque(false);
        notice.setLineWrap(true);
        notice.setWrapStyleWord(true);
        notice.getAccessibleContext().setAccessibleDescription("What the user should know");
        setNotice("");
        setRejoin(false);
    }

    /**
     * Fills the frame.
     *
     * @param content what the window is about
     * @param size at first
     * @param smallest size
     * @param controls between the state of the session and the button to enter again
     */
    public void fill(JComponent content, Dimension size, Dimension smallest, JComponent... controls) {
        JPanel all = new JPanel(new MigLayout("insets 0, gap 0, fill, hidemode 3", "[grow]", "[][grow][]"));
        banner.add(notice, "growx, wmin 0");
        all.add(banner, "cell 0 0, growx");
        all.add(content, "cell 0 1, grow");
        JPanel bar = new JPanel(new MigLayout(EDGE, "[grow, 0:pref]12[]"));
        bar.add(status, "growx, wmin 0");
        for (JComponent control : controls) {
            bar.add(control);
        }
        bar.add(rejoin);
        bar.add(leave);
        all.add(bar, "cell 0 2, growx");
        frame.setContentPane(all);
        content.setFocusable(true);
        first = content;
        frame.setMinimumSize(smallest);
        frame.setSize(size);
        frame.setLocationByPlatform(true);
    }

    /**
     * Gives a button its name and says what it does.
     *
     * @param button which
     * @param name of the component
     * @param description for people, also for those who do not see it
     * @param <B> kind of button
     * @return the button
     */
    public static <B extends AbstractButton> B described(B button, String name, String description) {
        button.setName(name);
        button.setToolTipText(description);
        button.getAccessibleContext().setAccessibleDescription(description);
        return button;
    }

    /** Shows the window. */
    public void open() {
        frame.setVisible(true);
        if (first != null) {
            first.requestFocusInWindow(); // else a key could leave the session at once
        }
    }

    /** Closes the window and the dialogs in front of it. */
    public void close() {
        frame.setVisible(false);
        frame.dispose();
    }

    /**
     * Tells the state of the session.
     *
     * @param text shown as it is
     */
    public void setStatus(String text) {
        status.setText(text);
    }

    /**
     * Shows a sentence above everything.
     *
     * @param text the sentence; an empty one takes it away
     */
    public void setNotice(String text) {
        banner.setVisible(!text.isEmpty());
        notice.setVisible(!text.isEmpty());
        notice.setText(text);
    }

    /**
     * Offers to enter the session again.
     *
     * @param offered whether
     */
    public void setRejoin(boolean offered) {
        rejoin.setVisible(offered);
    }
}

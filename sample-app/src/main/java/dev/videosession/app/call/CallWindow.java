package dev.videosession.app.call;

import dev.videosession.app.grid.ParticipantGrid;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.AbstractButton;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;

/** What the user sees and presses. For the Swing thread. */
final class CallWindow {
    private static final Dimension SIZE = new Dimension(1000, 680);
    private static final Dimension SMALLEST = new Dimension(480, 360);

    /** What the user wants. */
    interface Wishes {
        void mute(boolean on);

        void camera(boolean on);

        void share(boolean on);

        void rejoin();

        void leave();
    }

    private final JFrame frame;
    private final ParticipantGrid grid = new ParticipantGrid();
    private final JLabel status = new JLabel(" ");
    private final JTextArea notice = new JTextArea();
    private final JToggleButton mute = named(new JToggleButton("Mute"), "mute", "Mute the microphone");
    private final JToggleButton camera = named(new JToggleButton("Camera off"), "camera", "Turn the camera off");
    private final JToggleButton share = named(new JToggleButton("Share screen"), "share", "Share the screen");
    private final JButton rejoin = named(new JButton("Rejoin"), "rejoin", "Enter the session again");
    private final JButton leave = named(new JButton("Leave"), "leave", "Leave the session");

    CallWindow(String title, Wishes wishes) {
        frame = new JFrame(title);
        frame.setName("call");
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                wishes.leave();
            }
        });
        mute.addActionListener(event -> wishes.mute(mute.isSelected()));
        camera.addActionListener(event -> wishes.camera(!camera.isSelected()));
        share.addActionListener(event -> wishes.share(share.isSelected()));
        rejoin.addActionListener(event -> wishes.rejoin());
        leave.addActionListener(event -> wishes.leave());
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
        frame.setContentPane(content());
        setNotice("");
        setRejoin(false);
        setOwnMedia(false, false);
        setShare(false, false);
        frame.setMinimumSize(SMALLEST);
        frame.setSize(SIZE);
        frame.setLocationByPlatform(true);
    }

    private JPanel content() {
        JPanel content = new JPanel(new MigLayout("insets 0, gap 0, fill, hidemode 3", "[grow]", "[][grow][]"));
        JPanel banner = new JPanel(new MigLayout("insets 8 12 8 12, fillx, hidemode 3", "[grow, 0:pref]"));
        banner.add(notice, "growx, wmin 0");
        content.add(banner, "cell 0 0, growx");
        content.add(grid, "cell 0 1, grow");
        JPanel bar = new JPanel(new MigLayout("insets 8 12 8 12, fillx, hidemode 3", "[grow, 0:pref]12[][][][][]"));
        bar.add(status, "growx");
        bar.add(rejoin);
        bar.add(mute);
        bar.add(camera);
        bar.add(share);
        bar.add(leave);
        content.add(bar, "cell 0 2, growx");
        return content;
    }

    private static <B extends AbstractButton> B named(B button, String name, String description) {
        button.setName(name);
        button.setFocusable(true);
        button.setToolTipText(description);
        button.getAccessibleContext().setAccessibleName(description);
        return button;
    }

    ParticipantGrid grid() {
        return grid;
    }

    void open() {
        frame.setVisible(true);
    }

    void close() {
        frame.setVisible(false);
        frame.dispose();
    }

    void setStatus(String text) {
        status.setText(text);
    }

    /** Shows a sentence above the pictures; an empty one takes it away. */
    void setNotice(String text) {
        notice.setVisible(!text.isEmpty());
        notice.getParent().setVisible(!text.isEmpty());
        notice.setText(text);
    }

    void setRejoin(boolean offered) {
        rejoin.setVisible(offered);
    }

    /** Tells which of the own media can be turned on and off. */
    void setOwnMedia(boolean audio, boolean video) {
        mute.setEnabled(audio);
        camera.setEnabled(video);
    }

    void setMuted(boolean muted) {
        mute.setSelected(muted);
        mute.setText(muted ? "Unmute" : "Mute");
    }

    void setCamera(boolean on) {
        camera.setSelected(!on);
        camera.setText(on ? "Camera off" : "Camera on");
    }

    void setShare(boolean possible, boolean on) {
        share.setEnabled(possible);
        share.setSelected(on);
        share.setText(on ? "Stop sharing" : "Share screen");
    }
}

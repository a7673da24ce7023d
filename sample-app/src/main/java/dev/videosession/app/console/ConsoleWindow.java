package dev.videosession.app.console;

import dev.videosession.protocol.Capabilities;
import java.awt.Dimension;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.JTextArea;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;

/** What the moderator sees and presses. For the Swing thread. */
final class ConsoleWindow {
    private static final Dimension SIZE = new Dimension(1120, 720);
    private static final Dimension SMALLEST = new Dimension(640, 400);
    private static final double SHARE_OF_PARTICIPANTS = 0.45;

    private final JFrame frame;
    private final ParticipantList participants;
    private final TimelineTable timeline = new TimelineTable();
    private final JLabel status = new JLabel(" ");
    private final JTextArea notice = new JTextArea();
    private final JLabel muteForced = new JLabel("New streams start muted");
    private final JButton muteAll = button("Mute all", "mute-all", "Mute every stream, and those that come later");
    private final JButton liftMute = button("Lift the mute", "lift-mute", "Let new streams start with sound again");
    private final JButton rejoin = button("Rejoin", "rejoin", "Enter the session again");
    private final JButton leave = button("Leave", "leave", "Leave the session");

    ConsoleWindow(String title, Wishes wishes) {
        participants = new ParticipantList(wishes);
        frame = new JFrame(title);
        frame.setName("console");
        frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                wishes.leave();
            }
        });
        muteAll.addActionListener(event -> wishes.muteAll());
        liftMute.addActionListener(event -> wishes.liftMute());
        rejoin.addActionListener(event -> wishes.rejoin());
        leave.addActionListener(event -> wishes.leave());
        status.setName("status");
        status.getAccessibleContext().setAccessibleDescription("State of the session");
        muteForced.setName("mute-forced");
        muteForced.setEnabled(false);
        notice.setName("notice");
        notice.setEditable(false);
        notice.setFocusable(false);
        notice.setOpaque(false);
        notice.setLineWrap(true);
        notice.setWrapStyleWord(true);
        notice.getAccessibleContext().setAccessibleDescription("What the moderator should know");
        frame.setContentPane(content());
        setNotice("");
        setRejoin(false);
        setMuteForced(false);
        setPowers(Console.NOTHING);
        frame.setMinimumSize(SMALLEST);
        frame.setSize(SIZE);
        frame.setLocationByPlatform(true);
    }

    private JPanel content() {
        JPanel content = new JPanel(new MigLayout("insets 0, gap 0, fill, hidemode 3", "[grow]", "[][grow][]"));
        JPanel banner = new JPanel(new MigLayout("insets 8 12 8 12, fillx, hidemode 3", "[grow, 0:pref]"));
        banner.add(notice, "growx, wmin 0");
        content.add(banner, "cell 0 0, growx");
        JSplitPane halves = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, participants.component(), timeline.component());
        halves.setResizeWeight(SHARE_OF_PARTICIPANTS);
        halves.setDividerLocation((int) (SIZE.width * SHARE_OF_PARTICIPANTS));
        content.add(halves, "cell 0 1, grow");
        JPanel bar = new JPanel(new MigLayout("insets 8 12 8 12, fillx, hidemode 3", "[grow, 0:pref]12[]12[][][][]"));
        bar.add(status, "growx");
        bar.add(muteForced);
        bar.add(muteAll);
        bar.add(liftMute);
        bar.add(rejoin);
        bar.add(leave);
        content.add(bar, "cell 0 2, growx");
        return content;
    }

    private static JButton button(String text, String name, String description) {
        JButton button = new JButton(text);
        button.setName(name);
        button.setToolTipText(description);
        button.getAccessibleContext().setAccessibleDescription(description);
        return button;
    }

    ParticipantList participants() {
        return participants;
    }

    TimelineTable timeline() {
        return timeline;
    }

    void open() {
        frame.setVisible(true);
    }

    /** Closes the window and the dialogs in front of it. */
    void close() {
        frame.setVisible(false);
        frame.dispose();
    }

    void setStatus(String text) {
        status.setText(text);
    }

    /** Shows a sentence above everything; an empty one takes it away. */
    void setNotice(String text) {
        notice.setVisible(!text.isEmpty());
        notice.getParent().setVisible(!text.isEmpty());
        notice.setText(text);
    }

    void setRejoin(boolean offered) {
        rejoin.setVisible(offered);
    }

    /** Tells what the role permits; buttons for the rest cannot be pressed. */
    void setPowers(Capabilities powers) {
        muteAll.setEnabled(powers.forceMute());
        liftMute.setEnabled(powers.forceMute());
        participants.setPowers(powers);
    }

    void setMuteForced(boolean active) {
        muteForced.setVisible(active);
    }
}

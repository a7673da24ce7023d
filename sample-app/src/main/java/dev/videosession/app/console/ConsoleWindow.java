package dev.videosession.app.console;

import dev.videosession.app.window.SessionFrame;
import dev.videosession.protocol.Capabilities;
import java.awt.Dimension;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JSplitPane;

/** What the moderator sees and presses. For the Swing thread. */
final class ConsoleWindow {
    private static final Dimension SIZE = new Dimension(1120, 720);
    private static final Dimension SMALLEST = new Dimension(640, 400);
    private static final double SHARE_OF_PARTICIPANTS = 0.45;

    private final SessionFrame frame;
    private final ParticipantList participants;
    private final TimelineTable timeline = new TimelineTable();
    private final JLabel muteForced = new JLabel("New streams start muted");
    private final JButton muteAll =
            SessionFrame.described(new JButton("Mute all"), "mute-all", "Mute every stream, and those that come later");
    private final JButton liftMute =
            SessionFrame.described(new JButton("Lift the mute"), "lift-mute", "Let new streams start with sound again");

    ConsoleWindow(String title, ModeratorActions actions) {
        frame = new SessionFrame("console", title, actions);
        participants = new ParticipantList(actions);
        muteAll.addActionListener(event -> actions.muteAll());
        liftMute.addActionListener(event -> actions.liftMute());
        muteForced.setName("mute-forced");
        muteForced.setEnabled(false);
        JSplitPane halves = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, participants.component(), timeline.component());
        halves.setResizeWeight(SHARE_OF_PARTICIPANTS);
        halves.setDividerLocation((int) (SIZE.width * SHARE_OF_PARTICIPANTS));
        frame.fill(halves, SIZE, SMALLEST, muteForced, muteAll, liftMute);
        setMuteForced(false);
        setPowers(Console.NOTHING);
    }

    SessionFrame frame() {
        return frame;
    }

    ParticipantList participants() {
        return participants;
    }

    TimelineTable timeline() {
        return timeline;
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

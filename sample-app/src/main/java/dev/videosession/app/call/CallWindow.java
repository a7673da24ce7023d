package dev.videosession.app.call;

import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.window.SessionFrame;
import java.awt.Dimension;
import javax.swing.JToggleButton;

/** What the user sees and presses. For the Swing thread. */
final class CallWindow {
    private static final Dimension SIZE = new Dimension(1000, 680);
    private static final Dimension SMALLEST = new Dimension(480, 360);

    /** What the user wants. */
    interface CallActions extends SessionFrame.FrameActions {
        void mute(boolean on);

        void camera(boolean on);

        void share(boolean on);
    }

    private final SessionFrame frame;
    private final ParticipantGrid grid = new ParticipantGrid();
    private final JToggleButton mute = SessionFrame.described(new JToggleButton("Mute"), "mute", "Mute the microphone");
    private final JToggleButton camera =
            SessionFrame.described(new JToggleButton("Camera off"), "camera", "Turn the camera off");
    private final JToggleButton share =
            SessionFrame.described(new JToggleButton("Share screen"), "share", "Share the screen");
    private boolean audio;
    private boolean video;
    private boolean mayPublish;

    CallWindow(String title, CallActions actions) {
        frame = new SessionFrame("call", title, actions);
        mute.addActionListener(event -> actions.mute(mute.isSelected()));
        camera.addActionListener(event -> actions.camera(!camera.isSelected()));
        share.addActionListener(event -> actions.share(share.isSelected()));
        frame.fill(grid, SIZE, SMALLEST, mute, camera, share);
        enableWhatWorks();
    }

    SessionFrame frame() {
        return frame;
    }

    ParticipantGrid grid() {
        return grid;
    }

    /** Tells whether the user can publish now: connected, with a token that permits it. */
    void setMayPublish(boolean may) {
        mayPublish = may;
        enableWhatWorks();
    }

    /** Tells which of the own media there are to be turned on and off. */
    void setOwnMedia(boolean hasAudio, boolean hasVideo) {
        audio = hasAudio;
        video = hasVideo;
        enableWhatWorks();
    }

    private void enableWhatWorks() {
        mute.setEnabled(mayPublish && audio);
        camera.setEnabled(mayPublish && video);
        share.setEnabled(mayPublish);
    }

    void setMuted(boolean muted) {
        mute.setSelected(muted);
        mute.setText(muted ? "Unmute" : "Mute");
    }

    void setCamera(boolean on) {
        camera.setSelected(!on);
        camera.setText(on ? "Camera off" : "Camera on");
    }

    void setSharing(boolean on) {
        share.setSelected(on);
        share.setText(on ? "Stop sharing" : "Share screen");
    }
}

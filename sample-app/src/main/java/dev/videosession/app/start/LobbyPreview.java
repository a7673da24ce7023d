package dev.videosession.app.start;

import dev.videosession.app.control.ControlButton;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.media.view.VideoView;
import dev.videosession.session.Publisher;
import java.awt.Dimension;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.JPanel;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;

/** What the own camera shows and how loud the own microphone is, with the buttons that turn them on. For the Swing thread. */
final class LobbyPreview extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Dimension PREVIEW = new Dimension(480, 270);
    private static final int LEVEL_MILLIS = 50;

    private final transient OwnMedia media;
    private final VideoView view = new VideoView();
    private final ControlButton microphone = new ControlButton("lobby-microphone", Look.accent());
    private final ControlButton camera = new ControlButton("lobby-camera", Look.accent());
    private final LevelMeter level = new LevelMeter();
    private final transient Timer levels = new Timer(LEVEL_MILLIS, event -> showLevel());

    LobbyPreview(OwnMedia media) {
        super(new MigLayout("insets 0, wrap 1", "[grow, fill, 120:480:480]", rows(PREVIEW.height)));
        this.media = media;
        view.setName("lobby-preview");
        view.setMirrored(true);
        view.setPreferredSize(PREVIEW);
        level.setName("lobby-level");
        microphone.addActionListener(event -> media.previewMicrophone(microphone.isSelected()));
        camera.addActionListener(event -> media.setCamera(camera.isSelected()));
        JPanel buttons = new JPanel(new MigLayout("insets 0", "push[]8[]push", "[center]"));
        buttons.add(microphone);
        buttons.add(camera);
        add(view, "grow");
        add(level, "growx");
        add(buttons);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                int height = Math.min(PREVIEW.height, getWidth() * PREVIEW.height / PREVIEW.width);
                ((MigLayout) getLayout()).setRowConstraints(rows(height)); // no bars above and below the video
                revalidate();
            }
        });
        levels.start();
    }

    private static String rows(int height) {
        return "[60:" + height + ":" + height + ", fill]8[]8[]8[]";
    }

    void show(Publisher publisher) {
        view.setFeed(publisher.video());
    }

    /** Shows what is turned on. */
    void showState(String user) {
        boolean audible = media.isPreviewing();
        microphone.setSelected(audible);
        microphone.setFace(
                audible ? Glyph.MICROPHONE : Glyph.MICROPHONE_OFF,
                Texts.of(audible ? "lobby.microphoneOn" : "lobby.microphoneOff"),
                Texts.of("lobby.microphoneHelp"),
                "");
        boolean video = media.isCameraOn();
        camera.setSelected(video);
        camera.setFace(
                video ? Glyph.CAMERA : Glyph.CAMERA_OFF,
                Texts.of(video ? "lobby.cameraOn" : "lobby.cameraOff"),
                Texts.of("lobby.cameraHelp"),
                "");
        view.setVideoShown(video);
        view.setLabel(user);
    }

    private void showLevel() {
        level.setLevel(media.previewLevel());
    }

    void close() {
        levels.stop();
        view.close();
    }
}

package dev.videosession.app.start;

import dev.videosession.app.control.Banner;
import dev.videosession.app.control.ControlButton;
import dev.videosession.app.device.DeviceLists;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.Limits;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Publisher;
import java.awt.Dimension;
import java.awt.Font;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.Timer;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * Where a user stops before entering a session: it says which server the session is on, and lets the user look at the own camera,
 * choose devices and a name. It opens no device before the user turns it on.
 */
public final class LobbyPanel extends JPanel implements OwnMedia.MediaListener {
    private static final long serialVersionUID = 1L;
    private static final Dimension PREVIEW = new Dimension(480, 270);
    private static final float TITLE = 20;
    private static final int LEVEL_MILLIS = 50;

    private final transient OwnMedia media;
    private final VideoView preview = new VideoView();
    private final ControlButton microphone = new ControlButton("lobby-microphone", Look.accent());
    private final ControlButton camera = new ControlButton("lobby-camera", Look.accent());
    private final LevelMeter level = new LevelMeter();
    private final transient Timer levels = new Timer(LEVEL_MILLIS, event -> showLevel());
    private final JTextField name = new JTextField();
    private final JButton join = new JButton(Texts.of("lobby.join"));
    private final Banner banner = new Banner("lobby-notice");
    private boolean wantsMicrophone;

    /** What the user decides in a lobby. */
    public interface LobbyActions {
        /**
         * To enter the session.
         *
         * @param name of the user, not blank
         * @param microphone whether audio is sent from the start
         */
        void join(String name, boolean microphone);

        /** To enter another session. */
        void back();
    }

    /**
     * A lobby.
     *
     * @param details which session
     * @param lastName of the user
     * @param media of the user, with nothing opened
     * @param actions what the user decides
     */
    public LobbyPanel(JoinDetails details, String lastName, OwnMedia media, LobbyActions actions) {
        super(new MigLayout("fill, insets 0, hidemode 3", "[grow, fill]", "[][grow]"));
        this.media = media;
        setName("lobby");
        name.setName("lobby-name");
        name.setText(lastName);
        join.setName("lobby-join");
        join.addActionListener(event -> {
            String chosen = name.getText().strip();
            if (chosen.isEmpty()) {
                banner.show(Texts.of("lobby.noName"), true, false);
                name.requestFocusInWindow();
            } else {
                actions.join(chosen.substring(0, Math.min(chosen.length(), Limits.STREAM_NAME)), wantsMicrophone);
            }
        });
        microphone.addActionListener(event -> {
            wantsMicrophone = microphone.isSelected();
            media.setMicrophone(wantsMicrophone);
        });
        camera.addActionListener(event -> media.setCamera(camera.isSelected()));
        add(banner, "cell 0 0, growx, wmin 0");
        JPanel columns = new JPanel(
                new MigLayout("insets 20, fillx", "push[0:pref, grow 0]24[170:300:320, fill]push", "[center]"));
        columns.add(previewColumn());
        columns.add(choiceColumn(details, actions));
        add(columns, "cell 0 1, aligny center");
        onMediaChanged();
        media.setListener(this);
        levels.start();
        DeviceLists.load(this::showDevices);
    }

    private @Nullable DeviceBox cameras;
    private @Nullable DeviceBox microphones;

    private JComponent previewColumn() {
        preview.setName("lobby-preview");
        preview.setMirrored(true);
        preview.setPreferredSize(PREVIEW);
        JPanel column =
                new JPanel(new MigLayout("insets 0, wrap 1", "[grow, fill, 120:480:480]", "[90:270:270, fill]8[]8[]"));
        column.add(preview, "grow");
        JPanel buttons = new JPanel(new MigLayout("insets 0", "push[]8[]push", "[center]"));
        buttons.add(microphone);
        buttons.add(camera);
        column.add(level, "growx");
        column.add(buttons);
        return column;
    }

    private JComponent choiceColumn(JoinDetails details, LobbyActions actions) {
        JPanel column = new JPanel(new MigLayout("insets 0, wrap 1", "[grow, fill]", "[]4[]"));
        JLabel title = new JLabel(Texts.of("lobby.title"));
        title.setFont(title.getFont().deriveFont(Font.BOLD, TITLE));
        column.add(title, "gapbottom 8");
        column.add(fact("lobby-host", Texts.of("lobby.host", details.host())), "wmin 0");
        column.add(
                fact("lobby-session", Texts.of("lobby.session", DisplayText.of(details.sessionId(), 80))),
                "wmin 0, gapbottom 8");
        row(column, "lobby.name", name);
        DeviceBox cameraBox = new DeviceBox("lobby-cameras", Texts.of("lobby.camera"), media::chooseCamera);
        DeviceBox microphoneBox =
                new DeviceBox("lobby-microphones", Texts.of("lobby.microphone"), media::chooseMicrophone);
        cameras = cameraBox;
        microphones = microphoneBox;
        row(column, "lobby.camera", cameraBox);
        row(column, "lobby.microphone", microphoneBox);
        JButton back = new JButton(Texts.of("lobby.back"));
        back.setName("lobby-back");
        back.addActionListener(event -> actions.back());
        column.add(join, "split 2, gaptop 14, growx, pushx");
        column.add(back, "growx 0");
        return column;
    }

    private static JLabel fact(String name, String text) {
        JLabel label = new JLabel();
        label.putClientProperty("html.disable", true);
        label.setName(name);
        label.setText(text);
        label.setToolTipText(text);
        label.setForeground(Look.faint());
        return label;
    }

    private static void row(JPanel column, String key, JComponent field) {
        JLabel label = new JLabel(Texts.of(key));
        label.setLabelFor(field);
        column.add(label);
        column.add(field, "wmin 0");
    }

    private void showDevices(DeviceLists lists) {
        if (cameras != null && microphones != null) {
            cameras.show(lists.cameras());
            microphones.show(lists.microphones());
        }
    }

    /** Makes Enter join and puts the focus into the name; call it when the panel is shown. */
    public void opened() {
        getRootPane().setDefaultButton(join);
        name.requestFocusInWindow();
        name.selectAll();
    }

    /** Stops to show the preview. The media remain open. */
    public void closed() {
        levels.stop();
        preview.close();
    }

    @Override
    public void onPublisher(Publisher now, @Nullable Publisher former) {
        preview.setFeed(now.video());
        if (former != null) {
            former.destroy();
        }
    }

    @Override
    public void onMediaChanged() {
        boolean audible = media.isAudible();
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
        preview.setVideoShown(video);
        preview.setLabel(name.getText());
    }

    @Override
    public void onMediaFailed(String sentence) {
        banner.show(sentence, true, false);
    }

    private void showLevel() {
        Publisher publisher = media.publisher();
        level.setLevel(
                publisher != null && media.isAudible() ? publisher.audio().level() : 0);
    }
}

package dev.videosession.app.console;

import dev.videosession.app.grid.Names;
import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Stream;
import java.awt.Dimension;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** One stream: a thumbnail, what it sends, and the buttons to mute and end it. */
final class StreamCard extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Dimension THUMBNAIL = new Dimension(192, 108);

    private final VideoView view = new VideoView();
    private final JLabel name = new JLabel();
    private final JLabel state = new JLabel();
    private final JButton mute = new JButton(Texts.of("console.mute"));
    private final JButton end = new JButton();
    private transient Stream stream;
    private boolean mayMute;
    private int quality;

    StreamCard(Stream stream, @Nullable VideoFeed video, ModeratorActions actions, Questions questions) {
        super(new MigLayout("insets 0, fillx", "[64:192:192, shrinkprio 200]12[grow, 0:pref]", "[]2[]push[]"));
        this.stream = stream;
        setName("stream:" + stream.id());
        view.setName("thumbnail:" + stream.id());
        view.setPreferredSize(THUMBNAIL);
        view.setFeed(video);
        name.putClientProperty("html.disable", true); // what clients write is text
        name.setName("stream-name:" + stream.id());
        state.setName("stream-state:" + stream.id());
        state.setEnabled(false);
        mute.setName("mute:" + stream.id());
        mute.setToolTipText(Texts.of("console.muteHelp"));
        mute.addActionListener(event -> actions.mute(this.stream));
        boolean screen = isScreen();
        end.setText(Texts.of(screen ? "console.unshareButton" : "console.endButton"));
        end.setName("unpublish:" + stream.id());
        end.setToolTipText(Texts.of(screen ? "console.unshareHelp" : "console.endHelp"));
        end.addActionListener(event -> questions.end(this, this.stream));
        add(view, "spany 3, growx, wmin 0");
        add(name, "wmin 0, wrap");
        add(state, "wmin 0, wrap");
        add(mute, "split 2, wmin 0");
        add(end, "wmin 0");
        update(stream);
    }

    private boolean isScreen() {
        return stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
    }

    Stream stream() {
        return stream;
    }

    void update(Stream now) {
        stream = now;
        name.setText(Names.of(now));
        String audio = Texts.of(now.hasAudio() ? "console.audioOn" : isScreen() ? "console.noAudio" : "console.muted");
        String video = now.hasVideo()
                ? now.videoDimensions()
                        .map(size -> size.width() + " x " + size.height())
                        .orElse(Texts.of("console.videoOn"))
                : Texts.of("console.noVideo");
        String both = Texts.of("console.streamState", audio, video);
        state.setText(quality == 0 ? both : Texts.of("console.quality", both, quality));
        view.setLabel(now.hasVideo() ? "" : name.getText()); // for the initials; beside video the name is enough
        view.setVideoShown(now.hasVideo());
        getAccessibleContext().setAccessibleName(name.getText() + ", " + state.getText());
        mute.getAccessibleContext().setAccessibleName(Texts.of("console.muteName", name.getText()));
        enableMute();
    }

    /** Shows how well the stream arrives here, 1 to 5, or 0 if it is not known. */
    void setQuality(int score) {
        quality = score;
        update(stream);
    }

    void setPowers(Capabilities powers) {
        mayMute = powers.forceMute();
        end.setEnabled(powers.forceUnpublish());
        enableMute();
    }

    private void enableMute() {
        mute.setEnabled(mayMute && stream.hasAudio());
        mute.setVisible(!isScreen() || stream.hasAudio());
    }

    /** Mutes the stream, if that is possible. */
    void pressMute() {
        mute.doClick();
    }

    /** Asks whether to end the stream, if that is possible. */
    void pressEnd() {
        end.doClick();
    }

    void close() {
        view.close();
    }
}

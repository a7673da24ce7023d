package dev.videosession.app.console;

import dev.videosession.app.grid.Names;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.Capabilities;
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
    private final JButton mute = new JButton("Mute");
    private final JButton unpublish = new JButton("End stream");
    private boolean mayMute;
    private boolean audible;

    StreamCard(Stream stream, @Nullable VideoFeed picture, ModeratorActions actions) {
        super(new MigLayout("insets 0, fillx", "[64:192:192, shrinkprio 200]12[grow]", "[]2[]push[]"));
        setName("stream:" + stream.id());
        view.setName("thumbnail:" + stream.id());
        view.setPreferredSize(THUMBNAIL);
        view.setFeed(picture);
        name.putClientProperty("html.disable", true); // what clients write is text
        name.setName("stream-name:" + stream.id());
        state.setName("stream-state:" + stream.id());
        state.setEnabled(false);
        mute.setName("mute:" + stream.id());
        mute.setToolTipText("Mute this stream; its publisher may unmute it");
        mute.addActionListener(event -> actions.mute(stream.id()));
        unpublish.setName("unpublish:" + stream.id());
        unpublish.setToolTipText("End this stream; its publisher stays in the session");
        unpublish.addActionListener(event -> actions.unpublish(stream.id()));
        add(view, "spany 3, growx, wmin 0");
        add(name, "wmin 0, wrap");
        add(state, "wmin 0, wrap");
        add(mute, "split 2, wmin pref");
        add(unpublish, "wmin pref");
        update(stream);
    }

    void update(Stream stream) {
        name.setText(Names.of(stream));
        audible = stream.hasAudio();
        state.setText((audible ? "sound on" : "muted") + ", "
                + (stream.hasVideo()
                        ? stream.videoDimensions()
                                .map(size -> size.width() + " x " + size.height())
                                .orElse("picture on")
                        : "no picture"));
        view.setLabel("");
        view.setVideoShown(stream.hasVideo());
        enableMute();
    }

    void setPowers(Capabilities powers) {
        mayMute = powers.forceMute();
        unpublish.setEnabled(powers.forceUnpublish());
        enableMute();
    }

    private void enableMute() {
        mute.setEnabled(mayMute && audible);
    }

    void close() {
        view.close();
    }
}

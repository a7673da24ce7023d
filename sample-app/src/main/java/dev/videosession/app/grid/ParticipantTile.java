package dev.videosession.app.grid;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import org.jspecify.annotations.Nullable;

/**
 * The video of one stream, or the avatar of a participant, with its marks: muted, reconnecting, hand, speaking, pinned. Without video it
 * shows the initials of the name. A double click, or Enter while it has the focus, pins it. For the Swing thread.
 */
final class ParticipantTile extends JPanel implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final VideoView view;
    private final TileMarks marks = new TileMarks();
    private transient TileState state = TileState.NEW;

    /** Without a feed the tile shows initials. */
    ParticipantTile(String name, @Nullable VideoFeed feed, Consumer<ParticipantTile> pin) {
        super(null);
        setName(name);
        setFocusable(true);
        view = feed == null ? new VideoView() : new VideoView(feed);
        view.setScaling(VideoView.Scaling.FIT);
        add(marks);
        add(view);
        addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                if (event.getClickCount() == 2) {
                    pin.accept(ParticipantTile.this);
                }
            }
        });
        addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                marks.setFocused(true);
            }

            @Override
            public void focusLost(FocusEvent event) {
                marks.setFocused(false);
            }
        });
        getInputMap(WHEN_FOCUSED).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "pin");
        getActionMap().put("pin", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                pin.accept(ParticipantTile.this);
            }
        });
    }

    void setMirrored(boolean mirrored) {
        view.setMirrored(mirrored);
    }

    VideoView view() {
        return view;
    }

    TileState state() {
        return state;
    }

    void setState(TileState now) {
        state = now;
        view.setLabel(now.name());
        view.setVideoShown(now.video());
        marks.setState(now);
        getAccessibleContext().setAccessibleName(describe(now));
    }

    /** {@return the state in words, for screen readers} */
    private static String describe(TileState state) {
        StringBuilder words = new StringBuilder(state.name());
        if (!state.audio()) {
            words.append(", ").append(Texts.of("tile.muted"));
        }
        if (!state.video()) {
            words.append(", ").append(Texts.of("tile.cameraOff"));
        }
        if (state.reconnecting()) {
            words.append(", ").append(Texts.of("tile.reconnecting"));
        }
        if (state.hand()) {
            words.append(", ").append(Texts.of("tile.hand"));
        }
        return words.toString();
    }

    void setSpeaking(boolean speaking) {
        marks.setSpeaking(speaking);
    }

    /** Shows a reaction for a few seconds. */
    void react(Glyph reaction) {
        marks.react(reaction);
    }

    void setQuality(int quality) {
        marks.setQuality(quality);
    }

    void setPinned(boolean pinned) {
        marks.setPinned(pinned);
    }

    @Override
    public boolean isOptimizedDrawingEnabled() {
        return false; // the marks lie over the video
    }

    @Override
    public void doLayout() {
        marks.setBounds(0, 0, getWidth(), getHeight());
        view.setBounds(0, 0, getWidth(), getHeight());
    }

    @Override
    public Dimension getPreferredSize() {
        return view.getPreferredSize();
    }

    /** Stops to show the video. */
    @Override
    public void close() {
        marks.close();
        view.close();
    }
}

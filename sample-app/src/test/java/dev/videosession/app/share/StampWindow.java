package dev.videosession.app.share;

import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.view.VideoView;
import dev.videosession.session.Publisher;
import java.awt.Dimension;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A program with one window that shows numbered frames. Its argument is the title of the window. */
final class StampWindow {
    private StampWindow() {}

    public static void main(String[] arguments) {
        Publisher publisher = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(640, 360, 15)))
                .build();
        publisher.start().blockingAwait();
        VideoFeed video = publisher.video();
        SwingUtilities.invokeLater(() -> {
            VideoView view = new VideoView(video);
            view.setPreferredSize(new Dimension(640, 360));
            JFrame frame = new JFrame(arguments[0]);
            frame.setDefaultCloseOperation(WindowConstants.EXIT_ON_CLOSE);
            frame.setContentPane(view);
            frame.pack();
            frame.setVisible(true);
        });
    }
}

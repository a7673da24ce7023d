package dev.videosession.app.call;

import dev.videosession.app.call.screen.CallPanel;
import dev.videosession.app.call.screen.PictureInPicture;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.event.EventText;
import dev.videosession.app.grid.Names;
import dev.videosession.app.statistics.LinkStatistics;
import dev.videosession.app.statistics.StatisticsWindow;
import dev.videosession.app.text.Texts;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Publisher;
import dev.videosession.session.Subscriber;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.swing.JFileChooser;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;

/** The additional functions of a call: settings, statistics, picture in picture, and snapshots. For the Swing thread. */
final class CallExtras implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH-mm-ss");
    private static final int FOLLOW_MILLIS = 500;

    private final CallPanel panel;
    private final OwnMedia media;
    private final ReceivedStreams streams;
    private final Consumer<String> onNotice;
    private final Timer follow = new Timer(FOLLOW_MILLIS, event -> followSpeaker());
    private Supplier<@Nullable SettingsDialog> openSettings = () -> null;
    private @Nullable SettingsDialog settings;
    private @Nullable StatisticsWindow statistics;
    private @Nullable PictureInPicture picture;
    private @Nullable StreamId pictured;

    CallExtras(CallPanel panel, OwnMedia media, ReceivedStreams streams, Consumer<String> onNotice) {
        this.panel = panel;
        this.media = media;
        this.streams = streams;
        this.onNotice = onNotice;
    }

    /** Sets what opens the settings. */
    void setSettings(Supplier<@Nullable SettingsDialog> opener) {
        openSettings = opener;
    }

    void toggleSettings() {
        if (settings != null && settings.isOpen()) {
            settings.close();
            settings = null;
        } else {
            settings = openSettings.get();
        }
    }

    private @Nullable Window window() {
        return SwingUtilities.getWindowAncestor(panel);
    }

    void toggleStatistics() {
        if (statistics != null) {
            statistics.close();
        } else {
            statistics = new StatisticsWindow(window(), new LinkStatistics(this::links), () -> statistics = null);
        }
    }

    /** The received streams, and each link that carries the own one. */
    private List<LinkStatistics.MeasuredLink> links() {
        List<LinkStatistics.MeasuredLink> links = new ArrayList<>();
        Publisher publisher = media.publisher();
        if (publisher != null && !publisher.isDestroyed()) {
            links.add(new LinkStatistics.MeasuredLink(
                    "sent",
                    Texts.of("stats.sent"),
                    () -> publisher.stats().map(all -> all.values().iterator().next())));
        }
        streams.subscribers()
                .forEach((id, subscriber) -> links.add(new LinkStatistics.MeasuredLink(
                        id.value(), Texts.of("stats.received", Names.of(subscriber.stream())), subscriber::stats)));
        return links;
    }

    void togglePictureInPicture() {
        if (picture != null) {
            picture.close();
            return;
        }
        pictured = null;
        picture = new PictureInPicture(window(), () -> {
            picture = null;
            follow.stop();
        });
        follow.start();
        followSpeaker();
    }

    private void followSpeaker() {
        Subscriber main = streams.main();
        StreamId now = main == null ? null : main.stream().id();
        if (picture != null && (now == null || !now.equals(pictured))) {
            pictured = now;
            picture.show(main == null ? null : main.video(), main == null ? "" : Names.of(main.stream()));
        }
    }

    /** Saves the large video, or that of the speaker, or the own one. */
    void saveSnapshot() {
        Subscriber main = streams.main();
        Publisher own = media.publisher();
        Optional<BufferedImage> image =
                main != null ? main.snapshot() : own == null ? Optional.empty() : own.snapshot();
        if (image.isEmpty()) {
            onNotice.accept(Texts.of("snapshot.nothing"));
            return;
        }
        JFileChooser chooser = new JFileChooser();
        String time = LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
        chooser.setSelectedFile(new File(Texts.of("snapshot.file", time) + ".png"));
        chooser.setDialogTitle(Texts.of("snapshot.title"));
        if (chooser.showSaveDialog(panel) == JFileChooser.APPROVE_OPTION) {
            write(image.get(), chooser.getSelectedFile());
        }
    }

    private void write(BufferedImage image, File file) {
        new SwingWorker<Void, Void>() {
            @Override
            protected @Nullable Void doInBackground() throws IOException {
                if (!ImageIO.write(image, "png", file)) {
                    throw new IOException("no writer for PNG");
                }
                return null;
            }

            @Override
            protected void done() {
                try {
                    get();
                    onNotice.accept(Texts.of("snapshot.saved", file.toString()));
                } catch (ExecutionException e) {
                    onNotice.accept(Texts.of("snapshot.failed", EventText.message(e.getMessage())));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }

    @Override
    public void close() {
        follow.stop();
        if (settings != null) {
            settings.close();
        }
        if (statistics != null) {
            statistics.close();
        }
        if (picture != null) {
            picture.close();
        }
    }
}

package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.media.Calls;
import dev.videosession.benchmark.media.MediaServer;
import dev.videosession.benchmark.media.Painting;
import dev.videosession.benchmark.media.Participants;
import dev.videosession.benchmark.media.VideoComparison;
import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import java.util.List;

/** What video costs through the SDK, beside webrtc-java alone and Chromium. */
public final class MediaPaths implements Scenario {
    @Override
    public String name() {
        return "media";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        try (MediaServer server = MediaServer.relayed()) {
            report.add(VideoComparison.run(server));
            report.add(Participants.run(server));
            report.add(Calls.run(server));
            report.add(Painting.run());
        } catch (Exception e) {
            throw new IllegalStateException("the media benchmark failed: " + e.getMessage(), e);
        }
    }
}

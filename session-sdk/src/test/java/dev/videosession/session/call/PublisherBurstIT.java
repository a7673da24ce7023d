package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many subscribers find one publisher at the same moment. */
class PublisherBurstIT {
    private static final Logger LOG = LoggerFactory.getLogger(PublisherBurstIT.class);
    private static final String REFUSED = "error " + ErrorCode.RELAYED_LIMIT_EXCEEDED.code();
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Test
    void publisherStaysAndTheSubscribersUnderTheCapSeeIt() throws IOException {
        burst(10, 5, Duration.ofSeconds(10));
    }

    @Test
    @Tag("faults")
    void hundredSubscribersFindOnePublisher() throws IOException {
        burst(100, ServerLimits.builder().build().linksPerStream(), Duration.ofSeconds(10));
    }

    private static void burst(int subscribers, int cap, Duration limit) throws IOException {
        ServerLimits limits = ServerLimits.builder().linksPerStream(cap).build();
        List<Participant> crowd = new ArrayList<>();
        try (LiveServer server = new LiveServer(new Timings(3000, 8000, 12_000), builder -> builder.limits(limits))) {
            SessionId id = server.newSession();
            for (int i = 0; i < subscribers; i++) {
                crowd.add(server.join(id, Role.SUBSCRIBER, "viewer-" + i));
            }
            try (Participant ada = server.join(id, Role.PUBLISHER, "ada")) {
                long before = descriptors();
                Publisher camera = Publisher.builder()
                        .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                        .name("ada-cam")
                        .build();
                ada.session.publish(camera).blockingAwait();
                long start = System.nanoTime();
                await("video for those under the cap").atMost(limit).until(() -> watching(crowd) == cap);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                await("an answer for the other subscribers")
                        .atMost(limit)
                        .until(() -> refused(crowd) == subscribers - cap);
                long descriptors = descriptors() - before;
                LOG.info(
                        "event=publisherBurst subscribers={} cap={} millis={} descriptors={}",
                        subscribers,
                        cap,
                        millis,
                        descriptors);
                assertThat(descriptors).isLessThan(cap * 80L + 200);
                assertThat(ada.session.state()).isEqualTo(SessionState.CONNECTED);
                assertThat(ada.events)
                        .doesNotContain("sessionReconnecting")
                        .noneMatch(event -> event.startsWith("error") || event.startsWith("sessionDisconnected"));
                assertThat(watching(crowd)).isEqualTo(cap);
            }
        } finally {
            crowd.forEach(Participant::close);
        }
    }

    private static long watching(List<Participant> crowd) {
        return received(crowd)
                .filter(stream -> stream.lastFrameNumber.get() >= 0)
                .count();
    }

    private static long refused(List<Participant> crowd) {
        return received(crowd).filter(stream -> stream.events.contains(REFUSED)).count();
    }

    private static Stream<Participant.Received> received(List<Participant> crowd) {
        return crowd.stream().flatMap(viewer -> viewer.received.values().stream());
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }
}

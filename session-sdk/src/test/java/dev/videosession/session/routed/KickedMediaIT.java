package dev.videosession.session.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.FaultProxy;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A force-disconnect stops the media at the router, also between clients that do not hear of it. */
class KickedMediaIT {
    private static final Timings LONG_TIMEOUTS = new Timings(1_000, 8_000, 12_000);
    private static final long LIMIT_MILLIS = 100;

    /** Files that Janus keeps open, one of them for the handle of the server. A link has 3 more, and one for each address. */
    private static final int OPENED_WITH_THE_FIRST_LINK = 4;

    /** A busy machine can delay one kick. At least two of three must be within the limit. */
    private static final int KICKS = 3;

    private static final int KICKS_IN_TIME = 2;

    private static final long LIMIT_OF_EACH_MILLIS = 1_000;

    @Test
    void noFrameOfAKickedPublisherPassesEvenIfNeitherEndKnows() {
        try (MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
                LiveServer server = LiveServer.withRouter(LONG_TIMEOUTS)) {
            List<Long> lastFrames = new ArrayList<>();
            for (int i = 0; i < KICKS && inTime(lastFrames) < KICKS_IN_TIME; i++) {
                lastFrames.add(lastFrameAfterAKick(server, engine));
            }
            Figures.report("last frames of kicked publishers: " + lastFrames + " ms after forceDisconnect was called");
            assertThat(lastFrames).allMatch(millis -> millis <= LIMIT_OF_EACH_MILLIS);
            assertThat(inTime(lastFrames)).as("of %s", lastFrames).isEqualTo(KICKS_IN_TIME);
        }
    }

    private static long inTime(List<Long> lastFrames) {
        return lastFrames.stream().filter(millis -> millis <= LIMIT_MILLIS).count();
    }

    /** {@return milliseconds from the call of forceDisconnect to the last frame that a subscriber without signaling receives} */
    private static long lastFrameAfterAKick(LiveServer server, MediaEngine engine) {
        SessionId id = server.newRoutedSession();
        long idle = filesOfTheRouter();
        try (FaultProxy network = new FaultProxy(server.server.uri());
                Participant eve = server.joinThrough(network, id, Role.PUBLISHER, "eve", engine);
                Participant bob = server.joinThrough(network, id, Role.SUBSCRIBER, "bob", engine);
                Participant mod = server.join(id, Role.MODERATOR, "mod", engine)) {
            Publisher camera = eve.publishCamera(440);
            bob.awaitFrames("eve-cam");
            mod.awaitFrames("eve-cam");
            SeenFrames seen =
                    new SeenFrames(bob.received.get("eve-cam").subscriber.video());
            network.swallow(true); // from now on eve and bob hear nothing of the server
            await("frames still pass").until(() -> seen.count() > 10);
            long kicked = System.nanoTime();
            mod.session
                    .forceDisconnect(eve.id(), ForceDisconnectOptions.DEFAULT)
                    .blockingAwait();
            awaitFramesOf(camera);
            assertThat(eve.events).noneMatch(event -> event.startsWith("sessionDisconnected"));
            await("the router has nothing of it")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> gauge(server, "publishers") + gauge(server, "subscribers") == 0);
            await("Janus has closed the sockets of all handles")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> filesOfTheRouter() <= idle + OPENED_WITH_THE_FIRST_LINK);
            List<SeenFrames.Seen> frames = seen.all();
            return TimeUnit.NANOSECONDS.toMillis(frames.get(frames.size() - 1).nanos() - kicked);
        }
    }

    private static long filesOfTheRouter() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/janus"))
                .mapToLong(janus -> Objects.requireNonNull(Path.of("/proc", String.valueOf(janus.pid()), "fd")
                                .toFile()
                                .list())
                        .length)
                .sum();
    }

    private static double gauge(LiveServer server, String name) {
        return server.server.meters().get("videosession.router." + name).gauge().value();
    }

    /** The publisher goes on sending while the subscriber gets nothing. */
    private static void awaitFramesOf(Publisher camera) {
        long sent = camera.video().frames();
        await("a second of frames of the camera")
                .atMost(Duration.ofSeconds(5))
                .until(() -> camera.video().frames() > sent + 15);
    }
}

package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Stream;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import dev.videosession.session.fixture.StubbornClient;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A moderator's commands act at the media router, whatever the victim and its viewers do. */
class RoutedAuthorityIT {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedAuthorityIT.class);
    private static final long LIMIT_MILLIS = 100;

    private final LiveServer server =
            new LiveServer(LiveServer.QUICK, builder -> builder.router(new JanusSettings(Path.of("/usr/bin/janus"))));
    private final SessionId id = server.newRoutedSession();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong lastFrameNanos = new AtomicLong();
    private Participant moderator;
    private StubbornClient victim;
    private StubbornClient viewer;
    private StreamId stream;
    private IncomingLink received;

    @BeforeEach
    void join() {
        moderator = server.join(id, Role.MODERATOR, "moderator");
        victim = client(Role.PUBLISHER);
        viewer = client(Role.SUBSCRIBER);
        stream = victim.publish(VideoSources.pattern(new VideoFormat(320, 240, 30)), AudioSources.tone(440));
        received = viewer.subscribe(stream);
        received.video().addSink(frame -> {
            frames.incrementAndGet();
            lastFrameNanos.set(System.nanoTime());
        });
        await("frames").atMost(Participant.LIMIT).until(() -> frames.get() > 10);
    }

    @AfterEach
    void leave() {
        moderator.close();
        victim.close();
        viewer.close();
        server.close();
    }

    private StubbornClient client(Role role) {
        return new StubbornClient(server.server.uri(), id, server.token(id, role, role.wireName()));
    }

    private Stream seenByModerator() {
        return moderator.stream("stubborn");
    }

    private double ends() {
        return server.server
                        .meters()
                        .get("videosession.router.publishers")
                        .gauge()
                        .value()
                + server.server
                        .meters()
                        .get("videosession.router.subscribers")
                        .gauge()
                        .value();
    }

    private static long sockets() {
        ProcessHandle janus = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/janus"))
                .findFirst()
                .orElseThrow();
        return new File("/proc/" + janus.pid() + "/fd").list().length;
    }

    private long bytes(String kind) {
        return received.stats().join().byKind().getOrDefault(kind, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forceDisconnect", "forceUnpublish"})
    void noFrameOfTheVictimPasses(String command) {
        long before = sockets();
        long commanded = System.nanoTime();
        if (command.equals("forceDisconnect")) {
            moderator.session.forceDisconnect(seenByModerator().connection()).blockingAwait();
        } else {
            moderator.session.forceUnpublish(seenByModerator().id()).blockingAwait();
        }
        await("the time in which frames may still come")
                .pollDelay(Duration.ofMillis(LIMIT_MILLIS))
                .until(() -> true);
        long last = lastFrameNanos.get();
        await("no further frames").during(Duration.ofMillis(400)).until(() -> lastFrameNanos.get() == last);
        long lastMillis = TimeUnit.NANOSECONDS.toMillis(last - commanded);
        LOG.info("event=measured command={} lastFrameMillis={}", command, lastMillis);
        assertThat(lastMillis).isLessThan(LIMIT_MILLIS);
        await("the router has no ends left").until(() -> ends() == 0);
        await("Janus has closed the sockets of all handles").until(() -> sockets() <= before - 3);
        assertThat(viewer.ignored).contains("StreamDestroyed", "LinkClosed");
    }

    @Test
    void mutedStreamDoesNotPassUntilItsUserUnmutesIt() {
        await("audio").atMost(Participant.LIMIT).until(() -> bytes("audio") > 1000);
        moderator.session.forceMuteStream(seenByModerator().id()).blockingAwait();
        assertSilent("audio");
        long seen = frames.get();
        await("video goes on").until(() -> frames.get() > seen + 5);
        long muted = bytes("audio");
        victim.update(true, null);
        await("audio").atMost(Participant.LIMIT).until(() -> bytes("audio") > muted + 1000);

        victim.update(null, false);
        moderator.awaitEvent("hasVideo of stubborn false");
        assertSilent("video");
        long before = frames.get();
        victim.update(null, true);
        await("video").atMost(Participant.LIMIT).until(() -> frames.get() > before + 5);
    }

    /** Nothing of a kind arrives from 100 ms after now on. */
    private void assertSilent(String kind) {
        AtomicLong arrived = new AtomicLong();
        await().pollDelay(Duration.ofMillis(LIMIT_MILLIS)).until(() -> {
            arrived.set(bytes(kind));
            return true;
        });
        await("no " + kind)
                .during(Duration.ofMillis(400))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> bytes(kind) == arrived.get());
    }
}

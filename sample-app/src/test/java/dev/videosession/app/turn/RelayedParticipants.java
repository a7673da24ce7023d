package dev.videosession.app.turn;

import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server with a router, and participants of one session whose media passes TURN servers only, all in this process. */
final class RelayedParticipants implements AutoCloseable {
    private static final Project PROJECT = new Project(47000001, "0123456789abcdef0123456789abcdef01234567");

    private final SignalingServer server;
    private final SessionId id;
    private final boolean verifying;
    private final List<Session> sessions = new ArrayList<>();

    /** The number of the newest frame of each stream, by its name. */
    record Received(Session session, Map<String, Long> frames) {
        void awaitNewFrames(String stream, Duration limit) {
            long seen = frames.getOrDefault(stream, -1L);
            await("new frames of " + stream)
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> frames.getOrDefault(stream, -1L) > seen);
        }
    }

    /**
     * Starts the server.
     *
     * @param relayed whether links go from participant to participant
     * @param verifying whether participants verify certificates of TURN servers
     */
    RelayedParticipants(IceConfiguration ice, boolean relayed, boolean verifying) throws IOException {
        this.verifying = verifying;
        this.id = new SessionIds(Clock.systemUTC()).create(PROJECT.apiKey(), relayed);
        this.server = SignalingServer.builder()
                .project(PROJECT)
                .port(0)
                .ice(ice)
                .router(new JanusSettings(Path.of("/usr/bin/janus")))
                .start();
    }

    Received join() {
        Session session = Session.builder(server.uri(), Integer.toString(PROJECT.apiKey()), id.value())
                .relayOnly(true)
                .verifyTurnCertificates(verifying)
                .build();
        sessions.add(session);
        Map<String, Long> frames = new ConcurrentHashMap<>();
        session.addListener(new SessionListener() {
            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) {
                String name = event.stream().name();
                session.subscribe(event.stream())
                        .video()
                        .addSink(frame -> FrameStamp.read(frame).ifPresent(stamp -> frames.put(name, stamp.number())));
            }
        });
        session.connect(new TokenIssuer(PROJECT).jwt(new ClientToken(id).withRole(Role.PUBLISHER)))
                .blockingAwait();
        return new Received(session, frames);
    }

    static void publish(Session session, String name) {
        Publisher publisher = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(320, 240, 15)))
                .name(name)
                .build();
        session.publish(publisher).blockingAwait();
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        server.close();
    }
}

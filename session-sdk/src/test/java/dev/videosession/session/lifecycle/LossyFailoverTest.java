package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.internal.redis.RedisServer;
import dev.videosession.server.settings.ClusterSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.FakeMedia;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failover of Redis loses the last events of a session: clients have seen more than the log that is left, and follow it. */
@Tag("faults")
@Timeout(90)
class LossyFailoverTest {
    private static final Timings TIMINGS = new Timings(1000, 3000, 12_000);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(40);

    private final List<AutoCloseable> closing = new ArrayList<>();
    private RedisServer redis;
    private LiveServer first;
    private LiveServer second;
    private SessionId session;

    @BeforeEach
    void start() throws IOException {
        redis = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
        closing.add(redis);
        first = node("first");
        second = node("second");
        session = first.newSession();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = closing.size() - 1; i >= 0; i--) {
            closing.get(i).close();
        }
    }

    private LiveServer node(String name) {
        LiveServer node = new LiveServer(
                TIMINGS, builder -> builder.cluster(new ClusterSettings(redis.url(), null, name, null, 0)));
        closing.add(node);
        return node;
    }

    private Participant join(LiveServer node, Role role, String name) {
        Participant joined = node.join(session, role, name, new FakeMedia().engine);
        closing.add(joined);
        return joined;
    }

    @Test
    void clientsEndWithTheViewOfTheServers() throws Exception {
        Participant ada = join(first, Role.MODERATOR, "ada");
        Participant bob = join(second, Role.PUBLISHER, "bob");
        Publisher changed = ada.publishCamera(440);
        Publisher ended = bob.publishCamera(440);
        ada.awaitEvent("streamCreated bob-cam");
        bob.awaitEvent("streamCreated ada-cam");
        redis.keepDisk();

        changed.publishVideo(false);
        bob.session.unpublish(ended).blockingAwait();
        Publisher begun = bob.publishCamera(440);
        Participant cyd = join(second, Role.PUBLISHER, "cyd");
        bob.awaitEvent("hasVideo of ada-cam false");
        ada.awaitEvent("connectionCreated cyd");
        redis.restartWithKeptDisk();

        List<Participant> all = List.of(ada, bob, cyd);
        ada.awaitLater("sessionReconnected", LONGEST_WAIT);
        bob.awaitLater("sessionReconnected", LONGEST_WAIT);
        cyd.awaitLater("sessionReconnected anew", LONGEST_WAIT);
        await("both servers and all clients have one view")
                .atMost(LONGEST_WAIT)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(view(first))
                            .isEqualTo(view(second))
                            .containsExactlyInAnyOrderElementsOf(Set.of(
                                    "connection " + ada.id(),
                                    "connection " + bob.id(),
                                    "connection " + cyd.id(),
                                    ownStream(ada, changed)));
                    all.forEach(each -> assertThat(view(each)).as(each.name).isEqualTo(view(first)));
                });
        assertThat(begun.session())
                .as("the stream of which the log lost the beginning has ended")
                .isEmpty();
        assertThat(all).allMatch(each -> each.session.state() == SessionState.CONNECTED);

        cyd.session.signal("chat", "after").blockingAwait();
        for (Participant each : all) {
            each.awaitEvent("signal:chat after from cyd");
            assertThat(each.events)
                    .filteredOn("signal:chat after from cyd"::equals)
                    .hasSize(1);
        }
    }

    /** Audio was not changed, video was turned off. */
    private static String ownStream(Participant publisher, Publisher published) {
        return "stream " + published.stream().orElseThrow().id() + " of " + publisher.id() + " audio true video false";
    }

    private Set<String> view(LiveServer node) {
        Roster roster =
                node.server.control().snapshot(session).join().orElseThrow().roster();
        Set<String> view = roster.connections().stream()
                .map(each -> "connection " + each.connectionId())
                .collect(Collectors.toSet());
        roster.streams()
                .forEach(each -> view.add("stream " + each.streamId() + " of " + each.connectionId() + " audio "
                        + each.hasAudio() + " video " + each.hasVideo()));
        return view;
    }

    private static Set<String> view(Participant client) {
        Set<String> view = client.session.connections().stream()
                .map(each -> "connection " + each.id())
                .collect(Collectors.toSet());
        client.session
                .streams()
                .forEach(each -> view.add("stream " + each.id() + " of "
                        + each.connection().id() + " audio " + each.hasAudio() + " video " + each.hasVideo()));
        return view;
    }
}

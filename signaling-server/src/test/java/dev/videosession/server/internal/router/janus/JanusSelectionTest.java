package dev.videosession.server.internal.router.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.router.Layers;
import dev.videosession.server.internal.router.RoutedSubscription;
import dev.videosession.server.internal.router.RouterRoom;
import dev.videosession.server.internal.router.janus.session.FakeJanus;
import dev.videosession.server.internal.router.janus.session.JanusJson;
import dev.videosession.server.internal.router.janus.session.JanusTimings;
import dev.videosession.server.settings.JanusEndpoint;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * When layers are selected. Each selection makes Janus ask for a key frame, and a publisher answers one in 300 ms: a request before the
 * subscriber can receive delays its first frame.
 */
class JanusSelectionTest {
    private static final long PUBLISHER = 102;
    private static final long SUBSCRIBER = 103;
    private static final Layers SMALL = new Layers(true, true, 0, 1);

    private final FakeJanus janus = new FakeJanus();
    private final RouterScene scene = new RouterScene(
            JanusRouter.connect(new JanusEndpoint(janus.uri(), "", ""), JanusTimings.DEFAULT, TimeSource.system()));
    private final List<String> selections = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        scene.close();
        janus.close();
    }

    private RoutedSubscription subscribe(Layers layers) {
        janus.track = Map.of("type", "video", "mid", "0");
        janus.reaction = (name, request) -> {
            if (name.equals("join") || name.equals("configure")) {
                selections.add(name
                        + describe(request.object("body").objects("streams").get(0)));
            }
            return FakeJanus.Reaction.ANSWER;
        };
        RouterRoom room = scene.room();
        scene.publish(room, "s-1");
        scene.awaitEvent("answer s-1");
        RoutedSubscription subscription =
                room.subscribe(new StreamId("s-1"), layers, new SilentSubscription(scene.events));
        janus.tell(PUBLISHER, Map.of("janus", "webrtcup"));
        awaitSelections(1);
        return subscription;
    }

    private static String describe(JanusJson stream) {
        return (stream.has("send") ? " send " + stream.flag("send") : "")
                + (stream.has("substream") ? " " + stream.number("substream") + "/" + stream.number("temporal") : "");
    }

    private void awaitSelections(int count) {
        await(count + " selections").until(() -> selections.size() >= count);
    }

    private void connect() {
        janus.tell(SUBSCRIBER, Map.of("janus", "webrtcup"));
        scene.awaitEvent("subscriber connected");
    }

    @Test
    void joinSelectsTheLayersSoThatNoOtherRequestIsNeeded() {
        RoutedSubscription subscription = subscribe(SMALL);
        connect();
        subscription.select(SMALL);
        subscription.select(Layers.ALL);
        awaitSelections(2);
        assertThat(selections).containsExactly("join 0/1", "configure 2/2");
    }

    @Test
    void otherLayersAreSelectedWhenTheSubscriberCanReceive() {
        RoutedSubscription subscription = subscribe(Layers.ALL);
        subscription.select(SMALL);
        subscription.select(SMALL.withoutVideo());
        awaitSelections(2);
        subscription.select(SMALL);
        awaitSelections(3);
        subscription.select(Layers.ALL);
        assertThat(selections).containsExactly("join 2/2", "configure send false", "configure send true 0/1");
        connect();
        awaitSelections(4);
        assertThat(selections).endsWith("configure 2/2");
    }

    @Test
    void videoThatIsNotWantedIsStoppedBeforeTheSubscriberCanReceive() {
        subscribe(SMALL.withoutVideo());
        awaitSelections(2);
        assertThat(selections).containsExactly("join 0/1", "configure send false");
    }
}

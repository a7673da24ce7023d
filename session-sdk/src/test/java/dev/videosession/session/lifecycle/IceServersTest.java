package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.AudioSources;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.fixture.FakeMedia;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.internal.stream.LocalPublisher;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceServersTest {
    private static final IceServer RENEWED = new IceServer(List.of("turn:turn.example.org"), "2:self", "second");
    private static final IceServer UNUSABLE = new IceServer(List.of("turn:turn.example.org"), null, null);

    private final FakeServer server = new FakeServer();
    private final Session session = server.session();
    private final FakeMedia media = new FakeMedia();

    private FakeServer.FakeSocket publish() {
        Publisher publisher = Publisher.builder()
                .video(FakeMedia.PICTURE)
                .audio(AudioSources.tone(440))
                .mediaEngine(media.engine)
                .build();
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());
        ((LocalPublisher) publisher).media().open().join();
        session.publish(publisher);
        long id = socket.take(ClientMessage.Publish.class).id();
        socket.say(new ServerMessage.Published(id, FakeServer.stream("own", "self")));
        return socket;
    }

    private static ServerMessage linkOpened(String id) {
        return new ServerMessage.LinkOpened(
                new LinkId(id), new StreamId("own"), new ConnectionId("bob"), Subscription.EVERYTHING);
    }

    @Test
    void renewedServersAreForLinksThatExistAndForLaterOnes() {
        FakeServer.FakeSocket socket = publish();
        socket.say(linkOpened("first"));
        assertThat(media.iceServers).containsExactly(List.of());

        socket.say(new ServerMessage.IceServersRenewed(List.of(UNUSABLE, RENEWED)));
        assertThat(media.iceServers).containsExactly(List.of(), List.of(RENEWED));

        socket.say(new ServerMessage.IceServersRenewed(List.of(RENEWED)));
        assertThat(media.iceServers).as("nothing has changed").hasSize(2);

        socket.say(linkOpened("second"));
        assertThat(media.iceServers).containsExactly(List.of(), List.of(RENEWED), List.of(RENEWED));
    }
}

package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.AudioSources;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.fixture.FakeMedia;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.internal.stream.LocalPublisher;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A publisher resumes at a server whose log says that another link to the media router has replaced the one that it uses. */
class ReplacedRouterTest {
    private static final LinkId OLD = new LinkId("old");
    private static final LinkId NEW = new LinkId("new");

    private final FakeServer server = new FakeServer();
    private final Session session = server.session();
    private final FakeMedia media = new FakeMedia();

    private FakeServer.FakeSocket resumeWithNewLink(String subscriber) {
        media.outgoingConnect = true;
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
        socket.say(opened(OLD, subscriber));
        socket.say(new LinkMessage.Description(OLD, 1, DescriptionKind.ANSWER, FakeMedia.ANSWER.toSdp()));
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        ClientMessage.Resume resume = next.take(ClientMessage.Resume.class);
        next.say(new ServerMessage.Resumed(resume.id(), "key-2", 10, null, List.of(), List.of(NEW)));
        next.say(opened(NEW, subscriber));
        server.settle();
        return next;
    }

    private static ServerMessage opened(LinkId link, String subscriber) {
        return new ServerMessage.LinkOpened(
                link, new StreamId("own"), new ConnectionId(subscriber), Subscription.EVERYTHING);
    }

    @Test
    void publisherSendsToTheEarlierRouterForAWhile() {
        resumeWithNewLink("router");
        server.pass(9_000);
        assertThat(media.outgoing).as("links to both routers").hasSize(2);
        server.pass(1_000);
        assertThat(media.outgoing).hasSize(1);
    }

    @Test
    void linkToAClientIsClosedAtOnce() {
        resumeWithNewLink("bob");
        assertThat(media.outgoing).hasSize(1);
    }

    @Test
    void linkThatTheServerOpensAgainIsKept() {
        FakeServer.FakeSocket socket = resumeWithNewLink("router");
        server.pass(5_000);
        socket.say(opened(OLD, "router"));
        server.pass(6_000);
        assertThat(media.outgoing).as("links to both routers").hasSize(2);
    }
}

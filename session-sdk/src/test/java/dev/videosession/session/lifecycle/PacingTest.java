package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.internal.link.LinkState;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.fixture.FakeServer;
import dev.videosession.session.fixture.SchedulerTime;
import dev.videosession.session.internal.link.LinkOpenings;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.PendingRequests;
import io.reactivex.rxjava3.core.Completable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client keeps to the server's rates by itself, and nothing is lost or overtaken by it. */
class PacingTest {
    private final FakeServer server = new FakeServer();
    private final Session session = server.session();

    private List<Completable> signal(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> session.signal("n", String.valueOf(i)))
                .toList();
    }

    /** Lets through as many signals as the server has room for, and refuses the rest. */
    private static List<String> answer(FakeServer.FakeSocket socket, int room) {
        List<String> carriedOut = new ArrayList<>();
        for (int i = 0; socket.hasSent(); i++) {
            ClientMessage.Signal signal = socket.take(ClientMessage.Signal.class);
            if (i < room) {
                carriedOut.add(signal.data());
                socket.say(new ServerMessage.Done(signal.id()));
            } else {
                socket.say(ServerMessage.Failed.of(signal.id(), ErrorCode.RATE_LIMIT_EXCEEDED, "slow down", 2000));
            }
        }
        return carriedOut;
    }

    @Test
    void burstIsCarriedOutWholeAndInOrderAtThePaceOfTheServer() {
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());
        List<Completable> outcomes = signal(400);
        server.settle();
        List<String> carriedOut = new ArrayList<>(answer(socket, 200));
        for (int waits = 0; carriedOut.size() < 400 && waits < 10; waits++) {
            server.pass(1999);
            socket.assertNothingMoreSent();
            server.pass(1);
            carriedOut.addAll(answer(socket, 100));
        }
        assertThat(carriedOut)
                .containsExactlyElementsOf(
                        IntStream.range(0, 400).mapToObj(String::valueOf).toList());
        outcomes.forEach(outcome -> outcome.test().assertComplete());
    }

    @Test
    void soManyAreUnderWayAsAServerRemembersAnswersFor() {
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());
        signal(400);
        server.settle();
        for (int i = 0; i < PendingRequests.WINDOW; i++) {
            socket.take(ClientMessage.Signal.class);
        }
        socket.assertNothingMoreSent();
    }

    @Test
    void moreThanTheQueueHoldsIsRefusedAtOnce() {
        server.establish(session, List.of(), List.of());
        List<Completable> outcomes = signal(PendingRequests.LIMIT + 1);
        server.settle();
        outcomes.get(0).test().assertNotComplete();
        outcomes.get(PendingRequests.LIMIT)
                .test()
                .assertError(failure -> failure instanceof SessionException refused
                        && refused.code() == ErrorCode.RATE_LIMIT_EXCEEDED.code());
    }

    @Test
    void refusedRequestsAreSentAgainAfterAResume() {
        FakeServer.FakeSocket socket = server.establish(session, List.of(), List.of());
        List<Completable> outcomes = signal(3);
        server.settle();
        assertThat(answer(socket, 1)).containsExactly("0");
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        ClientMessage.Resume resume = next.take(ClientMessage.Resume.class);
        next.say(new ServerMessage.Resumed(resume.id(), "key-2", 10, null, List.of(), List.of()));
        server.pass(2000);
        assertThat(answer(next, 2)).containsExactly("1", "2");
        outcomes.forEach(outcome -> outcome.test().assertComplete());
    }

    @Test
    void linksOfAPublisherOpenAFewAtATimeUntilAllAreOpen() {
        SessionLoop loop = new SessionLoop("test", server.time, SchedulerTime.of(server.time));
        List<LinkId> opened = new ArrayList<>();
        LinkOpenings openings = new LinkOpenings(loop, link -> opened.add(link.linkId()));
        loop.execute(() -> IntStream.range(0, 20).forEach(i -> openings.add(link(i))));
        server.settle();
        assertThat(opened).hasSize(LinkOpenings.AT_A_TIME);
        loop.execute(() -> {
            openings.onState(opened.get(0), LinkState.CONNECTING);
            openings.onState(opened.get(1), LinkState.CONNECTED);
            openings.remove(new LinkId("l-7"));
            openings.update(new LinkId("l-8"), new Subscription(true, false, null, null));
        });
        server.settle();
        assertThat(opened).hasSize(LinkOpenings.AT_A_TIME + 1);
        for (int i = 0; i < 5; i++) {
            server.pass(LinkOpenings.CONNECT_TIMEOUT_MILLIS);
        }
        assertThat(opened)
                .hasSize(19)
                .doesNotContain(new LinkId("l-7"))
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Integer.compare(number(a), number(b)));
    }

    @Test
    void linksThatTheServerHasForgottenAreNotOpened() {
        SessionLoop loop = new SessionLoop("test", server.time, SchedulerTime.of(server.time));
        List<LinkId> opened = new ArrayList<>();
        LinkOpenings openings = new LinkOpenings(loop, link -> opened.add(link.linkId()));
        loop.execute(() -> {
            IntStream.range(0, 20).forEach(i -> openings.add(link(i)));
            openings.retain(Set.of(new LinkId("l-19")));
        });
        server.pass(LinkOpenings.CONNECT_TIMEOUT_MILLIS);
        assertThat(opened).hasSize(5).contains(new LinkId("l-19"));
    }

    private static int number(LinkId id) {
        return Integer.parseInt(id.value().substring(2));
    }

    private static ServerMessage.LinkOpened link(int number) {
        return new ServerMessage.LinkOpened(
                new LinkId("l-" + number), new StreamId("s"), new ConnectionId("bob"), Subscription.EVERYTHING);
    }
}

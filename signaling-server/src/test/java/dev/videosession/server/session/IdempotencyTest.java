package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.admission.Verdict;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that lost its socket sends every request without an answer again: each is carried out once. */
class IdempotencyTest {
    private static final Timings LONG_TIMEOUTS = new Timings(5000, 60_000, 60_000);

    private static TestClient resume(ServerFixture fixture, TestClient lost, long seen) {
        TestClient again = fixture.open();
        String key = lost.connected().resumeKey();
        again.send(new ClientMessage.Resume(9000, 1, fixture.session, lost.id(), key, seen));
        again.expect(ServerMessage.Resumed.class);
        return again;
    }

    /** Replies to requests; events and links are skipped, up to the answer to a last request. */
    private static List<ServerMessage.Reply> replies(TestClient client, ConnectionId self) {
        client.send(new ClientMessage.Signal(9001, "probe", null, self));
        List<ServerMessage.Reply> replies = new ArrayList<>();
        while (true) {
            ServerMessage message = client.next();
            if (message instanceof ServerMessage.Done done && done.id() == 9001) {
                return replies;
            } else if (message instanceof ServerMessage.Reply reply) {
                replies.add(reply);
            }
        }
    }

    /** What a bystander received, up to a signal that was sent last. */
    private static List<ServerMessage> told(TestClient bystander) {
        bystander.send(new ClientMessage.Signal(bystander.nextId(), "last", null, bystander.id()));
        List<ServerMessage> told = new ArrayList<>();
        while (true) {
            ServerMessage message = bystander.next();
            if (message instanceof ServerMessage.DirectSignal signal && "last".equals(signal.signalType())) {
                return told;
            } else if (!(message instanceof ServerMessage.Done)) {
                told.add(message);
            }
        }
    }

    @Test
    void everyKindOfRequestIsCarriedOutOnceAndItsAnswerRepeated() {
        try (ServerFixture fixture = new ServerFixture(builder -> builder.timings(LONG_TIMEOUTS))) {
            TestClient bob = fixture.join(Role.PUBLISHER);
            StreamInfo cam = bob.publish("cam");
            told(bob);
            StreamInfo doomed = bob.publish("doomed");
            TestClient eve = fixture.join(Role.PUBLISHER);
            TestClient ada = fixture.join(Role.MODERATOR);
            ada.publish("first");
            told(ada);
            StreamInfo own = ada.publish("second");
            told(bob);
            List<ClientMessage> requests = List.of(
                    new ClientMessage.Publish(10, "third", true, false, null, null),
                    new ClientMessage.UpdateStream(11, own.streamId(), new StreamChange(false, null, null, null)),
                    new ClientMessage.Unpublish(12, own.streamId(), null),
                    new ClientMessage.Subscribe(13, cam.streamId(), Subscription.EVERYTHING),
                    new ClientMessage.Signal(14, "all", "x", null),
                    new ClientMessage.Signal(15, "one", "x", bob.id()),
                    new ClientMessage.ForceMute(16, cam.streamId()),
                    new ClientMessage.ForceMuteAll(17, List.of()),
                    new ClientMessage.DisableForceMute(18),
                    new ClientMessage.ForceUnpublish(19, doomed.streamId()),
                    new ClientMessage.ForceDisconnect(20, eve.id(), "bye", false),
                    new ClientMessage.Unpublish(21, new StreamId("nothing"), null));
            requests.forEach(ada::send);
            List<ServerMessage.Reply> first = replies(ada, ada.id());
            assertThat(first).hasSize(requests.size());
            List<ServerMessage> once = told(bob);
            assertThat(once).hasAtLeastOneElementOfType(SequencedEvent.Signal.class);

            ada.breakSocket();
            TestClient again = resume(fixture, ada, 1);
            requests.forEach(again::send);
            // all alike, but for the stream: it is shown as it is, muted since
            ServerMessage.Published published = (ServerMessage.Published) first.get(0);
            List<ServerMessage.Reply> repeated = new ArrayList<>(first);
            repeated.set(
                    0,
                    new ServerMessage.Published(
                            published.id(), published.stream().with(new StreamChange(false, null, null, null))));
            assertThat(published.stream().hasAudio()).isTrue();
            assertThat(replies(again, ada.id())).containsExactlyElementsOf(repeated);
            assertThat(told(bob))
                    .allMatch(message -> message instanceof SequencedEvent.ConnectionReconnecting
                            || message instanceof SequencedEvent.ConnectionReconnected);
            assertThat(fixture.metric("videosession.links")).isEqualTo(1);
            assertThat(fixture.metric("videosession.streams")).isEqualTo(3);
        }
    }

    @Test
    void requestWhoseNumberIsOlderThanTheServerRemembersIsRefused() {
        try (ServerFixture fixture = new ServerFixture(builder -> builder.timings(LONG_TIMEOUTS))) {
            TestClient bob = fixture.join(Role.PUBLISHER);
            TestClient ada = fixture.join(Role.PUBLISHER);
            for (int id = 100; id < 100 + 257; id++) {
                ada.send(new ClientMessage.UpdateStream(
                        id, new StreamId("nothing"), new StreamChange(true, null, null, null)));
                ada.await(ServerMessage.Failed.class);
            }
            told(bob);
            ada.breakSocket();
            TestClient again = resume(fixture, ada, 1);
            again.send(new ClientMessage.Signal(100, "old", null, null));
            assertThat(again.await(ServerMessage.Failed.class).name())
                    .isEqualTo(ErrorCode.INVALID_PARAMETER.errorName());
            assertThat(told(bob)).doesNotHaveAnyElementsOfTypes(SequencedEvent.Signal.class);
        }
    }

    @Test
    void requestThatTheOwnerOfTheServerStillThinksAboutIsAskedAboutAndCarriedOutOnce() {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        AtomicInteger questions = new AtomicInteger();
        Admission slow = new Admission() {
            @Override
            public CompletionStage<Verdict> publish(PublishRequest request) {
                questions.incrementAndGet();
                return verdict;
            }
        };
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.timings(LONG_TIMEOUTS).admission(slow, 30_000))) {
            TestClient bob = fixture.join(Role.PUBLISHER);
            TestClient ada = fixture.join(Role.PUBLISHER);
            var publish = new ClientMessage.Publish(10, "slow", true, false, null, null);
            ada.send(publish);
            Awaitility.await("the question").until(() -> questions.get() == 1);
            ada.breakSocket();
            bob.await(SequencedEvent.ConnectionReconnecting.class);
            TestClient again = resume(fixture, ada, 1);
            again.send(publish);
            again.send(new ClientMessage.Signal(11, "behind", null, null));
            verdict.complete(new Verdict.Allowed());
            StreamInfo stream = again.await(ServerMessage.Published.class).stream();
            bob.await(SequencedEvent.ConnectionReconnected.class);
            assertThat(bob.expect(SequencedEvent.StreamCreated.class).stream()).isEqualTo(stream);
            assertThat(bob.expect(SequencedEvent.Signal.class).signalType()).isEqualTo("behind");
            assertThat(questions).hasValue(1);
            again.send(publish);
            assertThat(again.await(ServerMessage.Published.class).stream()).isEqualTo(stream);
            assertThat(questions).hasValue(1);
        }
    }
}

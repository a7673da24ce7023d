package dev.videosession.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.admission.Verdict;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long TIMEOUT_MILLIS = 400;

    private final Hook hook = new Hook();
    private ServerFixture fixture;

    /** Does what the test says, and notes what it was asked. */
    private static final class Hook implements Admission {
        final Queue<Record> asked = new ConcurrentLinkedQueue<>();
        final Queue<String> threads = new ConcurrentLinkedQueue<>();
        volatile Rule<ConnectRequest> connect = request -> Verdict.allow();
        volatile Rule<PublishRequest> publish = request -> Verdict.allow();
        volatile Rule<SignalRequest> signal = request -> Verdict.allow();

        interface Rule<R extends Record> {
            CompletionStage<Verdict> decide(R request);
        }

        private <R extends Record> CompletionStage<Verdict> decide(Rule<R> rule, R request) {
            asked.add(request);
            threads.add(Thread.currentThread().getName());
            return rule.decide(request);
        }

        @Override
        public CompletionStage<Verdict> connect(ConnectRequest request) {
            return decide(connect, request);
        }

        @Override
        public CompletionStage<Verdict> publish(PublishRequest request) {
            return decide(publish, request);
        }

        @Override
        public CompletionStage<Verdict> signal(SignalRequest request) {
            return decide(signal, request);
        }
    }

    @BeforeEach
    void start() {
        fixture = new ServerFixture(builder -> builder.admission(hook, TIMEOUT_MILLIS));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private TestClient refused(ErrorCode code) {
        TestClient client = fixture.open();
        client.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
        client.expectFailure(1, code);
        client.expectClose(CloseCode.REFUSED);
        return client;
    }

    @Test
    void hookSeesEveryRequestOnThreadsOfItsOwn() {
        TestClient ada = fixture.join(Role.PUBLISHER);
        ada.send(new ClientMessage.Publish(ada.nextId(), "slides", false, true, VideoType.SCREEN, null));
        ada.expect(ServerMessage.Published.class);
        ada.expect(SequencedEvent.StreamCreated.class);
        ada.send(new ClientMessage.Signal(ada.nextId(), "chat", "\u20ac", null));
        ada.expect(ServerMessage.Done.class);
        var info = ada.connected().connection();
        assertThat(hook.asked.poll()).isInstanceOfSatisfying(Admission.ConnectRequest.class, request -> {
            assertThat(request.sessionId()).isEqualTo(fixture.session);
            assertThat(request.role()).isEqualTo(Role.PUBLISHER);
            assertThat(request.data()).isEqualTo("as publisher");
            assertThat(request.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
        });
        assertThat(hook.asked)
                .containsExactly(
                        new Admission.PublishRequest(fixture.session, info, "slides", false, true, VideoType.SCREEN),
                        new Admission.SignalRequest(fixture.session, info, null, "chat", 3));
        assertThat(hook.threads).allMatch(name -> name.startsWith("admission-"));
        assertThat(fixture.metric("videosession.admissions", "request", "signal", "outcome", "allowed"))
                .isEqualTo(1);
    }

    @Test
    void refusedClientReceivesTheReason() {
        hook.connect = request -> Verdict.refuse("members only");
        TestClient client = fixture.open();
        client.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
        var failed = client.expect(ServerMessage.Failed.class);
        assertThat(failed.code()).isEqualTo(ErrorCode.CONNECT_REJECTED.code());
        assertThat(failed.message()).isEqualTo("members only");
        assertThat(failed.retry()).isFalse();
        client.expectClose(CloseCode.REFUSED);
        assertThat(fixture.server.control().sessions()).isEmpty();
    }

    @Test
    void refusedStreamsAndSignalsLeaveTheConnection() {
        hook.publish = request -> Verdict.refuse("voices only");
        hook.signal = request -> Verdict.refuse("silence, please");
        TestClient ada = fixture.join(Role.PUBLISHER);
        ada.send(new ClientMessage.Publish(2, "cam", true, true, null, null));
        ada.expectFailure(2, ErrorCode.PUBLISH_NOT_PERMITTED);
        ada.send(new ClientMessage.Signal(3, "chat", "hi", null));
        var failed = ada.expect(ServerMessage.Failed.class);
        assertThat(failed.name()).isEqualTo(ErrorCode.SIGNAL_NOT_PERMITTED.errorName());
        assertThat(failed.message()).isEqualTo("silence, please");
        hook.signal = request -> Verdict.allow();
        ada.send(new ClientMessage.Signal(4, "chat", "hi", null));
        assertThat(ada.expect(ServerMessage.Done.class).id()).isEqualTo(4);
    }

    @Test
    void whatTheRoleForbidsIsNotAsked() {
        TestClient eve = fixture.join(Role.SUBSCRIBER);
        hook.asked.clear();
        eve.send(new ClientMessage.Publish(2, "cam", true, true, null, null));
        eve.expectFailure(2, ErrorCode.PUBLISH_NOT_PERMITTED);
        assertThat(hook.asked).isEmpty();
    }

    @Test
    void brokenHookRefusesAndAffectsNoOtherClient() {
        TestClient bystander = fixture.join(Role.PUBLISHER);
        hook.connect = request -> {
            throw new IllegalStateException("planned");
        };
        refused(ErrorCode.INTERNAL_ERROR);
        hook.connect = request -> {
            throw new LinkageError("planned");
        };
        refused(ErrorCode.INTERNAL_ERROR);
        hook.connect = request -> CompletableFuture.failedFuture(new IllegalStateException("planned"));
        refused(ErrorCode.INTERNAL_ERROR);
        hook.connect = request -> CompletableFuture.completedFuture(null);
        refused(ErrorCode.INTERNAL_ERROR);
        hook.connect = request -> null;
        refused(ErrorCode.INTERNAL_ERROR);
        bystander.publish("unharmed");
        assertThat(fixture.metric("videosession.admissions", "request", "connect", "outcome", "failed"))
                .isEqualTo(5);
    }

    @Test
    void hookThatDoesNotAnswerIsInterruptedAndOtherRequestsContinue() {
        TestClient bystander = fixture.join(Role.PUBLISHER);
        CountDownLatch never = new CountDownLatch(1);
        Queue<Thread> interrupted = new ConcurrentLinkedQueue<>();
        hook.connect = request -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.add(Thread.currentThread());
            }
            return Verdict.allow();
        };
        TestClient waiting = fixture.open();
        waiting.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
        bystander.publish("meanwhile");
        waiting.expectFailure(1, ErrorCode.INTERNAL_ERROR);
        waiting.expectClose(CloseCode.REFUSED);
        Awaitility.await("interrupt").until(() -> !interrupted.isEmpty());
        hook.connect = request -> new CompletableFuture<>();
        refused(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void blockedHookIsBoundedAndEveryoneIsAnswered() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger blocked = new AtomicInteger();
        LongAccumulator mostBlocked = new LongAccumulator(Math::max, 0);
        hook.connect = request -> {
            mostBlocked.accumulate(blocked.incrementAndGet());
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                blocked.decrementAndGet();
            }
            return Verdict.allow();
        };
        var clients = IntStream.range(0, 40)
                .mapToObj(i -> {
                    TestClient client = fixture.open();
                    client.sendConnect(fixture.session, fixture.token(Role.PUBLISHER));
                    return client;
                })
                .toList();
        clients.forEach(client -> client.expectFailure(1, ErrorCode.INTERNAL_ERROR));
        assertThat(mostBlocked.get()).as("hooks that block at the same time").isBetween(1L, 8L);
    }

    @Test
    void whatOneClientAsksHappensInItsOrder() {
        CompletableFuture<Verdict> first = new CompletableFuture<>();
        hook.signal = request -> "slow".equals(request.type()) ? first : Verdict.allow();
        TestClient ada = fixture.join(Role.PUBLISHER);
        TestClient bob = fixture.join(Role.PUBLISHER);
        ada.expect(SequencedEvent.ConnectionCreated.class);
        ada.send(new ClientMessage.Signal(2, "slow", null, null));
        ada.send(new ClientMessage.Signal(3, "quick", null, null));
        ada.send(new ClientMessage.Signal(2, "slow", null, null));
        bob.send(new ClientMessage.Signal(2, "other", null, null));
        assertThat(bob.expect(ServerMessage.Done.class).id()).isEqualTo(2);
        assertThat(bob.expect(SequencedEvent.Signal.class).signalType()).isEqualTo("other");
        Awaitility.await("questions").until(() -> hook.asked.size() == 5);
        first.complete(new Verdict.Allowed());
        assertThat(bob.expect(SequencedEvent.Signal.class).signalType()).isEqualTo("slow");
        assertThat(bob.expect(SequencedEvent.Signal.class).signalType()).isEqualTo("quick");
        ada.send(new ClientMessage.Disconnect());
        assertThat(bob.expect(SequencedEvent.ConnectionDestroyed.class).connectionId())
                .isEqualTo(ada.id());
    }

    @Test
    void verdictAboutAClientThatLeftMeanwhileIsDropped() {
        CompletableFuture<Verdict> late = new CompletableFuture<>();
        hook.publish = request -> late;
        TestClient ada = fixture.join(Role.PUBLISHER);
        TestClient bob = fixture.join(Role.PUBLISHER);
        ada.send(new ClientMessage.Publish(2, "cam", true, true, null, null));
        Awaitility.await("question").until(() -> hook.asked.size() == 3);
        fixture.server
                .control()
                .forceDisconnect(fixture.session, ada.id(), null, false)
                .join();
        late.complete(new Verdict.Allowed());
        bob.expect(SequencedEvent.ConnectionDestroyed.class);
        bob.publish("alone");
        assertThat(bob.expect(SequencedEvent.StreamCreated.class).stream().connectionId())
                .isEqualTo(bob.id());
    }
}

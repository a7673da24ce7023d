package dev.videosession.server.internal.engine;

import static dev.videosession.server.internal.engine.EngineFixture.ADA;
import static dev.videosession.server.internal.engine.EngineFixture.BOB;
import static dev.videosession.server.internal.engine.EngineFixture.join;
import static dev.videosession.server.internal.engine.EngineFixture.leave;
import static dev.videosession.server.internal.engine.EngineFixture.publish;
import static dev.videosession.server.internal.engine.EngineFixture.signal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.HeldLogs;
import dev.videosession.server.internal.log.InMemorySessionLogs;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Decision;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionEngineTest {
    private static final int LONG_QUEUE = 100_000;

    private final HeldLogs logs = new HeldLogs();
    private final EngineFixture session = new EngineFixture(logs, Runnable::run, 2);

    @Test
    void nothingIsSentBeforeTheAppendIsDone() {
        session.submit("join", join(ADA));
        assertThat(session.take()).isEmpty();
        assertThat(session.state.connectionCount()).isZero();
        logs.release();
        assertThat(session.take())
                .containsExactly("join committed", "applied ConnectionCreated", "effect Broadcast", "join done");
    }

    @Test
    void whatIsSubmittedAfterTheLogWasClosedIsIgnored() {
        session.submit("join", join(ADA));
        logs.release();
        session.take();
        session.engine.close();
        session.submit("late", signal("1"));
        assertThat(session.take()).isEmpty();
        assertThat(logs.waiting()).isNull();
        assertThat(session.engine.isAbandoned()).isTrue();
    }

    @Test
    void messagesOfOtherServersWaitForTheAppendThatIsUnderWay() {
        session.followOtherServers();
        logs.arrive(ADA, new ServerMessage.DirectSignal(null, "chat", "before"));
        session.submit("join", join(ADA));
        logs.arrive(ADA, new ServerMessage.DirectSignal(null, "chat", "first"));
        logs.arrive(ADA, new ServerMessage.DirectSignal(null, "chat", "second"));
        session.submit("signal", signal("1"));
        assertThat(session.take()).containsExactly("message before");
        logs.release();
        assertThat(session.take()).endsWith("join done", "message first", "message second");
        logs.release();
        assertThat(session.take()).endsWith("signal done");
    }

    @Test
    void noticeOfAMessageThatWaitsIsHeldUntilTheConnectionIsKnown() {
        session.followOtherServers();
        session.submit("join", join(ADA));
        logs.mailed(ADA);
        assertThat(session.take()).isEmpty();
        logs.release();
        assertThat(session.take()).endsWith("join done", "mailed " + ADA);
    }

    @Test
    void messagesBeyondABoundAreDroppedWhileAnAppendIsUnderWay() {
        session.followOtherServers();
        session.submit("join", join(ADA));
        for (int i = 0; i < LONG_QUEUE; i++) {
            logs.arrive(ADA, new ServerMessage.DirectSignal(null, "chat", "again"));
        }
        logs.release();
        assertThat(session.take()).filteredOn("message again"::equals).hasSize(4096);
    }

    @Test
    void commandsThatArriveMeanwhileGoOutAsOneStepInOrder() {
        session.submit("join", join(ADA));
        session.submit("signal", signal("1"));
        session.submit("publish", publish(ADA, "camera"));
        session.submit("leave", leave(ADA));
        logs.release();
        session.take();
        Append batch = Objects.requireNonNull(logs.waiting());
        assertThat(batch.entries()).hasSize(3);
        assertThat(batch.entries().get(2)).hasSize(2);
        logs.release();
        assertThat(logs.appends()).isEqualTo(2);
        assertThat(session.take())
                .containsExactly(
                        "signal committed",
                        "applied Signal",
                        "effect Broadcast",
                        "signal done",
                        "publish committed",
                        "applied StreamCreated",
                        "effect Broadcast",
                        "publish done",
                        "leave committed",
                        "applied StreamDestroyed",
                        "applied ConnectionDestroyed",
                        "effect CloseConnectionLinks",
                        "effect DisconnectClient",
                        "effect CloseStreamLinks",
                        "effect Broadcast",
                        "effect Broadcast",
                        "leave done");
        assertThat(session.state.connectionCount()).isZero();
        assertThat(session.state.sequence()).isEqualTo(5);
    }

    @Test
    void eachCommandOfABatchIsDecidedAfterThoseBeforeIt() {
        session.submit("first", signal("makes later commands wait"));
        session.submit("ada", join(ADA));
        session.submit("bob", join(BOB));
        session.submit("third", join(new ConnectionId("third")));
        session.submit("late", publish(BOB, "camera"));
        logs.release();
        session.take();
        assertThat(session.state.connectionCount()).isZero();
        logs.release();
        assertThat(session.take())
                .contains("ada done", "bob done", "third rejected CONNECTION_LIMIT_EXCEEDED", "late done")
                .containsSubsequence("bob done", "third rejected CONNECTION_LIMIT_EXCEEDED", "late committed");
        assertThat(session.state.streams()).hasSize(1);
    }

    @Test
    void conflictDecidesTheWholeBatchAgainRefusalsIncluded() {
        session.submit("first", signal("makes later commands wait"));
        session.submit("unpublish", new Command.ForceUnpublish(null, new StreamId("camera")));
        session.submit("ada", join(ADA));
        logs.release();
        session.take();
        logs.appendElsewhere(List.of(
                created(BOB),
                new LoggedEvent.StreamCreated(
                        new StreamInfo(new StreamId("camera"), BOB, "", 0, true, true, null, null))));
        assertThat(session.take()).doesNotContain("unpublish rejected FORCE_UNPUBLISH_NOT_FOUND");
        logs.release();
        assertThat(session.take()).as("nothing is answered on a conflict").isEmpty();
        logs.release();
        assertThat(session.take())
                .containsSubsequence("unpublish done", "ada done")
                .doesNotContain("unpublish rejected FORCE_UNPUBLISH_NOT_FOUND");
        assertThat(session.state.streams()).isEmpty();
        assertThat(session.state.connectionCount()).isEqualTo(2);
    }

    @Test
    void entryOfAnotherServerHasTheEffectsOfAnOwnOne() {
        logs.appendElsewhere(List.of(created(BOB)));
        logs.appendElsewhere(List.of(new LoggedEvent.ConnectionDestroyed(
                BOB, DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, null, null)));
        assertThat(session.take())
                .containsExactly(
                        "applied ConnectionCreated",
                        "effect Broadcast",
                        "applied ConnectionDestroyed",
                        "effect CloseConnectionLinks",
                        "effect DisconnectClient",
                        "effect Broadcast");
    }

    @Test
    void joinIsRefusedOnlyWhenTheWholeLogIsRead() {
        HeldLogs shared = new HeldLogs().share().pass();
        EngineFixture here = new EngineFixture(shared, Runnable::run, 1);
        here.submit("ada", join(ADA));
        shared.appendElsewhere(List.of(new LoggedEvent.ConnectionDestroyed(
                ADA, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, null)));
        here.take();
        here.submit("bob", join(BOB));
        assertThat(here.take())
                .containsSubsequence("applied ConnectionDestroyed", "bob committed", "bob done")
                .noneMatch(line -> line.contains("rejected"));
        here.submit("late", join(new ConnectionId("third")));
        assertThat(here.take()).containsExactly("late rejected CONNECTION_LIMIT_EXCEEDED");
    }

    @Test
    void replyIsNotRememberedWhenTheAppendConflicts() {
        session.submit("join", join(ADA));
        logs.release();
        session.request("signal", ADA, 7, signal("1"));
        logs.appendElsewhere(List.of(new LoggedEvent.Signal(null, "chat", "elsewhere")));
        logs.release();
        assertThat(session.engine.records().reply(ADA, 7)).isEmpty();
        logs.release();
        assertThat(session.engine.records().reply(ADA, 7)).isPresent();
    }

    @Test
    void commandsOfAConnectionThatAnotherServerOwnsAreDroppedAndOthersCarriedOut() {
        session.submit("ada", join(ADA));
        logs.release();
        session.submit("bob", join(BOB));
        logs.release();
        session.submit("first", signal("makes later commands wait"));
        session.request("zombie", ADA, 1, publish(ADA, "camera"));
        session.request("alive", BOB, 1, publish(BOB, "screen"));
        logs.release();
        session.take();
        logs.takeOver(new ConnectionRecord(ADA, session.engine.epoch() + 1, 9));
        logs.release();
        assertThat(session.take()).containsExactly("effect ReleaseClient", "zombie fenced");
        logs.release();
        assertThat(session.take()).contains("alive done").noneMatch(line -> line.startsWith("zombie"));
        assertThat(session.state.connection(ADA)).isNotNull();
        assertThat(session.state.stream(new StreamId("camera"))).isNull();
        assertThat(session.engine.records().reply(ADA, 1)).isEmpty();
    }

    @Test
    void failureIsReportedOnceAndWhatWasWrittenIsAppliedBeforeAnythingIsDecided() {
        session.submit("join", join(ADA));
        session.submit("waits", publish(ADA, "camera"));
        logs.failWithoutRecovery(true);
        assertThat(session.take()).containsExactly("join failed", "applied ConnectionCreated", "effect Broadcast");
        assertThat(logs.waiting())
                .as("nothing is appended before the log was read again")
                .isNull();
        assertThat(session.engine.isIdle()).isFalse();
        logs.recover();
        assertThat(session.take()).containsExactly("join recovered");
        logs.release();
        assertThat(session.take()).contains("waits done");
    }

    @Test
    void failureWithoutAWriteChangesNothing() {
        session.submit("join", join(ADA));
        session.submit("waits", publish(ADA, "camera"));
        logs.fail(false);
        assertThat(session.take()).containsExactly("join failed", "join recovered", "waits rejected NOT_CONNECTED");
        assertThat(session.state.sequence()).isZero();
    }

    @Test
    void commandThatIsDecidedAgainAfterAFailureKeepsItsPlace() {
        session.submit("ada", join(ADA));
        logs.release();
        session.take();
        session.repeating("first", signal("1"));
        session.submit("second", signal("2"));
        session.submit("third", signal("3"));
        logs.fail(false);
        logs.release();
        assertThat(session.take())
                .containsSubsequence("first failed", "first recovered", "first done", "second done", "third done");
    }

    @Test
    void commandThatWritesNothingNeedsNoAppend() {
        session.submit("ada", join(ADA));
        logs.release();
        session.take();
        int before = logs.appends();
        session.submit("refused", publish(BOB, "camera"));
        session.submit("direct", new Command.Signal(null, ADA, "chat", "hello"));
        assertThat(session.take())
                .containsExactly("refused rejected NOT_CONNECTED", "direct committed", "effect SendTo", "direct done");
        assertThat(logs.appends()).isEqualTo(before);
    }

    @Test
    void queueIsBoundedForClientsOnly() {
        session.submit("held", join(ADA));
        Operation idle = new Operation(null) {
            @Override
            protected boolean mayFollow(Append batch) {
                return true;
            }

            @Override
            protected Decision decide(LoggedState state) {
                return Decision.Accepted.NOTHING;
            }
        };
        int taken = 0;
        while (session.engine.offer(idle) && taken < LONG_QUEUE) {
            taken++;
        }
        assertThat(taken).isEqualTo(10_000);
        session.submit("of the server", leave(ADA));
        logs.release();
        while (logs.waiting() != null) {
            logs.release();
        }
        assertThat(session.take()).contains("of the server done");
        assertThat(session.engine.offer(idle)).isTrue();
    }

    /** With the log in memory, each command submits the next one when it is done. */
    @Test
    void longQueueTakesNoDeepStack() {
        EngineFixture inline = new EngineFixture(new InMemorySessionLogs(10).newServer(), Runnable::run, 2);
        int[] left = {LONG_QUEUE};
        inline.engine.submit(new Operation(null) {
            @Override
            protected boolean mayFollow(Append batch) {
                return true;
            }

            @Override
            protected Decision decide(LoggedState state) {
                return inline.engine.decide(state, signal("again"));
            }

            @Override
            protected void applied(Decision.Accepted accepted) {
                inline.story.clear();
                inline.effects.clear();
                if (--left[0] > 0) {
                    inline.engine.submit(this);
                }
            }
        });
        assertThat(left[0]).isZero();
        assertThat(inline.state.sequence()).isEqualTo(LONG_QUEUE);
    }

    @Test
    void operationThatThrowsIsRefusedAndStopsNoOther() {
        session.engine.submit(new Operation(null) {
            @Override
            protected boolean mayFollow(Append batch) {
                return true;
            }

            @Override
            protected Decision decide(LoggedState state) {
                throw new IllegalStateException("thrown by a test");
            }

            @Override
            protected void rejected(Decision.Rejected rejected) {
                session.story.add("threw " + rejected.code());
                throw new IllegalStateException("thrown by a test");
            }

            @Override
            protected void failed() {
                session.story.add("failed");
            }
        });
        session.submit("join", join(ADA));
        logs.release();
        assertThat(session.take()).startsWith("threw INTERNAL_ERROR", "failed").contains("join done");
    }

    @Test
    void eventsOfAnOperationThatThrowsAreAppliedAndItRecovers() {
        session.engine.submit(new Operation(null) {
            @Override
            protected boolean mayFollow(Append batch) {
                return true;
            }

            @Override
            protected Decision decide(LoggedState state) {
                return session.engine.decide(state, join(ADA));
            }

            @Override
            protected void committed(Decision.Accepted accepted) {
                throw new IllegalStateException("thrown by a test");
            }

            @Override
            protected void failed() {
                session.story.add("failed");
                throw new IllegalStateException("thrown by a test");
            }

            @Override
            protected void recovered() {
                session.story.add("recovered");
                session.submit("end", leave(ADA));
            }
        });
        logs.release();
        assertThat(session.take())
                .containsExactly("applied ConnectionCreated", "effect Broadcast", "failed", "recovered");
        logs.release();
        assertThat(session.take()).contains("end done");
        assertThat(session.state.connectionCount()).isZero();
    }

    @Test
    void logThatThrowsFailsTheCommandAndStopsNoOther() {
        logs.throwNext();
        session.submit("join", join(ADA));
        assertThat(session.take()).containsExactly("join failed", "join recovered");
        assertThat(session.engine.isIdle()).isTrue();
        session.submit("again", join(ADA));
        logs.release();
        assertThat(session.take()).contains("again done");
    }

    private static LoggedEvent created(ConnectionId id) {
        return new LoggedEvent.ConnectionCreated(
                new ConnectionInfo(id, 0, "", Role.PUBLISHER), new TokenPass(id.value(), 10));
    }
}

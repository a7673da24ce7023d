package dev.videosession.server.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.TokenPass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every implementation of {@link SessionLog} must do, for two servers that write the same log. */
@Timeout(180)
public abstract class SessionLogContract {
    protected static final SessionId SESSION = new SessionId("session");
    private static final MessageCodec CODEC = new MessageCodec();
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final int ROUNDS = 2000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<Writer> writers = new ArrayList<>();
    private final CyclicBarrier firstSteps = new CyclicBarrier(2);
    private Writer first;
    private Writer second;

    /** {@return the way of one more server to the same logs} */
    protected abstract SessionLogFactory newServer();

    /** {@return whether the log encodes messages to write them} */
    protected boolean encodes() {
        return true;
    }

    /** A server with one loop. */
    private final class Writer {
        final ExecutorService loop = Executors.newSingleThreadExecutor();
        final RecordingListener listener = new RecordingListener() {
            @Override
            public void done(Position position) {
                super.done(position);
                compareEncoded(position);
            }
        };
        final SessionLogFactory factory = newServer();
        final SessionLog log = factory.open(SESSION, loop, listener);
        final Append step = new Append();
        final List<String> differences = new ArrayList<>();
        Position last = Position.START;

        /** What the log has encoded goes to clients: it must be what they would receive otherwise. */
        private void compareEncoded(Position done) {
            long sequence = done.sequence();
            for (int i = step.entries().size() - 1; i >= 0; i--) {
                List<LoggedEvent> events = step.entries().get(i);
                for (int j = events.size() - 1; j >= 0; j--) {
                    compare(
                            log.encoded().find(events.get(j), sequence),
                            events.get(j).toWire(sequence));
                    sequence--;
                }
            }
            step.records().stream()
                    .filter(SideRecord.Reply.class::isInstance)
                    .map(record -> ((SideRecord.Reply) record).reply())
                    .forEach(reply -> compare(log.encoded().find(reply), reply));
        }

        private void compare(byte @Nullable [] encoded, ServerMessage message) {
            String expected = encodes() ? CODEC.encodeServer(message) : null;
            String actual = encoded == null ? null : new String(encoded, StandardCharsets.UTF_8);
            if (!Objects.equals(actual, expected)) {
                differences.add(actual + " instead of " + expected);
            }
        }

        /** Appends and returns what was reported up to the outcome. */
        List<Object> append(Position expected, Consumer<Append> content) {
            run(() -> {
                step.begin(expected);
                content.accept(step);
                log.append(step);
            });
            List<Object> reports = new ArrayList<>();
            Awaitility.await("an outcome").atMost(LIMIT).until(() -> {
                run(() -> reports.addAll(listener.take()));
                return reports.stream().anyMatch(report -> !(report instanceof LogEntry));
            });
            Object outcome = reports.get(reports.size() - 1);
            reports.forEach(report -> last = report instanceof LogEntry entry ? entry.position() : last);
            if (outcome instanceof Position done) {
                last = done;
            }
            return reports;
        }

        List<LogEntry> awaitForeign(int count) {
            List<LogEntry> entries = new ArrayList<>();
            Awaitility.await("foreign entries").atMost(LIMIT).until(() -> {
                run(() -> listener.take().forEach(report -> entries.add((LogEntry) report)));
                return entries.size() >= count;
            });
            last = entries.get(entries.size() - 1).position();
            return entries;
        }

        /** Runs a task on the loop; what it throws fails the test. */
        void run(Runnable task) {
            try {
                loop.submit(task).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }
    }

    @BeforeEach
    void openTwice() {
        first = newWriter();
        second = newWriter();
    }

    private Writer newWriter() {
        Writer writer = new Writer();
        writers.add(writer);
        awaitOpened(writer.loop, writer.log);
        return writer;
    }

    private static void awaitOpened(ExecutorService loop, SessionLog log) {
        Awaitility.await("the log is open")
                .atMost(LIMIT)
                .until(() -> !loop.submit(log::isOpening).get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    @AfterEach
    void close() {
        writers.forEach(writer -> {
            writer.run(writer.log::close);
            writer.loop.shutdownNow();
        });
        assertThat(writers).allSatisfy(writer -> assertThat(writer.differences).isEmpty());
    }

    @Test
    void serversHaveEpochsOfTheirOwn() {
        assertThat(first.factory.epoch()).isNotEqualTo(second.factory.epoch());
        assertThat(first.log.epoch()).isEqualTo(first.factory.epoch());
    }

    @Test
    void oneWriterReadsWhatTheOtherAppends() {
        List<LoggedEvent> together = List.of(signal("1"), signal("2"));
        List<Object> reports = first.append(Position.START, step -> {
            step.entry(together);
            step.entry(List.of(signal("3")));
        });
        assertThat(reports).singleElement().isInstanceOf(Position.class);
        assertThat(first.last.sequence()).isEqualTo(3);
        List<LogEntry> read = second.awaitForeign(2);
        assertThat(read.get(0).events()).isEqualTo(together);
        assertThat(read.get(0).position().sequence()).isEqualTo(2);
        assertThat(read.get(1).position()).isEqualTo(first.last);
        second.run(() -> assertThat(second.log.read(1)).contains(List.of(signal("2"), signal("3"))));
        first.run(() -> assertThat(first.log.read(0)).contains(List.of(signal("1"), signal("2"), signal("3"))));
        first.run(() -> assertThat(first.log.read(4)).isEmpty());
    }

    @Test
    void nothingEncodedIsKeptAfterTheOutcome() {
        LoggedEvent event = signal("1");
        SideRecord.Reply reply = new SideRecord.Reply(ADA, 1, new ServerMessage.Done(1L));
        first.append(Position.START, step -> {
            step.entry(List.of(event));
            step.record(reply);
        });
        first.run(() -> {
            assertThat(first.log.encoded().find(event, 1)).isNull();
            assertThat(first.log.encoded().find(reply.reply())).isNull();
        });
    }

    @Test
    void conflictComesAfterTheEntriesThatCausedIt() {
        first.append(Position.START, step -> step.entry(List.of(signal("1"))));
        List<Object> reports = second.append(Position.START, step -> step.entry(List.of(signal("2"))));
        assertThat(reports).hasSizeGreaterThanOrEqualTo(1).endsWith(RecordingListener.Outcome.CONFLICT);
        assertThat(second.last).isEqualTo(first.last);
        assertThat(second.append(second.last, step -> step.entry(List.of(signal("2")))))
                .singleElement()
                .isInstanceOf(Position.class);
        assertThat(first.awaitForeign(1)).extracting(LogEntry::events).containsExactly(List.of(signal("2")));
    }

    /** The second writer appends while the first one's loop still runs the task in which it appended. */
    @Test
    void ownOutcomeComesBeforeALaterEntryOfTheOther() {
        first.run(() -> {
            first.step.begin(Position.START);
            first.step.entry(List.of(signal("1")));
            first.log.append(first.step);
            second.awaitForeign(1);
            second.append(second.last, step -> step.entry(List.of(signal("2"))));
        });
        List<Object> reports = new ArrayList<>();
        Awaitility.await("both reports").atMost(LIMIT).until(() -> {
            first.run(() -> reports.addAll(first.listener.take()));
            return reports.size() == 2;
        });
        assertThat(reports.get(0)).isInstanceOf(Position.class);
        assertThat(reports.get(1)).isInstanceOf(LogEntry.class);
    }

    @Test
    void positionOfAnotherIncarnationIsAConflict() {
        first.append(Position.START, step -> step.entry(List.of(signal("1"))));
        Position forged = new Position(first.last.sequence(), first.last.nonce() + 1);
        assertThat(first.append(forged, step -> step.entry(List.of(signal("2")))))
                .containsExactly(RecordingListener.Outcome.CONFLICT);
    }

    @Test
    void nothingIsWrittenOnConflict() {
        first.append(Position.START, step -> join(step, ADA, 1));
        second.awaitForeign(1);
        second.append(Position.START, step -> {
            step.entry(List.of(signal("lost")));
            step.record(reply(7));
            step.record(new SideRecord.PutConnection(new ConnectionRecord(ADA, 9, 9)));
            step.record(new SideRecord.PutLink(link("lost")));
        });
        first.run(() -> {
            assertThat(first.log.records().reply(ADA, 7)).isEmpty();
            assertThat(first.log.records().connection(ADA)).contains(new ConnectionRecord(ADA, 1, 0));
            assertThat(first.log.records().links()).isEmpty();
        });
    }

    @Test
    void staleOwnerIsFencedAndWritesNothing() {
        first.append(Position.START, step -> join(step, ADA, 1));
        second.awaitForeign(1);
        Guard owned = new Guard(ADA, 1);
        assertThat(second.append(second.last, step -> {
                    step.guard(owned);
                    step.record(new SideRecord.PutConnection(new ConnectionRecord(ADA, 2, 5)));
                }))
                .containsExactly(first.last);
        assertThat(first.append(first.last, step -> {
                    step.guard(owned);
                    step.entry(List.of(signal("zombie")));
                    step.record(reply(7));
                }))
                .containsExactly(owned);
        first.run(() -> {
            assertThat(first.log.records().reply(ADA, 7)).isEmpty();
            assertThat(first.log.records().connection(ADA)).contains(new ConnectionRecord(ADA, 2, 5));
        });
        assertThat(second.append(second.last, step -> {
                    step.guard(new Guard(ADA, 2));
                    step.record(reply(7));
                }))
                .containsExactly(first.last);
        second.run(() -> assertThat(second.log.records().reply(ADA, 7)).isPresent());
    }

    @Test
    void oneOfTwoServersTakesWhatHasNoOwner() {
        first.append(Position.START, step -> join(step, ADA, 1));
        second.awaitForeign(1);
        Guard free = new Guard(BOB, Guard.NO_OWNER);
        first.append(first.last, step -> {
            step.guard(free);
            step.record(new SideRecord.PutConnection(new ConnectionRecord(BOB, 1, 0)));
        });
        assertThat(second.append(second.last, step -> {
                    step.guard(free);
                    step.record(new SideRecord.PutConnection(new ConnectionRecord(BOB, 2, 0)));
                }))
                .containsExactly(free);
    }

    @Test
    void endThatAnotherServerLoggedIsAConflictAndNotAFence() {
        first.append(Position.START, step -> join(step, ADA, 1));
        second.awaitForeign(1);
        second.append(second.last, step -> step.entry(List.of(end(ADA))));
        List<Object> reports = first.append(first.last, step -> {
            step.guard(new Guard(ADA, 1));
            step.entry(List.of(signal("late")));
        });
        assertThat(reports).last().isEqualTo(RecordingListener.Outcome.CONFLICT);
        assertThat(reports).filteredOn(LogEntry.class::isInstance).hasSize(1);
    }

    @Test
    void recordsEndWithWhatTheyAreAbout() {
        first.append(Position.START, step -> {
            join(step, ADA, 1);
            join(step, BOB, 1);
            step.entry(
                    List.of(new LoggedEvent.StreamCreated(new StreamInfo(CAMERA, ADA, "", 0, true, true, null, null))));
            step.record(reply(1));
            step.record(new SideRecord.PutLink(link("one")));
            step.record(new SideRecord.PutLink(link("two")));
            step.record(new SideRecord.RemoveLink(link("two")));
        });
        first.run(() -> assertThat(first.log.records().links()).containsExactly(link("one")));
        first.append(
                first.last,
                step -> step.entry(List.of(
                        new LoggedEvent.StreamDestroyed(CAMERA, ADA, StreamDestroyReason.CLIENT_DISCONNECTED),
                        end(ADA))));
        first.run(() -> {
            assertThat(first.log.records().links()).isEmpty();
            assertThat(first.log.records().connection(ADA)).isEmpty();
            assertThat(first.log.records().reply(ADA, 1)).isEmpty();
        });
    }

    /** A step of several commands may begin something and end it. */
    @Test
    void recordsOfOneStepEndWithWhatTheSameStepEnds() {
        first.append(Position.START, step -> {
            join(step, ADA, 1);
            step.entry(
                    List.of(new LoggedEvent.StreamCreated(new StreamInfo(CAMERA, ADA, "", 0, true, true, null, null))));
            step.record(new SideRecord.PutLink(link("one")));
            step.entry(List.of(
                    new LoggedEvent.StreamDestroyed(CAMERA, ADA, StreamDestroyReason.CLIENT_DISCONNECTED), end(ADA)));
            step.record(reply(1));
        });
        first.run(() -> {
            assertThat(first.log.records().links()).isEmpty();
            assertThat(first.log.records().connection(ADA)).isEmpty();
            assertThat(first.log.records().reply(ADA, 1)).isEmpty();
        });
    }

    @Test
    void newestRepliesAreKept() {
        first.append(Position.START, step -> {
            join(step, ADA, 1);
            for (long id = 1; id <= 300; id++) {
                step.record(reply(id));
            }
        });
        first.run(() -> {
            assertThat(first.log.records().reply(ADA, 300)).isPresent();
            assertThat(first.log.records().reply(ADA, 45)).isPresent();
            assertThat(first.log.records().reply(ADA, 44)).isEmpty();
            assertThat(first.log.records().isForgotten(ADA, 44)).isTrue();
            assertThat(first.log.records().isForgotten(ADA, 301)).isFalse();
        });
    }

    /** Both write as fast as they can, each on its own loop, and decide again after each conflict. */
    @Test
    void racingWritersSeeOneOrder() {
        Racer one = new Racer("one");
        Racer two = new Racer("two");
        awaitOpened(one.loop, one.log);
        awaitOpened(two.loop, two.log);
        one.start();
        two.start();
        Awaitility.await("both are done")
                .atMost(Duration.ofMinutes(2))
                .until(() -> one.seen.get() == 2 * ROUNDS && two.seen.get() == 2 * ROUNDS);
        one.run(() -> assertThat(one.order).hasSize(2 * ROUNDS).doesNotHaveDuplicates());
        List<LoggedEvent> order = List.copyOf(one.order);
        two.run(() -> assertThat(two.order).isEqualTo(order));
        assertThat(one.conflicts.get() + two.conflicts.get()).isPositive();
        assertThat(one.outcomes.get()).isEqualTo(ROUNDS + one.conflicts.get());
        assertThat(two.outcomes.get()).isEqualTo(ROUNDS + two.conflicts.get());
        one.end();
        two.end();
    }

    private final class Racer implements SessionLog.Listener {
        final String name;
        final ExecutorService loop = Executors.newSingleThreadExecutor();
        final AtomicInteger conflicts = new AtomicInteger();
        final AtomicInteger outcomes = new AtomicInteger();
        final AtomicInteger seen = new AtomicInteger();
        final List<LoggedEvent> order = new ArrayList<>();
        final Append step = new Append();
        final SessionLog log;
        Position last = Position.START;
        int written;
        int appendsUnderWay;

        Racer(String name) {
            this.name = name;
            this.log = newServer().open(new SessionId("race"), loop, this);
        }

        void start() {
            loop.execute(this::next);
        }

        void run(Runnable task) {
            try {
                loop.submit(task).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        void end() {
            run(log::close);
            loop.shutdownNow();
        }

        private void next() {
            if (written < ROUNDS) {
                assertThat(++appendsUnderWay).isEqualTo(1);
                step.begin(last);
                step.entry(List.of(signal(name + written)));
                if (outcomes.get() == 0) {
                    awaitOther();
                }
                log.append(step);
            }
        }

        /** Both expect an empty log, so that one of them meets a conflict. */
        private void awaitOther() {
            try {
                firstSteps.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError(e);
            }
        }

        private void ended() {
            appendsUnderWay--;
            outcomes.incrementAndGet();
            loop.execute(this::next);
        }

        private void see(Position position, LoggedEvent event) {
            assertThat(position.sequence())
                    .as("%s sees an unbroken order", name)
                    .isEqualTo(order.size() + 1L);
            order.add(event);
            seen.incrementAndGet();
            last = position;
        }

        @Override
        public void opened(SessionImage image) {
            assertThat(image.later()).as("both open the log before they write").isEmpty();
        }

        @Override
        public void diverged() {
            throw new AssertionError("nothing is lost");
        }

        @Override
        public void message(ConnectionId to, ServerMessage message) {
            throw new AssertionError("no server sends messages");
        }

        @Override
        public void mailed(ConnectionId connection, int bytes) {
            throw new AssertionError("no server sends messages");
        }

        @Override
        public boolean mail(ConnectionId to, ServerMessage message) {
            throw new AssertionError("no server sends messages");
        }

        @Override
        public void released(ConnectionId connection) {
            throw new AssertionError("nothing is taken over");
        }

        @Override
        public void given(ConnectionId connection) {
            throw new AssertionError("nothing is handed over");
        }

        @Override
        public void missedMessages(Runnable then) {
            then.run(); // nothing to read again
        }

        @Override
        public void done(Position position) {
            see(position, signal(name + written));
            written++;
            ended();
        }

        @Override
        public void conflict() {
            conflicts.incrementAndGet();
            assertThat(last).as("the entries of the other writer come first").isNotEqualTo(step.expected());
            ended();
        }

        @Override
        public void fenced(Guard failed) {
            throw new AssertionError("nothing is guarded");
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void recovered() {
            throw new AssertionError("nothing has failed");
        }

        @Override
        public void foreign(LogEntry entry) {
            see(entry.position(), entry.events().get(0));
        }
    }

    private static void join(Append step, ConnectionId id, long epoch) {
        step.entry(List.of(new LoggedEvent.ConnectionCreated(
                new ConnectionInfo(id, 0, "", Role.PUBLISHER), new TokenPass(id.value(), 10))));
        step.record(new SideRecord.PutConnection(new ConnectionRecord(id, epoch, 0)));
    }

    private static LoggedEvent signal(String data) {
        return new LoggedEvent.Signal(null, null, data);
    }

    private static LoggedEvent end(ConnectionId id) {
        return new LoggedEvent.ConnectionDestroyed(
                id, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, null);
    }

    private static SideRecord reply(long id) {
        return new SideRecord.Reply(ADA, id, new ServerMessage.Done(id));
    }

    private static Link link(String id) {
        return new Link(new LinkId(id), CAMERA, ADA, BOB, Subscription.EVERYTHING);
    }
}

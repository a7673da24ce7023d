package dev.videosession.server.internal.redis.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.simulated.SimulatedLink;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.TokenPass;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals to one connection pass through Redis from one server to another, in virtual time. */
@Timeout(60)
class MailReceiverTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final int LONGEST_DELAY_MILLIS = 10;
    private static final int UNTIL_EVERYTHING_HAS_ARRIVED = 60;
    private static final int SECONDS = 8000;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private final SimulatedRedis redis = new SimulatedRedis(() -> now());
    private final List<String> arrived = new ArrayList<>();
    private long millis;
    private long count;

    private record Task(long due, long number, Runnable work) {}

    private long now() {
        return millis;
    }

    private void schedule(Runnable work, long delay) {
        tasks.add(new Task(millis + delay, count++, work));
    }

    private void pass(long time) {
        long end = millis + time;
        while (!tasks.isEmpty() && tasks.peek().due() <= end) {
            Task next = tasks.remove();
            millis = next.due();
            next.work().run();
        }
        millis = end;
    }

    /** A server that holds the session. */
    private final class Server implements SessionLog.Listener {
        final SimulatedLink link = new SimulatedLink(
                redis, new Random(1), MailReceiverTest.this::schedule, MailReceiverTest.this::schedule);
        final RedisSessionLogs logs = new RedisSessionLogs(
                link,
                new NodeEpoch(),
                false,
                new MessageCodec(),
                100,
                TimeSource.system(),
                new RedisMetrics(new SimpleMeterRegistry()));
        final String name;
        SessionLog log;
        Position position = Position.START;

        Server(String name) {
            this.name = name;
            open();
            link.delay(LONGEST_DELAY_MILLIS);
            pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        }

        private void open() {
            log = logs.open(new SessionId("session"), task -> schedule(task, 0), this);
        }

        /** Closes the copy of the session and opens another one. */
        void reopen() {
            log.close();
            open();
        }

        void append(SideRecord... records) {
            Append step = new Append();
            step.begin(position);
            List.of(records).forEach(step::record);
            log.append(step);
        }

        void join() {
            Append step = new Append();
            step.begin(position);
            step.entry(List.of(new LoggedEvent.ConnectionCreated(
                    new ConnectionInfo(ADA, 0, "", Role.PUBLISHER), new TokenPass("ada", 10))));
            step.record(own(0));
            log.append(step);
            pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        }

        SideRecord own(long resume) {
            return new SideRecord.PutConnection(new ConnectionRecord(ADA, logs.epoch(), resume));
        }

        @Override
        public void opened(SessionImage image) {
            position = image.position();
        }

        @Override
        public void message(ConnectionId to, ServerMessage message) {
            arrived.add(((ServerMessage.DirectSignal) message).data() + " at " + name);
        }

        @Override
        public void missedMessages() {
            log.takeMail(ADA);
        }

        @Override
        public void done(Position last) {
            position = last;
        }

        @Override
        public void foreign(LogEntry entry) {
            position = entry.position();
        }

        @Override
        public void recovered() {
            // it has read the log again
        }

        @Override
        public void failed(Throwable cause) {
            // it reads the log again
        }

        @Override
        public void released(ConnectionId connection) {
            // the client is elsewhere
        }

        @Override
        public void given(ConnectionId connection) {
            throw new AssertionError("nothing is handed over");
        }

        @Override
        public void conflict() {
            throw new AssertionError("one server writes at a time");
        }

        @Override
        public void fenced(Guard failed) {
            throw new AssertionError("nothing is guarded");
        }

        @Override
        public void diverged() {
            throw new AssertionError("nothing is lost");
        }
    }

    private static SideRecord signal(String data) {
        return new SideRecord.Mail(ADA, new ServerMessage.DirectSignal(null, "chat", data));
    }

    @Test
    void signalsArriveOnceWheneverTheRecipientsServerLosesItsConnection() {
        Server owner = new Server("owner");
        Server sender = new Server("sender");
        owner.join();
        List<String> expected = new ArrayList<>();
        for (int at = 0; at < UNTIL_EVERYTHING_HAS_ARRIVED; at++) {
            sender.append(signal("first " + at));
            pass(at);
            owner.link.lose();
            pass(SECONDS);
            sender.append(signal("second " + at));
            pass(SECONDS);
            expected.add("first " + at + " at owner");
            expected.add("second " + at + " at owner");
        }
        assertThat(arrived).containsExactlyElementsOf(expected);
    }

    @Test
    void signalsThatAServerHasTakenAreNotRepeatedToTheNextOwner() {
        Server owner = new Server("owner");
        Server sender = new Server("sender");
        owner.join();
        sender.append(signal("first"));
        pass(SECONDS);
        sender.append(sender.own(1));
        pass(SECONDS);
        sender.append(signal("second"));
        pass(SECONDS);
        sender.log.takeMail(ADA);
        pass(SECONDS);
        assertThat(arrived).containsExactly("first at owner", "second at sender");
    }

    @Test
    void signalsThatACopyOfTheSessionHasTakenAreNotRepeatedToTheNextCopy() {
        Server owner = new Server("owner");
        Server sender = new Server("sender");
        owner.join();
        sender.append(signal("first"));
        pass(SECONDS);
        owner.reopen();
        pass(SECONDS);
        owner.log.takeMail(ADA);
        pass(SECONDS);
        sender.append(signal("second"));
        pass(SECONDS);
        assertThat(arrived).containsExactly("first at owner", "second at owner");
    }
}

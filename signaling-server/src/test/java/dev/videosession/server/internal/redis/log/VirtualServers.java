package dev.videosession.server.internal.redis.log;

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
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Servers of one session and a simulated Redis, in virtual time. */
final class VirtualServers {
    /** Longer than a request to Redis, its answer and a message to another server take together. */
    static final int UNTIL_EVERYTHING_HAS_ARRIVED = 60;

    private static final int LONGEST_DELAY_MILLIS = 10;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    final SimulatedRedis redis = new SimulatedRedis(this::now);
    private long millis;
    private long count;

    private record Task(long due, long number, Runnable work) {}

    private long now() {
        return millis;
    }

    private void schedule(Runnable work, long delay) {
        tasks.add(new Task(millis + delay, count++, work));
    }

    /** Lets time pass, in milliseconds. */
    void pass(long time) {
        long end = millis + time;
        while (!tasks.isEmpty() && tasks.peek().due() <= end) {
            Task next = tasks.remove();
            millis = next.due();
            next.work().run();
        }
        millis = end;
    }

    /** A server that holds the session. */
    class Server implements SessionLog.Listener {
        final SimulatedLink link =
                new SimulatedLink(redis, new Random(1), VirtualServers.this::schedule, VirtualServers.this::schedule);
        final RedisSessionLogs logs = new RedisSessionLogs(
                link,
                new NodeEpoch(),
                false,
                new MessageCodec(),
                100,
                TimeSource.system(),
                new RedisMetrics(new SimpleMeterRegistry()));
        private final ConnectionId client;
        private final BiConsumer<Server, ServerMessage> recipient;
        /** The outcomes of appends that have written nothing. */
        final List<String> refusals = new ArrayList<>();

        /** How often a log has caught up. */
        int missed;

        /** Whether the client of this server can receive messages. */
        boolean reachable = true;

        private SessionLog log;
        private Position position = Position.START;

        /**
         * Starts the server.
         *
         * @param client a connection of the session
         * @param recipient gets what other servers send to connections of this server
         */
        Server(ConnectionId client, BiConsumer<Server, ServerMessage> recipient) {
            this.client = client;
            this.recipient = recipient;
            log = open();
            link.delay(LONGEST_DELAY_MILLIS);
            pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        }

        private SessionLog open() {
            return open(new SessionId("session"));
        }

        /** Opens one more session, whose reports are mixed with those of the first one. */
        SessionLog open(SessionId session) {
            return logs.open(session, task -> schedule(task, 0), this);
        }

        SessionLog log() {
            return log;
        }

        /** Closes the copy of the session and opens another one. */
        void reopen() {
            log.close();
            log = open();
        }

        void append(SideRecord... records) {
            append(step -> List.of(records).forEach(step::record));
        }

        void append(Consumer<Append> content) {
            Append step = new Append();
            step.begin(position);
            content.accept(step);
            log.append(step);
        }

        /** The client joins at this server. */
        void join() {
            append(step -> {
                step.entry(List.of(new LoggedEvent.ConnectionCreated(
                        new ConnectionInfo(client, 0, "", Role.PUBLISHER), new TokenPass(client.value(), 10))));
                step.record(own(0));
            });
            pass(UNTIL_EVERYTHING_HAS_ARRIVED);
        }

        /** {@return the record of the client as a connection of this server} */
        SideRecord own(long resume) {
            return new SideRecord.PutConnection(new ConnectionRecord(client, logs.epoch(), resume));
        }

        @Override
        public void opened(SessionImage image) {
            position = image.position();
        }

        @Override
        public void message(ConnectionId to, ServerMessage message) {
            recipient.accept(this, message);
        }

        @Override
        public void mailed(ConnectionId connection, int bytes) {
            if (reachable) {
                log.takeMail(connection);
            }
        }

        @Override
        public boolean mail(ConnectionId to, ServerMessage message) {
            if (reachable) {
                recipient.accept(this, message);
            }
            return reachable;
        }

        @Override
        public void missedMessages(Runnable then) {
            missed++;
            if (reachable) {
                log.takeMail(client);
            }
            log.owners(owners -> then.run());
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
            refusals.add("conflict");
        }

        @Override
        public void fenced(Guard failed) {
            refusals.add("fenced");
        }

        @Override
        public void diverged() {
            throw new AssertionError("nothing is lost");
        }
    }
}

package dev.videosession.server.internal.redis.log;

import static dev.videosession.server.internal.redis.log.VirtualServers.UNTIL_EVERYTHING_HAS_ARRIVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.LogReader;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each guard of the scripts refuses stale requests by itself, also where another guard refuses them in every run of the
 * model of two nodes.
 */
@Timeout(60)
class LogGuardsTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final SessionId SESSION = new SessionId("session");
    private static final int KEPT_EVENTS = 100;

    private final VirtualServers servers = new VirtualServers();
    private VirtualServers.Server first;
    private VirtualServers.Server second;

    private VirtualServers.Server start() {
        return servers.new Server(ADA, (server, message) -> {});
    }

    @BeforeEach
    void join() {
        first = start();
        second = start();
        first.join();
    }

    private void settle() {
        servers.pass(UNTIL_EVERYTHING_HAS_ARRIVED);
    }

    private long owner(VirtualServers.Server reader) {
        reader.log().fetch(ADA, List.of(), read -> assertThat(read).isTrue());
        settle();
        return reader.log().records().connection(ADA).orElseThrow().epoch();
    }

    @Test
    void earlierResumeDoesNotReplaceALaterOneOfTheSameServer() {
        first.append(first.own(7));
        settle();
        first.append(first.own(6));
        settle();
        assertThat(first.refusals).containsExactly("conflict");
        assertThat(first.log().records().connection(ADA).orElseThrow().lastResume())
                .isEqualTo(7);
    }

    /** Its guard is that of the present owner, so that only the number of the resume is stale. */
    @Test
    void earlierResumeDoesNotTakeAConnectionBack() {
        second.append(second.own(7));
        settle();
        first.append(step -> {
            step.guard(new Guard(ADA, second.logs.epoch()));
            step.record(first.own(6));
        });
        settle();
        assertThat(first.refusals).containsExactly("conflict");
        assertThat(owner(second)).isEqualTo(second.logs.epoch());
    }

    /** Its resume is the latest, so that only its guard is stale. */
    @Test
    void takeOverFromAServerThatIsNotTheOwnerIsRefused() {
        second.append(second.own(7));
        settle();
        first.append(step -> {
            step.guard(new Guard(ADA, first.logs.epoch()));
            step.record(first.own(8));
        });
        settle();
        assertThat(first.refusals).containsExactly("fenced");
        assertThat(owner(second)).isEqualTo(second.logs.epoch());
    }

    @Test
    void requestThatWasAnsweredIsNotCarriedOutAgain() {
        SideRecord reply = new SideRecord.Reply(ADA, 3, new ServerMessage.Done(3L));
        first.append(reply);
        settle();
        second.append(step -> {
            step.entry(List.of(signal("again")));
            step.record(reply);
        });
        settle();
        assertThat(second.refusals).containsExactly("conflict");
        assertThat(sequence()).isEqualTo(1);
    }

    /** The copy of the session is closed, and the log does not wait for an outcome that never comes. */
    @Test
    void answerThatThisReleaseCannotReadClosesTheLog() {
        List<String> diverged = new ArrayList<>();
        VirtualServers.Server older = servers.new Server(ADA, (server, message) -> {}) {
            @Override
            public void diverged() {
                diverged.add("diverged");
            }
        };
        SideRecord reply = new SideRecord.Reply(ADA, 3, new ServerMessage.Done(3L));
        first.append(reply);
        settle();
        servers.redis.putField(SessionKeys.of(SESSION).prefix() + "replies:" + ADA.value(), "3", "of a later release");
        older.append(reply);
        settle();
        assertThat(diverged).containsExactly("diverged");
        assertThat(older.refusals).isEmpty();
    }

    private SnapshotWriter writer() {
        return writer(KEPT_EVENTS);
    }

    private SnapshotWriter writer(int keptEvents) {
        return new SnapshotWriter(
                first.link, SessionKeys.of(SESSION), new EventJson(new MessageCodec()), Runnable::run, keptEvents);
    }

    private void store(Position position) {
        store(writer(), position, LogReader.read(servers.redis, SESSION));
    }

    private void store(SnapshotWriter writer, Position position, LoggedState state) {
        writer.store(position, state);
        settle();
    }

    private Position signal() {
        first.append(step -> step.entry(List.of(signal("later"))));
        settle();
        List<Position> all = positions();
        return all.get(all.size() - 1);
    }

    private List<Position> positions() {
        return servers.redis.stream(LogReader.key(SESSION)).stream()
                .map(data -> LogReader.read(data).position())
                .toList();
    }

    private AbstractStringAssert<?> assertThatSnapshot() {
        return assertThat(servers.redis.field(LogReader.snapshotKey(SESSION), "sequence"))
                .asString();
    }

    @Test
    void olderSnapshotDoesNotReplaceANewerOne() {
        first.append(step -> step.entry(List.of(signal("later"))));
        settle();
        List<Position> positions = positions();
        store(positions.get(1));
        store(positions.get(0));
        assertThatSnapshot().isEqualTo("2");
    }

    /** The log has the number of the snapshot again, with another entry. */
    @Test
    void snapshotOfWhatAFailoverHasLostIsNotStored() {
        Position known = positions().get(0);
        store(new Position(known.sequence(), known.nonce() + 1));
        assertThat(servers.redis.field(LogReader.snapshotKey(SESSION), "sequence"))
                .isNull();
        store(known);
        assertThatSnapshot().isEqualTo("1");
    }

    /** Signals change nothing that a snapshot contains. */
    @Test
    void snapshotOfAnUnchangedStateIsNotWrittenAgain() {
        SnapshotWriter writer = writer();
        LoggedState state = LogReader.read(servers.redis, SESSION);
        store(writer, positions().get(0), state);
        List<String> written = new ArrayList<>();
        servers.redis.followFields((key, before, after) -> {
            if (key.equals(LogReader.snapshotKey(SESSION))) {
                written.add(after);
            }
        });
        Position later = signal();
        state.apply(signal("later"));
        store(writer, later, state);
        assertThat(written).containsExactlyInAnyOrder("2", Long.toString(later.nonce()));
        assertThat(LogReader.read(servers.redis, SESSION).connection(ADA)).isNotNull();
    }

    /** Another server has stored a snapshot since, whose data this one does not know. */
    @Test
    void snapshotOfAnotherServerIsNotMovedOn() {
        SnapshotWriter writer = writer(2);
        LoggedState state = LogReader.read(servers.redis, SESSION);
        store(writer, positions().get(0), state);
        store(signal());
        Position later = signal();
        state.apply(signal("later"));
        state.apply(signal("later"));
        store(writer, later, state);
        assertThatSnapshot().isEqualTo("2");
        assertThat(writer.isDue(later))
                .as("the state is written as a whole at once")
                .isTrue();
        store(writer, later, state);
        assertThatSnapshot().isEqualTo("3");
        assertThat(writer.isDue(later)).isFalse();
    }

    private long sequence() {
        return LogReader.read(servers.redis, SESSION).sequence();
    }

    private static LoggedEvent signal(String data) {
        return new LoggedEvent.Signal(null, null, data);
    }
}

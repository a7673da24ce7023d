package dev.videosession.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.log.DelayedLogs;
import dev.videosession.server.internal.log.InMemorySessionLogs;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.rules.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Servers that hold the same session run the same effects, whichever of them appended: a server that only follows the log
 * derives every effect of a logged command. Histories are random, and an entry has any number of events.
 */
@Timeout(60)
class EffectsContractTest {
    private static final int HISTORIES = 300;
    private static final int COMMANDS = 80;

    @Test
    void serverThatOnlySeesTheLogRunsTheSameEffects() {
        int entriesOfSeveralEvents = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            InMemorySessionLogs logs = new InMemorySessionLogs(1000);
            EngineFixture writer = new EngineFixture(logs.newServer(), Runnable::run, 4);
            EngineFixture reader = new EngineFixture(logs.newServer(), Runnable::run, 4);
            Random random = new Random(seed);
            for (int i = 0; i < COMMANDS; i++) {
                long before = writer.state.sequence();
                writer.submit("command", command(random));
                entriesOfSeveralEvents += writer.state.sequence() > before + 1 ? 1 : 0;
            }
            assertThat(reader.effects).as("seed %s", seed).isEqualTo(ofEvents(writer.effects));
            assertThat(reader.state.roster()).isEqualTo(writer.state.roster());
            writer.engine.close();
            reader.engine.close();
        }
        assertThat(entriesOfSeveralEvents).isGreaterThan(HISTORIES);
    }

    /** Both servers write, over logs that delay, fail and conflict. Effects of one entry are never mixed with another's. */
    @Test
    void serversThatRaceRunTheSameEffectsInTheSameOrder() {
        int conflicts = 0;
        int failures = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            Clockwork clockwork = new Clockwork();
            InMemorySessionLogs logs = new InMemorySessionLogs(1000);
            DelayedLogs.Settings trouble = new DelayedLogs.Settings(5, 20, 0, 10);
            DelayedLogs oneLog = new DelayedLogs(logs, random, trouble, clockwork::schedule);
            DelayedLogs otherLog = new DelayedLogs(logs, random, trouble, clockwork::schedule);
            EngineFixture one = new EngineFixture(oneLog, Runnable::run, 4);
            EngineFixture other = new EngineFixture(otherLog, Runnable::run, 4);
            for (int i = 0; i < COMMANDS; i++) {
                EngineFixture server = random.nextBoolean() ? one : other;
                Command command = command(random);
                clockwork.schedule(() -> server.submit("command", command), random.nextInt(100));
            }
            clockwork.run();
            assertThat(one.engine.isIdle() && other.engine.isIdle())
                    .as("seed %s", seed)
                    .isTrue();
            assertThat(ofEvents(one.effects)).as("seed %s", seed).isEqualTo(ofEvents(other.effects));
            assertThat(one.state.roster()).isEqualTo(other.state.roster());
            conflicts += oneLog.conflicts() + otherLog.conflicts();
            failures += oneLog.failures() + otherLog.failures();
        }
        assertThat(conflicts).isGreaterThan(HISTORIES);
        assertThat(failures).isGreaterThan(HISTORIES);
    }

    /** Time that passes when the test says so. */
    private static final class Clockwork {
        private final PriorityQueue<Task> tasks = new PriorityQueue<>();
        private long now;
        private long count;

        private record Task(long at, long number, Runnable run) implements Comparable<Task> {
            @Override
            public int compareTo(Task other) {
                return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
            }
        }

        void schedule(Runnable task, long millis) {
            tasks.add(new Task(now + millis, count++, task));
        }

        void run() {
            for (Task next = tasks.poll(); next != null; next = tasks.poll()) {
                now = next.at();
                next.run().run();
            }
        }
    }

    /** A directed signal is sent by the server that decided it, and is no part of the log. */
    private static List<Effect> ofEvents(List<Effect> effects) {
        List<Effect> logged = new ArrayList<>(effects);
        logged.removeIf(Effect.SendTo.class::isInstance);
        return logged;
    }

    private static Command command(Random random) {
        ConnectionId id = new ConnectionId("c" + random.nextInt(6));
        ConnectionId to = new ConnectionId("c" + random.nextInt(6));
        String stream = "s" + random.nextInt(8);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> EngineFixture.join(id);
            case 3, 4, 5 -> EngineFixture.publish(id, stream);
            case 6 -> EngineFixture.leave(id);
            case 7 -> new Command.ForceDisconnect(null, id, "out", false);
            case 8 -> new Command.ForceMuteAll(null, Set.of());
            case 9 -> new Command.Unpublish(id, new StreamId(stream), StreamDestroyReason.MEDIA_STOPPED);
            case 10 -> new Command.Signal(null, random.nextBoolean() ? to : null, "chat", "hello");
            default -> random.nextInt(4) == 0 ? new Command.Close("over") : new Command.Lose(id);
        };
    }
}

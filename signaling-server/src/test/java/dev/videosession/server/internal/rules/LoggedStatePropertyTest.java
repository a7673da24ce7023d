package dev.videosession.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class LoggedStatePropertyTest {
    private final SessionRules rules = new SessionRules(4, 2, RosterBounds.NONE, false);

    @Property(tries = 500)
    void noStreamOutlivesItsConnectionAndReplayGivesTheSameState(@ForAll("commands") List<Command> commands) {
        LoggedState state = new LoggedState();
        List<LoggedEvent> history = new ArrayList<>();
        for (Command command : commands) {
            if (rules.decide(state, command) instanceof Decision.Accepted accepted) {
                accepted.events().forEach(event -> {
                    state.apply(event);
                    history.add(event);
                });
            }
            assertThat(state.connectionCount()).isLessThanOrEqualTo(4);
            assertThat(state.streams())
                    .allSatisfy(stream ->
                            assertThat(state.connection(stream.connectionId())).isNotNull());
        }
        LoggedState replayed = new LoggedState();
        history.forEach(replayed::apply);
        assertThat(replayed.roster()).isEqualTo(state.roster());
        assertThat(replayed.sequence()).isEqualTo(history.size());
    }

    @Provide
    Arbitrary<List<Command>> commands() {
        Arbitrary<ConnectionId> ids = Arbitraries.integers().between(1, 6).map(i -> new ConnectionId("c" + i));
        Arbitrary<StreamId> streams = Arbitraries.integers().between(1, 8).map(i -> new StreamId("s" + i));
        Arbitrary<Command> join = Combinators.combine(ids, Arbitraries.of(Role.values()))
                .as((id, role) -> new Command.Join(new ConnectionInfo(id, 0, "", role), new TokenPass(id.value(), 10)));
        Arbitrary<Command> leave = ids.map(
                id -> new Command.Leave(id, DisconnectReason.NETWORK_DISCONNECTED, DisconnectDetail.SOCKET_LOST, null));
        Arbitrary<Command> publish = Combinators.combine(streams, ids)
                .as((stream, id) -> new Command.Publish(new StreamInfo(stream, id, "", 0, true, true, null, null)));
        Arbitrary<Command> unpublish = Combinators.combine(streams, ids)
                .as((stream, id) -> new Command.Unpublish(id, stream, StreamDestroyReason.MEDIA_STOPPED));
        Arbitrary<Command> kick = Combinators.combine(ids, ids, Arbitraries.of(true, false))
                .as((by, id, ban) -> new Command.ForceDisconnect(by, id, null, ban));
        Arbitrary<Command> mute = ids.map(id -> new Command.ForceMuteAll(id, Set.of()));
        Arbitrary<Command> others = Arbitraries.of(new Command.Close(null), new Command.DisableForceMute(null));
        return Arbitraries.frequencyOf(
                        Tuple.of(8, join),
                        Tuple.of(8, publish),
                        Tuple.of(3, leave),
                        Tuple.of(3, unpublish),
                        Tuple.of(3, kick),
                        Tuple.of(2, mute),
                        Tuple.of(1, others))
                .list()
                .ofMaxSize(60);
    }
}

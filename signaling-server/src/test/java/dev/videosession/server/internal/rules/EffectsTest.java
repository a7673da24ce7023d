package dev.videosession.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final DisconnectReason FORCED = DisconnectReason.FORCE_DISCONNECTED;

    private final SessionRules rules = new SessionRules(5, 2, RosterBounds.NONE, false);
    private final LoggedState state = new LoggedState();

    @Test
    void closingASessionDisconnectsEveryClientBeforeItBroadcastsAnything() {
        effects(join(ADA));
        effects(join(BOB));
        effects(publish());
        List<LoggedEvent> events = new ArrayList<>();
        List<Effect> effects = effects(new Command.Close("over"), events);
        assertThat(effects)
                .containsExactly(
                        new Effect.CloseConnectionLinks(ADA),
                        new Effect.DisconnectClient(ADA, FORCED, DisconnectDetail.SESSION_CLOSED, "over"),
                        new Effect.CloseConnectionLinks(BOB),
                        new Effect.DisconnectClient(BOB, FORCED, DisconnectDetail.SESSION_CLOSED, "over"),
                        new Effect.CloseStreamLinks(CAMERA),
                        new Effect.Broadcast(events.get(0), 4),
                        new Effect.Broadcast(events.get(1), 5),
                        new Effect.Broadcast(events.get(2), 6));
    }

    @Test
    void linksOfAStreamCloseBeforeItsEndIsBroadcast() {
        effects(join(ADA));
        effects(publish());
        List<LoggedEvent> events = new ArrayList<>();
        assertThat(effects(new Command.ForceUnpublish(null, CAMERA), events))
                .containsExactly(new Effect.CloseStreamLinks(CAMERA), new Effect.Broadcast(events.get(0), 3));
    }

    @Test
    void commandsThatLogNothingCarryTheirEffects() {
        effects(join(ADA));
        effects(join(BOB));
        effects(publish());
        assertThat(effects(new Command.Signal(null, BOB, "chat", "hello")))
                .containsExactly(new Effect.SendTo(BOB, new ServerMessage.DirectSignal(null, "chat", "hello")));
        LinkId link = new LinkId("link");
        assertThat(effects(new Command.Subscribe(BOB, CAMERA, link, Subscription.EVERYTHING)))
                .containsExactly(new Effect.OpenLink(new Link(link, CAMERA, ADA, BOB, Subscription.EVERYTHING)));
    }

    @Test
    void decisionWithEventsHasNoEffectsOfItsOwn() {
        List<LoggedEvent> events = List.of(new LoggedEvent.Signal(null, null, null));
        List<Effect> effects = List.of(new Effect.CloseStreamLinks(CAMERA));
        assertThatThrownBy(() -> new Decision.Accepted(events, effects)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Effect> effects(Command command) {
        return effects(command, new ArrayList<>());
    }

    private List<Effect> effects(Command command, List<LoggedEvent> events) {
        Decision.Accepted accepted = (Decision.Accepted) rules.decide(state, command);
        events.addAll(accepted.events());
        List<Effect> derived = new ArrayList<>(Effects.of(state, accepted.events()));
        derived.addAll(accepted.effects());
        accepted.events().forEach(state::apply);
        return derived;
    }

    private static Command join(ConnectionId id) {
        return new Command.Join(new ConnectionInfo(id, 0, "", Role.PUBLISHER), new TokenPass(id.value(), 10));
    }

    private static Command publish() {
        return new Command.Publish(new StreamInfo(CAMERA, ADA, "", 0, true, true, null, null));
    }
}

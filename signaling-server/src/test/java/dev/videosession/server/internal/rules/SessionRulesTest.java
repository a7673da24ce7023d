package dev.videosession.server.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionRulesTest {
    private static final ConnectionId MODERATOR = new ConnectionId("moderator");
    private static final ConnectionId PUBLISHER = new ConnectionId("publisher");
    private static final ConnectionId SUBSCRIBER = new ConnectionId("subscriber");
    private static final ConnectionId PUBLISHER_ONLY = new ConnectionId("publisher-only");
    private static final ConnectionId UNKNOWN = new ConnectionId("unknown");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final StreamId SCREEN = new StreamId("screen");
    private static final StreamId NONE = new StreamId("none");
    private static final LinkId LINK = new LinkId("link");
    private static final StreamChange MUTED = new StreamChange(false, null, null, null);

    private final SessionRules rules = new SessionRules(5, 2, RosterBounds.NONE, false);
    private final LoggedState state = new LoggedState();

    @BeforeEach
    void fourRolesAndTwoStreams() {
        accept(join(MODERATOR, Role.MODERATOR));
        accept(join(PUBLISHER, Role.PUBLISHER));
        accept(join(SUBSCRIBER, Role.SUBSCRIBER));
        accept(join(PUBLISHER_ONLY, Role.PUBLISHER_ONLY));
        accept(new Command.Publish(stream(CAMERA, PUBLISHER, true)));
        accept(new Command.Publish(stream(SCREEN, PUBLISHER, false)));
    }

    static Stream<Arguments> refusals() {
        String longType = "t".repeat(129);
        return Stream.of(
                refusal(join(PUBLISHER, Role.PUBLISHER), ErrorCode.INTERNAL_ERROR),
                refusal(leave(UNKNOWN), ErrorCode.NOT_CONNECTED),
                refusal(new Command.Lose(UNKNOWN), ErrorCode.NOT_CONNECTED),
                refusal(new Command.Return(UNKNOWN), ErrorCode.NOT_CONNECTED),
                refusal(new Command.Publish(stream(NONE, UNKNOWN, true)), ErrorCode.NOT_CONNECTED),
                refusal(new Command.Publish(stream(NONE, SUBSCRIBER, true)), ErrorCode.PUBLISH_NOT_PERMITTED),
                refusal(new Command.Publish(stream(NONE, PUBLISHER, true)), ErrorCode.STREAM_LIMIT_EXCEEDED),
                refusal(new Command.Publish(stream(CAMERA, MODERATOR, true)), ErrorCode.INTERNAL_ERROR),
                refusal(new Command.UpdateStream(UNKNOWN, CAMERA, MUTED), ErrorCode.NOT_CONNECTED),
                refusal(new Command.UpdateStream(MODERATOR, CAMERA, MUTED), ErrorCode.PUBLISH_STREAM_NOT_FOUND),
                refusal(new Command.UpdateStream(PUBLISHER, NONE, MUTED), ErrorCode.PUBLISH_STREAM_NOT_FOUND),
                refusal(unpublish(UNKNOWN, CAMERA), ErrorCode.NOT_CONNECTED),
                refusal(unpublish(MODERATOR, CAMERA), ErrorCode.PUBLISH_STREAM_NOT_FOUND),
                refusal(unpublish(PUBLISHER, NONE), ErrorCode.PUBLISH_STREAM_NOT_FOUND),
                refusal(subscribe(UNKNOWN, CAMERA), ErrorCode.NOT_CONNECTED),
                refusal(subscribe(PUBLISHER_ONLY, CAMERA), ErrorCode.SUBSCRIBE_NOT_PERMITTED),
                refusal(subscribe(SUBSCRIBER, NONE), ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND),
                refusal(subscribe(PUBLISHER, CAMERA), ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND),
                refusal(new Command.Signal(UNKNOWN, null, null, null), ErrorCode.NOT_CONNECTED),
                refusal(new Command.Signal(PUBLISHER_ONLY, null, null, null), ErrorCode.SIGNAL_NOT_PERMITTED),
                refusal(new Command.Signal(PUBLISHER, null, "a b", null), ErrorCode.SIGNAL_INVALID),
                refusal(new Command.Signal(PUBLISHER, null, longType, null), ErrorCode.SIGNAL_TOO_LONG),
                refusal(new Command.Signal(null, null, longType, null), ErrorCode.SIGNAL_TOO_LONG),
                refusal(new Command.Signal(PUBLISHER, null, null, "x".repeat(8193)), ErrorCode.SIGNAL_TOO_LONG),
                refusal(new Command.Signal(PUBLISHER, null, null, "\u20ac".repeat(2731)), ErrorCode.SIGNAL_TOO_LONG),
                refusal(new Command.Signal(PUBLISHER, UNKNOWN, null, null), ErrorCode.SIGNAL_NOT_FOUND),
                refusal(kick(UNKNOWN, PUBLISHER), ErrorCode.NOT_CONNECTED),
                refusal(kick(PUBLISHER, SUBSCRIBER), ErrorCode.FORCE_DISCONNECT_NOT_PERMITTED),
                refusal(kick(SUBSCRIBER, SUBSCRIBER), ErrorCode.FORCE_DISCONNECT_NOT_PERMITTED),
                refusal(kick(MODERATOR, MODERATOR), ErrorCode.FORCE_DISCONNECT_SELF),
                refusal(kick(MODERATOR, UNKNOWN), ErrorCode.FORCE_DISCONNECT_NOT_FOUND),
                refusal(kick(null, UNKNOWN), ErrorCode.FORCE_DISCONNECT_NOT_FOUND),
                refusal(new Command.ForceUnpublish(UNKNOWN, CAMERA), ErrorCode.NOT_CONNECTED),
                refusal(new Command.ForceUnpublish(PUBLISHER, CAMERA), ErrorCode.FORCE_UNPUBLISH_NOT_PERMITTED),
                refusal(new Command.ForceUnpublish(MODERATOR, NONE), ErrorCode.FORCE_UNPUBLISH_NOT_FOUND),
                refusal(new Command.ForceMute(UNKNOWN, CAMERA), ErrorCode.NOT_CONNECTED),
                refusal(new Command.ForceMute(PUBLISHER, CAMERA), ErrorCode.FORCE_MUTE_NOT_PERMITTED),
                refusal(new Command.ForceMute(MODERATOR, NONE), ErrorCode.FORCE_MUTE_NOT_FOUND),
                refusal(new Command.ForceMuteAll(UNKNOWN, Set.of()), ErrorCode.NOT_CONNECTED),
                refusal(new Command.ForceMuteAll(PUBLISHER, Set.of()), ErrorCode.FORCE_MUTE_NOT_PERMITTED),
                refusal(new Command.DisableForceMute(UNKNOWN), ErrorCode.NOT_CONNECTED),
                refusal(new Command.DisableForceMute(SUBSCRIBER), ErrorCode.FORCE_MUTE_NOT_PERMITTED));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedCommandHasItsCodeAndChangesNothing(Command command, ErrorCode code) {
        var before = state.roster();
        assertThat(rules.decide(state, command))
                .isInstanceOfSatisfying(
                        Decision.Rejected.class, r -> assertThat(r.code()).isEqualTo(code));
        assertThat(state.roster()).isEqualTo(before);
    }

    @Test
    void sessionIsFullAtItsLimit() {
        accept(join(new ConnectionId("fifth"), Role.SUBSCRIBER));
        assertRefused(join(new ConnectionId("sixth"), Role.SUBSCRIBER), ErrorCode.CONNECTION_LIMIT_EXCEEDED);
    }

    @Test
    void leaverTakesItsStreamsAlongFirst() {
        assertThat(accept(leave(PUBLISHER)))
                .containsExactly(
                        new LoggedEvent.StreamDestroyed(CAMERA, PUBLISHER, StreamDestroyReason.CLIENT_DISCONNECTED),
                        new LoggedEvent.StreamDestroyed(SCREEN, PUBLISHER, StreamDestroyReason.CLIENT_DISCONNECTED),
                        new LoggedEvent.ConnectionDestroyed(
                                PUBLISHER, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, null));
        assertThat(state.streams()).isEmpty();
        assertRefused(leave(PUBLISHER), ErrorCode.NOT_CONNECTED);
    }

    @Test
    void removedConnectionLeavesWithReasonAndMessage() {
        assertThat(accept(new Command.ForceDisconnect(MODERATOR, PUBLISHER, "be nice", false)))
                .endsWith(new LoggedEvent.ConnectionDestroyed(
                        PUBLISHER, DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, "be nice", null))
                .startsWith(new LoggedEvent.StreamDestroyed(CAMERA, PUBLISHER, StreamDestroyReason.FORCE_DISCONNECTED));
    }

    @Test
    void bannedTokenIsRefusedAndOtherTokensAreAccepted() {
        accept(new Command.ForceDisconnect(MODERATOR, PUBLISHER, null, true));
        ConnectionInfo again = info(new ConnectionId("again"), Role.PUBLISHER);
        assertRefused(new Command.Join(again, pass(PUBLISHER)), ErrorCode.AUTHENTICATION_ERROR);
        accept(new Command.Join(again, pass(UNKNOWN)));
        assertThat(state.hasBansAt(999)).isTrue();
        assertThat(state.hasBansAt(1000)).isFalse();
    }

    @Test
    void muteAllNamesEveryStreamButThoseExcludedAndMutesLaterOnes() {
        accept(new Command.Publish(stream(NONE, MODERATOR, true)));
        assertThat(accept(new Command.ForceMuteAll(MODERATOR, List.of(NONE, NONE))))
                .containsExactly(
                        new LoggedEvent.MuteForced(true, true, List.of(CAMERA, SCREEN)),
                        new LoggedEvent.StreamChanged(CAMERA, MUTED));
        StreamId later = new StreamId("later");
        accept(new Command.Publish(stream(later, MODERATOR, true)));
        assertThat(state.stream(later).hasAudio()).isFalse();
        accept(unpublish(MODERATOR, later));
        assertThat(accept(new Command.DisableForceMute(MODERATOR)))
                .containsExactly(new LoggedEvent.MuteForced(false, true, List.of()));
        assertThat(accept(new Command.DisableForceMute(MODERATOR))).isEmpty();
        accept(new Command.Publish(stream(later, MODERATOR, true)));
        assertThat(state.stream(later).hasAudio()).isTrue();
    }

    @Test
    void muteOfOneStreamLeavesLaterOnesAlone() {
        assertThat(accept(new Command.ForceMute(null, CAMERA)))
                .containsExactly(
                        new LoggedEvent.MuteForced(true, false, List.of(CAMERA)),
                        new LoggedEvent.StreamChanged(CAMERA, MUTED));
        assertThat(accept(new Command.ForceMute(null, CAMERA))).hasSize(1);
        assertThat(state.forceMuted()).isFalse();
    }

    @Test
    void lossAndReturnHappenOnce() {
        assertThat(accept(new Command.Lose(PUBLISHER))).hasSize(1);
        assertThat(accept(new Command.Lose(PUBLISHER))).isEmpty();
        assertThat(state.isLost(PUBLISHER)).isTrue();
        assertThat(accept(new Command.Return(PUBLISHER))).hasSize(1);
        assertThat(accept(new Command.Return(PUBLISHER))).isEmpty();
    }

    @Test
    void closeRemovesEveryConnection() {
        accept(new Command.Close("over"));
        assertThat(state.connectionCount()).isZero();
        assertThat(state.streams()).isEmpty();
        assertThat(accept(new Command.Close("over"))).isEmpty();
    }

    @Test
    void backendMaySignalAndEndStreams() {
        assertThat(accept(new Command.Signal(null, null, "a", "b")))
                .containsExactly(new LoggedEvent.Signal(null, "a", "b"));
        assertThat(accept(new Command.Signal(null, PUBLISHER, "a", "b"))).isEmpty();
        assertThat(accept(new Command.ForceUnpublish(null, CAMERA))).hasSize(1);
        assertThat(accept(new Command.UpdateStream(PUBLISHER, SCREEN, new StreamChange(null, null, null, null))))
                .isEmpty();
    }

    @Test
    void eventThatDoesNotFitTheStateIsADamagedLog() {
        LoggedEvent event = new LoggedEvent.StreamChanged(NONE, MUTED);
        assertThatThrownBy(() -> state.apply(event)).isInstanceOf(IllegalStateException.class);
    }

    private List<LoggedEvent> accept(Command command) {
        Decision decision = rules.decide(state, command);
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        List<LoggedEvent> events = ((Decision.Accepted) decision).events();
        events.forEach(state::apply);
        return events;
    }

    private void assertRefused(Command command, ErrorCode code) {
        refusedCommandHasItsCodeAndChangesNothing(command, code);
    }

    private static Command subscribe(ConnectionId by, StreamId stream) {
        return new Command.Subscribe(by, stream, LINK, Subscription.EVERYTHING);
    }

    private static Arguments refusal(Command command, ErrorCode code) {
        return Arguments.of(command, code);
    }

    private static Command join(ConnectionId id, Role role) {
        return new Command.Join(info(id, role), pass(id));
    }

    private static ConnectionInfo info(ConnectionId id, Role role) {
        return new ConnectionInfo(id, 1, "", role);
    }

    private static TokenPass pass(ConnectionId id) {
        return new TokenPass("token of " + id, 1000);
    }

    private static Command leave(ConnectionId id) {
        return new Command.Leave(id, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null);
    }

    private static Command unpublish(ConnectionId by, StreamId id) {
        return new Command.Unpublish(by, id, StreamDestroyReason.CLIENT_DISCONNECTED);
    }

    private static Command kick(ConnectionId by, ConnectionId who) {
        return new Command.ForceDisconnect(by, who, null, false);
    }

    private static StreamInfo stream(StreamId id, ConnectionId owner, boolean audio) {
        return new StreamInfo(id, owner, "", 1, audio, true, null, null);
    }

    static Stream<Arguments> endsOfAModerator() {
        return Stream.of(
                Arguments.of(leave(MODERATOR), true, false, true),
                Arguments.of(leave(MODERATOR), true, true, false),
                Arguments.of(leave(MODERATOR), false, false, false),
                Arguments.of(leave(PUBLISHER), true, false, false),
                Arguments.of(kick(null, MODERATOR), true, false, true),
                Arguments.of(kick(null, MODERATOR), true, true, false),
                Arguments.of(kick(null, PUBLISHER), true, false, false),
                Arguments.of(new Command.Lose(MODERATOR), true, false, false));
    }

    @ParameterizedTest
    @MethodSource("endsOfAModerator")
    void sessionMayCloseWithItsLastModerator(Command end, boolean policy, boolean anotherModerator, boolean closes) {
        if (anotherModerator) {
            accept(join(UNKNOWN, Role.MODERATOR));
        }
        int before = state.connectionCount();
        Decision.Accepted accepted =
                (Decision.Accepted) new SessionRules(5, 2, RosterBounds.NONE, policy).decide(state, end);
        List<LoggedEvent.ConnectionDestroyed> ends = accepted.events().stream()
                .filter(LoggedEvent.ConnectionDestroyed.class::isInstance)
                .map(LoggedEvent.ConnectionDestroyed.class::cast)
                .toList();
        assertThat(ends).hasSize(closes ? before : end instanceof Command.Lose ? 0 : 1);
        assertThat(ends.stream().skip(1)).allSatisfy(other -> {
            assertThat(other.detail()).isEqualTo(DisconnectDetail.SESSION_CLOSED);
            assertThat(other.message()).isEqualTo(Departures.LAST_MODERATOR_LEFT);
        });
        accepted.events().forEach(state::apply);
        assertThat(state.connectionCount()).isEqualTo(before - ends.size());
    }

    @Test
    void muteEndsWithTheLastConnection() {
        accept(new Command.ForceMuteAll(MODERATOR, Set.of()));
        assertThat(state.forceMuted()).isTrue();
        accept(new Command.Close(null));
        assertThat(state.forceMuted()).isFalse();
    }
}

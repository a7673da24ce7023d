package dev.videosession.server.internal.state;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamChange;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.server.internal.state.Decision.Accepted;
import dev.videosession.server.internal.state.Decision.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a command does to a session. Pure: reads the state, changes nothing, asks no clock.
 *
 * @param maxConnections how many connections a session holds
 * @param maxStreamsPerConnection how many streams a connection may publish at a time
 * @param roster how much the roster holds
 * @param closesWithLastModerator whether everybody is out when the last moderator has left
 */
public record SessionRules(
        int maxConnections, int maxStreamsPerConnection, RosterBounds roster, boolean closesWithLastModerator) {
    static final String LAST_MODERATOR_LEFT = "the last moderator left the session";
    static final Accepted NOTHING_HAPPENS = new Accepted(List.of());
    static final StreamChange MUTED = new StreamChange(false, null, null, null);

    /**
     * Decides.
     *
     * @param state of the session, read only
     * @param command what is wanted
     * @return the events that follow from it, or why it is refused
     */
    public Decision decide(SessionState state, Command command) {
        if (command instanceof Command.Join c) {
            return join(state, c);
        } else if (command instanceof Command.Leave c) {
            return leave(state, c);
        } else if (command instanceof Command.Lose c) {
            return presence(state, c.connectionId(), false, new SessionEvent.ConnectionReconnecting(c.connectionId()));
        } else if (command instanceof Command.Return c) {
            return presence(state, c.connectionId(), true, new SessionEvent.ConnectionReconnected(c.connectionId()));
        } else if (command instanceof Command.Publish c) {
            return publish(state, c);
        } else if (command instanceof Command.UpdateStream c) {
            return update(state, c);
        } else if (command instanceof Command.Unpublish c) {
            return unpublish(state, c);
        } else if (command instanceof Command.Subscribe c) {
            return subscribe(state, c);
        } else if (command instanceof Command.Signal c) {
            return signal(state, c);
        } else if (command instanceof Command.ForceDisconnect c) {
            return ModerationRules.forceDisconnect(this, state, c);
        } else if (command instanceof Command.ForceUnpublish c) {
            return ModerationRules.forceUnpublish(state, c);
        } else if (command instanceof Command.ForceMute c) {
            return ModerationRules.forceMute(state, c);
        } else if (command instanceof Command.ForceMuteAll c) {
            return ModerationRules.forceMuteAll(state, c);
        } else if (command instanceof Command.DisableForceMute c) {
            return ModerationRules.disableForceMute(state, c);
        } else if (command instanceof Command.Close c) {
            return ModerationRules.close(state, c);
        }
        throw new IllegalArgumentException("no rule for " + command);
    }

    private Decision join(SessionState state, Command.Join c) {
        if (state.isBanned(c.pass())) {
            return new Rejected(ErrorCode.AUTHENTICATION_ERROR, "the holder of this token was banned from the session");
        }
        if (state.connection(c.connection().connectionId()) != null) {
            return new Rejected(ErrorCode.INTERNAL_ERROR, "the connection id is taken");
        }
        if (state.connectionCount() >= maxConnections) {
            return new Rejected(
                    ErrorCode.CONNECTION_LIMIT_EXCEEDED, "the session is full: " + maxConnections + " connections");
        }
        Decision refusal = roster.refusal(state, c);
        return refusal != null ? refusal : accepted(new SessionEvent.ConnectionCreated(c.connection(), c.pass()));
    }

    private Decision leave(SessionState state, Command.Leave c) {
        SessionState.Member member = state.member(c.connectionId());
        if (member == null) {
            return notConnected();
        }
        return depart(state, member, c.reason(), c.detail(), c.message(), false);
    }

    Accepted depart(
            SessionState state,
            SessionState.Member member,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            boolean ban) {
        List<SessionEvent> events = new ArrayList<>();
        addDeparture(events, member, reason, detail, message, ban);
        if (closesWithLastModerator && state.isOnlyModerator(member)) {
            state.others(member).forEach(other -> addClosing(events, other, LAST_MODERATOR_LEFT));
        }
        return new Accepted(events);
    }

    static void addClosing(List<SessionEvent> events, SessionState.Member member, @Nullable String message) {
        DisconnectReason reason = DisconnectReason.FORCE_DISCONNECTED;
        addDeparture(events, member, reason, DisconnectDetail.SESSION_CLOSED, message, false);
    }

    private static Decision presence(SessionState state, ConnectionId id, boolean whenLost, SessionEvent event) {
        if (state.connection(id) == null) {
            return notConnected();
        }
        return state.isLost(id) == whenLost ? accepted(event) : NOTHING_HAPPENS;
    }

    private Decision publish(SessionState state, Command.Publish c) {
        SessionState.Member member = state.member(c.stream().connectionId());
        if (member == null) {
            return notConnected();
        }
        if (!member.info.role().capabilities().publish()) {
            return new Rejected(ErrorCode.PUBLISH_NOT_PERMITTED, "the role of this token does not permit publishing");
        }
        if (member.streams.size() >= maxStreamsPerConnection) {
            return new Rejected(
                    ErrorCode.STREAM_LIMIT_EXCEEDED,
                    "a connection may publish " + maxStreamsPerConnection + " streams at a time");
        }
        if (state.stream(c.stream().streamId()) != null) {
            return new Rejected(ErrorCode.INTERNAL_ERROR, "the stream id is taken");
        }
        Decision refusal = roster.refusal(state, member, c.stream());
        if (refusal != null) {
            return refusal;
        }
        return accepted(
                new SessionEvent.StreamCreated(state.forceMuted() ? c.stream().with(MUTED) : c.stream()));
    }

    private static Decision update(SessionState state, Command.UpdateStream c) {
        Decision refusal = refuseForeignStream(state, c.by(), c.streamId());
        if (refusal != null) {
            return refusal;
        }
        return c.change().isEmpty()
                ? NOTHING_HAPPENS
                : accepted(new SessionEvent.StreamChanged(c.streamId(), c.change()));
    }

    private static Decision unpublish(SessionState state, Command.Unpublish c) {
        Decision refusal = refuseForeignStream(state, c.by(), c.streamId());
        return refusal != null ? refusal : accepted(new SessionEvent.StreamDestroyed(c.streamId(), c.by(), c.reason()));
    }

    private static @Nullable Decision refuseForeignStream(SessionState state, ConnectionId by, StreamId streamId) {
        if (state.member(by) == null) {
            return notConnected();
        }
        StreamInfo stream = state.stream(streamId);
        return stream != null && stream.connectionId().equals(by)
                ? null
                : new Rejected(ErrorCode.PUBLISH_STREAM_NOT_FOUND, "this connection publishes no such stream");
    }

    private static Decision subscribe(SessionState state, Command.Subscribe c) {
        SessionState.Member member = state.member(c.by());
        if (member == null) {
            return notConnected();
        }
        if (!member.info.role().capabilities().subscribe()) {
            return new Rejected(
                    ErrorCode.SUBSCRIBE_NOT_PERMITTED, "the role of this token does not permit subscribing");
        }
        StreamInfo stream = state.stream(c.streamId());
        if (stream == null) {
            return new Rejected(ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "there is no such stream in the session");
        }
        if (stream.connectionId().equals(c.by())) {
            return new Rejected(
                    ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "a connection cannot subscribe to its own stream");
        }
        return NOTHING_HAPPENS;
    }

    private static Decision signal(SessionState state, Command.Signal c) {
        Decision refusal = refuse(
                state,
                c.by(),
                Capabilities::signal,
                ErrorCode.SIGNAL_NOT_PERMITTED,
                "the role of this token does not permit signals");
        if (refusal == null) {
            refusal = SignalRules.refuse(c.signalType(), c.data());
        }
        if (refusal != null) {
            return refusal;
        }
        if (c.to() == null) {
            return accepted(new SessionEvent.Signal(c.by(), c.signalType(), c.data()));
        }
        return state.connection(c.to()) != null
                ? NOTHING_HAPPENS
                : new Rejected(ErrorCode.SIGNAL_NOT_FOUND, "the addressee is not in the session");
    }

    static @Nullable Decision refuse(
            SessionState state,
            @Nullable ConnectionId by,
            Predicate<Capabilities> capability,
            ErrorCode code,
            String message) {
        if (by == null) {
            return null;
        }
        SessionState.Member member = state.member(by);
        if (member == null) {
            return notConnected();
        }
        return capability.test(member.info.role().capabilities()) ? null : new Rejected(code, message);
    }

    private static void addDeparture(
            List<SessionEvent> events,
            SessionState.Member member,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            boolean ban) {
        ConnectionId id = member.info.connectionId();
        StreamDestroyReason streamReason = StreamDestroyReason.of(reason);
        member.streams.forEach(stream -> events.add(new SessionEvent.StreamDestroyed(stream, id, streamReason)));
        events.add(new SessionEvent.ConnectionDestroyed(id, reason, detail, message, ban ? member.pass : null));
    }

    private static Rejected notConnected() {
        return new Rejected(ErrorCode.NOT_CONNECTED, "the connection is not in the session");
    }

    static Accepted accepted(SessionEvent event) {
        return new Accepted(List.of(event));
    }
}

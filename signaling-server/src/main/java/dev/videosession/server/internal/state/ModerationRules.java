package dev.videosession.server.internal.state;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.server.internal.state.Decision.Accepted;
import dev.videosession.server.internal.state.Decision.Rejected;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What moderators and the backend may do to others. */
final class ModerationRules {
    private ModerationRules() {}

    static Decision forceDisconnect(SessionRules rules, SessionState state, Command.ForceDisconnect c) {
        Decision refusal = SessionRules.refuse(
                state,
                c.by(),
                Capabilities::forceDisconnect,
                ErrorCode.FORCE_DISCONNECT_NOT_PERMITTED,
                "the role of this token does not permit removing others");
        if (refusal != null) {
            return refusal;
        }
        if (c.connectionId().equals(c.by())) {
            return new Rejected(ErrorCode.FORCE_DISCONNECT_SELF, "nobody removes himself: disconnect instead");
        }
        SessionState.Member victim = state.member(c.connectionId());
        if (victim == null) {
            return new Rejected(ErrorCode.FORCE_DISCONNECT_NOT_FOUND, "the one to remove is not in the session");
        }
        DisconnectDetail detail = c.ban() ? DisconnectDetail.BANNED : DisconnectDetail.KICKED;
        return rules.depart(state, victim, DisconnectReason.FORCE_DISCONNECTED, detail, c.message(), c.ban());
    }

    static Decision forceUnpublish(SessionState state, Command.ForceUnpublish c) {
        Decision refusal = SessionRules.refuse(
                state,
                c.by(),
                Capabilities::forceUnpublish,
                ErrorCode.FORCE_UNPUBLISH_NOT_PERMITTED,
                "the role of this token does not permit ending streams of others");
        if (refusal != null) {
            return refusal;
        }
        StreamInfo stream = state.stream(c.streamId());
        if (stream == null) {
            return new Rejected(ErrorCode.FORCE_UNPUBLISH_NOT_FOUND, "there is no such stream in the session");
        }
        return SessionRules.accepted(new SessionEvent.StreamDestroyed(
                c.streamId(), stream.connectionId(), StreamDestroyReason.FORCE_UNPUBLISHED));
    }

    static Decision forceMute(SessionState state, Command.ForceMute c) {
        Decision refusal = refuseMute(state, c.by());
        if (refusal != null) {
            return refusal;
        }
        StreamInfo stream = state.stream(c.streamId());
        return stream != null
                ? mute(false, List.of(stream))
                : new Rejected(ErrorCode.FORCE_MUTE_NOT_FOUND, "there is no such stream in the session");
    }

    static Decision forceMuteAll(SessionState state, Command.ForceMuteAll c) {
        Decision refusal = refuseMute(state, c.by());
        return refusal != null
                ? refusal
                : mute(
                        true,
                        state.streams().stream()
                                .filter(stream -> !c.excluded().contains(stream.streamId()))
                                .toList());
    }

    /** Names every stream, silent ones too: one of them may be about to say that it has audio again. */
    private static Decision mute(boolean everybody, List<StreamInfo> streams) {
        List<SessionEvent> events = new ArrayList<>();
        events.add(new SessionEvent.MuteForced(
                true, everybody, streams.stream().map(StreamInfo::streamId).toList()));
        streams.stream()
                .filter(StreamInfo::hasAudio)
                .forEach(stream -> events.add(new SessionEvent.StreamChanged(stream.streamId(), SessionRules.MUTED)));
        return new Accepted(events);
    }

    static Decision disableForceMute(SessionState state, Command.DisableForceMute c) {
        Decision refusal = refuseMute(state, c.by());
        if (refusal != null) {
            return refusal;
        }
        return state.forceMuted()
                ? SessionRules.accepted(new SessionEvent.MuteForced(false, true, List.of()))
                : SessionRules.NOTHING_HAPPENS;
    }

    static Decision close(SessionState state, Command.Close c) {
        List<SessionEvent> events = new ArrayList<>();
        state.members().forEach(member -> SessionRules.addClosing(events, member, c.message()));
        return new Accepted(events);
    }

    private static @Nullable Decision refuseMute(SessionState state, @Nullable ConnectionId by) {
        return SessionRules.refuse(
                state,
                by,
                Capabilities::forceMute,
                ErrorCode.FORCE_MUTE_NOT_PERMITTED,
                "the role of this token does not permit muting others");
    }
}

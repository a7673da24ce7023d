package dev.videosession.server.internal.rules;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for what moderators and the backend may do to other connections.
 *
 * @param departures the events of leaving
 */
record ModerationRules(Departures departures) {
    Decision forceDisconnect(LoggedState state, Command.ForceDisconnect command) {
        Decision refusal = Permissions.refusal(
                state,
                command.by(),
                Capabilities::forceDisconnect,
                ErrorCode.FORCE_DISCONNECT_NOT_PERMITTED,
                "The role of this token does not permit disconnecting other clients.");
        if (refusal != null) {
            return refusal;
        }
        if (command.connectionId().equals(command.by())) {
            return new Decision.Rejected(
                    ErrorCode.FORCE_DISCONNECT_SELF,
                    "You cannot force-disconnect your own connection. Disconnect instead.");
        }
        Member member = state.member(command.connectionId());
        if (member == null) {
            return new Decision.Rejected(
                    ErrorCode.FORCE_DISCONNECT_NOT_FOUND, "The connection to disconnect is not in the session.");
        }
        DisconnectDetail detail = command.ban() ? DisconnectDetail.BANNED : DisconnectDetail.KICKED;
        return departures.of(
                state, member, DisconnectReason.FORCE_DISCONNECTED, detail, command.message(), command.ban());
    }

    Decision forceUnpublish(LoggedState state, Command.ForceUnpublish command) {
        Decision refusal = Permissions.refusal(
                state,
                command.by(),
                Capabilities::forceUnpublish,
                ErrorCode.FORCE_UNPUBLISH_NOT_PERMITTED,
                "The role of this token does not permit unpublishing streams of other clients.");
        if (refusal != null) {
            return refusal;
        }
        StreamInfo stream = state.stream(command.streamId());
        return stream == null
                ? noSuchStream(ErrorCode.FORCE_UNPUBLISH_NOT_FOUND)
                : Decision.Accepted.of(new LoggedEvent.StreamDestroyed(
                        command.streamId(), stream.connectionId(), StreamDestroyReason.FORCE_UNPUBLISHED));
    }

    Decision forceMute(LoggedState state, Command.ForceMute command) {
        Decision refusal = refusalToMute(state, command.by());
        if (refusal != null) {
            return refusal;
        }
        StreamInfo stream = state.stream(command.streamId());
        return stream == null ? noSuchStream(ErrorCode.FORCE_MUTE_NOT_FOUND) : mute(false, List.of(stream));
    }

    Decision forceMuteAll(LoggedState state, Command.ForceMuteAll command) {
        Decision refusal = refusalToMute(state, command.by());
        return refusal != null
                ? refusal
                : mute(
                        true,
                        state.streams().stream()
                                .filter(stream -> !command.excluded().contains(stream.streamId()))
                                .toList());
    }

    /** Names every stream, muted ones too: the publisher of one of them may be about to turn its audio on. */
    private static Decision mute(boolean newStreams, List<StreamInfo> streams) {
        List<StreamId> ids = streams.stream().map(StreamInfo::streamId).toList();
        List<LoggedEvent> events = new ArrayList<>();
        events.add(new LoggedEvent.MuteForced(true, newStreams, ids));
        streams.stream()
                .filter(StreamInfo::hasAudio)
                .forEach(stream -> events.add(new LoggedEvent.StreamChanged(stream.streamId(), StreamRules.MUTED)));
        return new Decision.Accepted(events);
    }

    Decision disableForceMute(LoggedState state, Command.DisableForceMute command) {
        Decision refusal = refusalToMute(state, command.by());
        if (refusal != null) {
            return refusal;
        }
        return state.forceMuted()
                ? Decision.Accepted.of(new LoggedEvent.MuteForced(false, true, List.of()))
                : Decision.Accepted.NOTHING;
    }

    Decision close(LoggedState state, Command.Close command) {
        return Departures.ofAll(state, command.message());
    }

    private static Decision.@Nullable Rejected refusalToMute(LoggedState state, @Nullable ConnectionId by) {
        return Permissions.refusal(
                state,
                by,
                Capabilities::forceMute,
                ErrorCode.FORCE_MUTE_NOT_PERMITTED,
                "The role of this token does not permit muting other clients.");
    }

    private static Decision.Rejected noSuchStream(ErrorCode code) {
        return new Decision.Rejected(code, "There is no such stream in the session.");
    }
}

package dev.videosession.server.internal.rules;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.Member;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules for streams and for subscribing to them.
 *
 * @param maxStreamsPerConnection how many streams a connection may publish at a time
 * @param roster how much the roster may hold
 */
record StreamRules(int maxStreamsPerConnection, RosterBounds roster) {
    /** The change of a stream that is muted. */
    static final StreamChange MUTED = new StreamChange(false, null, null, null);

    Decision publish(LoggedState state, Command.Publish command) {
        StreamInfo stream = command.stream();
        Decision refusal = Permissions.refusal(
                state,
                stream.connectionId(),
                Capabilities::publish,
                ErrorCode.PUBLISH_NOT_PERMITTED,
                "The role of this token does not permit publishing.");
        if (refusal != null) {
            return refusal;
        }
        Member publisher = Objects.requireNonNull(state.member(stream.connectionId()));
        if (publisher.streams().size() >= maxStreamsPerConnection) {
            return new Decision.Rejected(
                    ErrorCode.STREAM_LIMIT_EXCEEDED,
                    "A connection may publish " + maxStreamsPerConnection + " streams at a time.");
        }
        if (state.stream(stream.streamId()) != null) {
            return new Decision.Rejected(ErrorCode.INTERNAL_ERROR, "The stream id is in use.");
        }
        refusal = roster.refusal(state, publisher, stream);
        return refusal != null
                ? refusal
                : Decision.Accepted.of(new LoggedEvent.StreamCreated(state.forceMuted() ? stream.with(MUTED) : stream));
    }

    Decision update(LoggedState state, Command.UpdateStream command) {
        Decision refusal = refusalUnlessOwn(state, command.by(), command.streamId());
        if (refusal != null) {
            return refusal;
        }
        return command.change().isEmpty()
                ? Decision.Accepted.NOTHING
                : Decision.Accepted.of(new LoggedEvent.StreamChanged(command.streamId(), command.change()));
    }

    Decision unpublish(LoggedState state, Command.Unpublish command) {
        Decision refusal = refusalUnlessOwn(state, command.by(), command.streamId());
        return refusal != null
                ? refusal
                : Decision.Accepted.of(
                        new LoggedEvent.StreamDestroyed(command.streamId(), command.by(), command.reason()));
    }

    private static @Nullable Decision refusalUnlessOwn(LoggedState state, ConnectionId by, StreamId streamId) {
        if (state.member(by) == null) {
            return Permissions.notConnected();
        }
        StreamInfo stream = state.stream(streamId);
        return stream != null && stream.connectionId().equals(by)
                ? null
                : new Decision.Rejected(
                        ErrorCode.PUBLISH_STREAM_NOT_FOUND, "This connection publishes no such stream.");
    }

    Decision subscribe(LoggedState state, Command.Subscribe command) {
        Decision refusal = Permissions.refusal(
                state,
                command.by(),
                Capabilities::subscribe,
                ErrorCode.SUBSCRIBE_NOT_PERMITTED,
                "The role of this token does not permit subscribing.");
        if (refusal != null) {
            return refusal;
        }
        StreamInfo stream = state.stream(command.streamId());
        if (stream == null) {
            return new Decision.Rejected(
                    ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "There is no such stream in the session.");
        }
        return stream.connectionId().equals(command.by())
                ? new Decision.Rejected(
                        ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "A connection cannot subscribe to its own stream.")
                : Decision.Accepted.with(new Effect.OpenLink(new Link(
                        command.linkId(),
                        command.streamId(),
                        stream.connectionId(),
                        command.by(),
                        command.subscription())));
    }
}

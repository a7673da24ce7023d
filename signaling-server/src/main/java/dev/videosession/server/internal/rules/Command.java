package dev.videosession.server.internal.rules;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.server.internal.state.TokenPass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to change a session. Ids and times are part of it, so that {@link SessionRules} need neither a clock nor random
 * numbers. {@code by} is the connection that asks, or null for the backend, which may do everything that a moderator may.
 */
public sealed interface Command {

    /**
     * Calls the method of a visitor for the type of this command.
     *
     * @param visitor called on this thread, once
     * @param parameter passed to the visitor
     * @param <P> type of the parameter
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <P, R> R accept(Command.Visitor<P, R> visitor, P parameter);

    /**
     * One method for each type of command. It has no default methods, so that a new type does not compile until every reader handles it.
     *
     * @param <P> type of the parameter of every method
     * @param <R> type of the result
     */
    interface Visitor<P, R> {
        R onJoin(Join command, P parameter);

        R onLeave(Leave command, P parameter);

        R onLose(Lose command, P parameter);

        R onReturn(Return command, P parameter);

        R onPublish(Publish command, P parameter);

        R onUpdateStream(UpdateStream command, P parameter);

        R onUnpublish(Unpublish command, P parameter);

        R onSubscribe(Subscribe command, P parameter);

        R onSignal(Signal command, P parameter);

        R onForceDisconnect(ForceDisconnect command, P parameter);

        R onForceUnpublish(ForceUnpublish command, P parameter);

        R onForceMute(ForceMute command, P parameter);

        R onForceMuteAll(ForceMuteAll command, P parameter);

        R onDisableForceMute(DisableForceMute command, P parameter);

        R onClose(Close command, P parameter);
    }

    /**
     * A client with a valid token joins.
     *
     * @param connection the new connection
     * @param pass its token
     */
    record Join(ConnectionInfo connection, TokenPass pass) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onJoin(this, parameter);
        }
    }

    /**
     * A connection ends, for any reason. Only the first end of a connection is accepted.
     *
     * @param connectionId the connection
     * @param reason why
     * @param detail the cause
     * @param message for its user, or null
     */
    record Leave(
            ConnectionId connectionId,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onLeave(this, parameter);
        }
    }

    /**
     * The socket of a connection is lost; the client may resume.
     *
     * @param connectionId the connection
     */
    record Lose(ConnectionId connectionId) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onLose(this, parameter);
        }
    }

    /**
     * A client resumes its connection.
     *
     * @param connectionId the connection
     */
    record Return(ConnectionId connectionId) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onReturn(this, parameter);
        }
    }

    /**
     * A connection publishes.
     *
     * @param stream the stream as requested; its connection is the one that asks
     */
    record Publish(StreamInfo stream) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onPublish(this, parameter);
        }
    }

    /**
     * A connection changes its stream.
     *
     * @param by the publisher
     * @param streamId its stream
     * @param change the new values
     */
    record UpdateStream(ConnectionId by, StreamId streamId, StreamChange change) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onUpdateStream(this, parameter);
        }
    }

    /**
     * A connection ends its stream.
     *
     * @param by the publisher
     * @param streamId its stream
     * @param reason why
     */
    record Unpublish(ConnectionId by, StreamId streamId, StreamDestroyReason reason) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onUnpublish(this, parameter);
        }
    }

    /**
     * A connection subscribes to a stream. Changes nothing in the state; its effect opens a link.
     *
     * @param by the subscriber
     * @param streamId the stream
     * @param linkId id of the new link
     * @param subscription what the subscriber wants to receive
     */
    record Subscribe(ConnectionId by, StreamId streamId, LinkId linkId, Subscription subscription) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onSubscribe(this, parameter);
        }
    }

    /**
     * A signal.
     *
     * @param by the sender, or null for the backend
     * @param to the recipient, or null for every connection; a signal to one connection changes nothing in the state
     * @param signalType its type, or null
     * @param data its data, or null
     */
    record Signal(
            @Nullable ConnectionId by,
            @Nullable ConnectionId to,
            @Nullable String signalType,
            @Nullable String data) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onSignal(this, parameter);
        }
    }

    /**
     * A moderator or the backend removes a connection.
     *
     * @param by the moderator, or null for the backend
     * @param connectionId the connection to remove
     * @param message for its user, or null
     * @param ban whether its token is refused from now on
     */
    record ForceDisconnect(
            @Nullable ConnectionId by,
            ConnectionId connectionId,
            @Nullable String message,
            boolean ban) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceDisconnect(this, parameter);
        }
    }

    /**
     * A moderator or the backend ends a stream of another connection.
     *
     * @param by the moderator, or null for the backend
     * @param streamId the stream
     */
    record ForceUnpublish(@Nullable ConnectionId by, StreamId streamId) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceUnpublish(this, parameter);
        }
    }

    /**
     * A moderator or the backend mutes one stream.
     *
     * @param by the moderator, or null for the backend
     * @param streamId the stream
     */
    record ForceMute(@Nullable ConnectionId by, StreamId streamId) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceMute(this, parameter);
        }
    }

    /**
     * A moderator or the backend mutes every stream except some, and streams published later.
     *
     * @param by the moderator, or null for the backend
     * @param excluded the streams that are not muted
     */
    record ForceMuteAll(@Nullable ConnectionId by, Set<StreamId> excluded) implements Command {
        public ForceMuteAll {
            excluded = Set.copyOf(excluded);
        }

        /**
         * Creates the command from a list that may name a stream twice.
         *
         * @param by the moderator, or null for the backend
         * @param excluded the streams that are not muted
         */
        public ForceMuteAll(@Nullable ConnectionId by, List<StreamId> excluded) {
            this(by, Set.copyOf(excluded));
        }

        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceMuteAll(this, parameter);
        }
    }

    /**
     * A moderator or the backend lets new streams start with audio again.
     *
     * @param by the moderator, or null for the backend
     */
    record DisableForceMute(@Nullable ConnectionId by) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onDisableForceMute(this, parameter);
        }
    }

    /**
     * The backend closes the session: every connection is removed.
     *
     * @param message for the users, or null
     */
    record Close(@Nullable String message) implements Command {
        @Override
        public <P, R> R accept(Command.Visitor<P, R> visitor, P parameter) {
            return visitor.onClose(this, parameter);
        }
    }
}

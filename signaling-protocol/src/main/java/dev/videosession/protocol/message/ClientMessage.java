package dev.videosession.protocol.message;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.text.Text;
import dev.videosession.protocol.text.WellFormedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client sends to the server, one JSON object in one WebSocket text message. */
public sealed interface ClientMessage permits ClientMessage.Request, ClientMessage.Disconnect, LinkMessage, Heartbeat {
    /**
     * Calls the method of a visitor for the type of this message.
     *
     * @param visitor called on this thread, once
     * @param parameter passed to the visitor
     * @param <P> type of the parameter
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <P, R> R accept(ClientMessage.Visitor<P, R> visitor, P parameter);

    /**
     * One method for each kind of message. It has no default methods, so that a new kind does not compile until every reader handles it.
     *
     * @param <P> type of the parameter of every method
     * @param <R> type of the result
     */
    interface Visitor<P, R> {
        R onRequest(Request message, P parameter);

        R onDisconnect(Disconnect message, P parameter);

        R onLinkMessage(LinkMessage message, P parameter);

        R onHeartbeat(Heartbeat message, P parameter);
    }

    /** A message that the server answers with exactly one {@link ServerMessage.Reply} of the same id. */
    sealed interface Request extends ClientMessage {
        /**
         * Returns the number of the request, which its reply repeats. A client counts its requests from 1. The server answers
         * a repeated number with its earlier reply, so that a request may be sent again after a resume.
         *
         * @return 1 to 2<sup>53</sup> - 1
         */
        long id();

        /**
         * Calls the method of a visitor for the type of this request.
         *
         * @param visitor called on this thread, once
         * @param parameter passed to the visitor
         * @param <P> type of the parameter
         * @param <R> type of the result
         * @return what the visitor returned
         */
        <P, R> R accept(Request.Visitor<P, R> visitor, P parameter);

        @Override
        default <P, R> R accept(ClientMessage.Visitor<P, R> visitor, P parameter) {
            return visitor.onRequest(this, parameter);
        }

        /**
         * One method for each type of request. It has no default methods, so that a new type does not compile until every reader handles
         * it.
         *
         * @param <P> type of the parameter of every method
         * @param <R> type of the result
         */
        interface Visitor<P, R> {
            R onConnect(Connect request, P parameter);

            R onResume(Resume request, P parameter);

            R onPublish(Publish request, P parameter);

            R onUpdateStream(UpdateStream request, P parameter);

            R onUnpublish(Unpublish request, P parameter);

            R onSubscribe(Subscribe request, P parameter);

            R onUpdateSubscription(UpdateSubscription request, P parameter);

            R onUnsubscribe(Unsubscribe request, P parameter);

            R onSignal(Signal request, P parameter);

            R onForceDisconnect(ForceDisconnect request, P parameter);

            R onForceUnpublish(ForceUnpublish request, P parameter);

            R onForceMute(ForceMute request, P parameter);

            R onForceMuteAll(ForceMuteAll request, P parameter);

            R onDisableForceMute(DisableForceMute request, P parameter);
        }
    }

    /** The first message on a new socket. */
    sealed interface Opening extends Request {
        /** {@return the version of the protocol that the client speaks} */
        int protocol();
    }

    /**
     * Opens a connection.
     *
     * @param id see {@link Request#id()}
     * @param protocol version of the protocol, {@link dev.videosession.protocol.codec.MessageCodec#PROTOCOL_VERSION}
     * @param sessionId the session to join
     * @param token the token for it, at most {@link Limits#TOKEN} characters without white space
     * @param client name and version of the client program, for the server's log, or null
     * @param connectionEventsSuppressed true to receive no events about other connections; null is false
     * @param features the features of the client, see {@link Feature}; null for none
     */
    record Connect(
            long id,
            int protocol,
            SessionId sessionId,
            String token,
            @Nullable String client,
            @Nullable Boolean connectionEventsSuppressed,
            @Nullable List<String> features)
            implements Opening {
        public Connect {
            requireId(id);
            Text.require("sessionId", sessionId);
            Text.requireBounded("token", Text.require("token", token), Limits.TOKEN);
            Text.requireNoWhiteSpace("token", token);
            Text.requireBounded("client", client, 128);
            features = Feature.checked(features);
        }

        /**
         * Creates the request of a client without features.
         *
         * @param id see {@link Request#id()}
         * @param protocol version of the protocol
         * @param sessionId the session to join
         * @param token the token for it
         * @param client name and version of the client program, or null
         * @param connectionEventsSuppressed true to receive no events about other connections; null is false
         */
        public Connect(
                long id,
                int protocol,
                SessionId sessionId,
                String token,
                @Nullable String client,
                @Nullable Boolean connectionEventsSuppressed) {
            this(id, protocol, sessionId, token, client, connectionEventsSuppressed, null);
        }

        @Override
        public String toString() {
            return "Connect[id=" + id + ", sessionId=" + sessionId + "]";
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onConnect(this, parameter);
        }
    }

    /**
     * Resumes a connection after its socket was lost.
     *
     * @param id see {@link Request#id()}
     * @param protocol version of the protocol
     * @param sessionId the session
     * @param connectionId the connection to resume
     * @param resumeKey the secret that came with {@link ServerMessage.Connected}
     * @param sequence the last sequenced event that was received
     */
    record Resume(
            long id, int protocol, SessionId sessionId, ConnectionId connectionId, String resumeKey, long sequence)
            implements Opening {
        public Resume {
            requireId(id);
            Text.require("sessionId", sessionId);
            Text.require("connectionId", connectionId);
            Text.requireToken("resumeKey", resumeKey, 128);
            Text.requireRange("sequence", sequence, 0, Long.MAX_VALUE);
        }

        @Override
        public String toString() {
            return "Resume[id=" + id + ", connectionId=" + connectionId + ", sequence=" + sequence + "]";
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onResume(this, parameter);
        }
    }

    /**
     * Publishes a stream. The answer is {@link ServerMessage.Published}.
     *
     * @param id see {@link Request#id()}
     * @param name of the stream, at most {@link Limits#STREAM_NAME} characters, may be empty
     * @param hasAudio whether audio is being sent
     * @param hasVideo whether video is being sent
     * @param videoType source of the video, or null for a stream without video
     * @param dimensions size of the video, or null for a stream without video
     */
    record Publish(
            long id,
            String name,
            boolean hasAudio,
            boolean hasVideo,
            @Nullable VideoType videoType,
            @Nullable Dimensions dimensions)
            implements Request {
        public Publish {
            requireId(id);
            Text.requireBounded("name", Text.require("name", name), Limits.STREAM_NAME);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onPublish(this, parameter);
        }
    }

    /**
     * Changes properties of a stream of this connection.
     *
     * @param id see {@link Request#id()}
     * @param streamId the stream
     * @param change the new values
     */
    record UpdateStream(long id, StreamId streamId, StreamChange change) implements Request {
        public UpdateStream {
            requireId(id);
            Text.require("streamId", streamId);
            Text.require("change", change);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onUpdateStream(this, parameter);
        }
    }

    /**
     * Unpublishes a stream of this connection.
     *
     * @param id see {@link Request#id()}
     * @param streamId the stream
     * @param reason {@link StreamDestroyReason#CLIENT_DISCONNECTED} or {@link StreamDestroyReason#MEDIA_STOPPED}; null is
     *     the former
     */
    record Unpublish(long id, StreamId streamId, @Nullable StreamDestroyReason reason) implements Request {
        public Unpublish {
            requireId(id);
            Text.require("streamId", streamId);
            if (reason != null
                    && reason != StreamDestroyReason.CLIENT_DISCONNECTED
                    && reason != StreamDestroyReason.MEDIA_STOPPED) {
                throw new IllegalArgumentException("reason must be clientDisconnected or mediaStopped");
            }
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onUnpublish(this, parameter);
        }
    }

    /**
     * Opens a media link to the publisher of a stream. The answer is {@link ServerMessage.Subscribed}; then the publisher
     * offers.
     *
     * @param id see {@link Request#id()}
     * @param streamId the stream
     * @param subscription what to send
     */
    record Subscribe(long id, StreamId streamId, Subscription subscription) implements Request {
        public Subscribe {
            requireId(id);
            Text.require("streamId", streamId);
            Text.require("subscription", subscription);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onSubscribe(this, parameter);
        }
    }

    /**
     * Changes what a subscription receives.
     *
     * @param id see {@link Request#id()}
     * @param linkId the link
     * @param subscription what to send from now on
     */
    record UpdateSubscription(long id, LinkId linkId, Subscription subscription) implements Request {
        public UpdateSubscription {
            requireId(id);
            Text.require("linkId", linkId);
            Text.require("subscription", subscription);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onUpdateSubscription(this, parameter);
        }
    }

    /**
     * Closes the link of a subscription.
     *
     * @param id see {@link Request#id()}
     * @param linkId the link
     */
    record Unsubscribe(long id, LinkId linkId) implements Request {
        public Unsubscribe {
            requireId(id);
            Text.require("linkId", linkId);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onUnsubscribe(this, parameter);
        }
    }

    /**
     * Sends a signal to every client, including the sender, or to one client.
     *
     * @param id see {@link Request#id()}
     * @param signalType at most {@link Limits#SIGNAL_TYPE} of {@code A-Z a-z 0-9 - _ ~ .}, or null
     * @param data at most {@link Limits#SIGNAL_DATA_BYTES} bytes of UTF-8, or null
     * @param to the recipient, or null for every client
     */
    record Signal(
            long id,
            @Nullable String signalType,
            @Nullable String data,
            @Nullable ConnectionId to) implements Request {
        public Signal {
            requireId(id);
            WellFormedText.require("signalType", signalType);
            WellFormedText.require("data", data);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onSignal(this, parameter);
        }
    }

    /**
     * Disconnects another client. For moderators.
     *
     * @param id see {@link Request#id()}
     * @param connectionId the connection to disconnect
     * @param message for its user, at most {@link Limits#MODERATOR_MESSAGE} characters, or null
     * @param ban true to refuse its token for the rest of the session; null is false
     */
    record ForceDisconnect(
            long id,
            ConnectionId connectionId,
            @Nullable String message,
            @Nullable Boolean ban) implements Request {
        public ForceDisconnect {
            requireId(id);
            Text.require("connectionId", connectionId);
            Text.requireBounded("message", message, Limits.MODERATOR_MESSAGE);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceDisconnect(this, parameter);
        }
    }

    /**
     * Unpublishes a stream of another client. For moderators.
     *
     * @param id see {@link Request#id()}
     * @param streamId the stream to unpublish
     */
    record ForceUnpublish(long id, StreamId streamId) implements Request {
        public ForceUnpublish {
            requireId(id);
            Text.require("streamId", streamId);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceUnpublish(this, parameter);
        }
    }

    /**
     * Mutes the audio of one stream. For moderators.
     *
     * @param id see {@link Request#id()}
     * @param streamId the stream to mute
     */
    record ForceMute(long id, StreamId streamId) implements Request {
        public ForceMute {
            requireId(id);
            Text.require("streamId", streamId);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceMute(this, parameter);
        }
    }

    /**
     * Mutes the audio of every stream except some, and of every stream published later. For moderators.
     *
     * @param id see {@link Request#id()}
     * @param excludedStreamIds streams that are not muted, at most {@link Limits#EXCLUDED_STREAMS}
     */
    record ForceMuteAll(long id, List<StreamId> excludedStreamIds) implements Request {
        public ForceMuteAll {
            requireId(id);
            excludedStreamIds = List.copyOf(Text.require("excludedStreamIds", excludedStreamIds));
            Text.requireRange("excludedStreamIds", excludedStreamIds.size(), 0, Limits.EXCLUDED_STREAMS);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onForceMuteAll(this, parameter);
        }
    }

    /**
     * Lets new streams start with audio again. For moderators.
     *
     * @param id see {@link Request#id()}
     */
    record DisableForceMute(long id) implements Request {
        public DisableForceMute {
            requireId(id);
        }

        @Override
        public <P, R> R accept(Request.Visitor<P, R> visitor, P parameter) {
            return visitor.onDisableForceMute(this, parameter);
        }
    }

    /** Disconnects. The server answers with {@link ServerMessage.Disconnected} and closes the socket. */
    record Disconnect() implements ClientMessage {
        @Override
        public <P, R> R accept(ClientMessage.Visitor<P, R> visitor, P parameter) {
            return visitor.onDisconnect(this, parameter);
        }
    }

    private static void requireId(long id) {
        Text.requireRange("id", id, 1, (1L << 53) - 1);
    }
}

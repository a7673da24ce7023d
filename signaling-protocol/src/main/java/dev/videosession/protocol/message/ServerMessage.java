package dev.videosession.protocol.message;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.text.Text;
import dev.videosession.protocol.text.WellFormedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server sends to a client, one JSON object in one WebSocket text message. */
public sealed interface ServerMessage
        permits ServerMessage.Reply,
                SequencedEvent,
                ServerMessage.DirectSignal,
                ServerMessage.LinkOpened,
                ServerMessage.LinkUpdated,
                ServerMessage.LinkClosed,
                ServerMessage.NodesChanged,
                ServerMessage.IceServersRenewed,
                ServerMessage.Draining,
                ServerMessage.Disconnected,
                LinkMessage,
                Heartbeat {
    /**
     * Calls the method of a visitor for the type of this message.
     *
     * @param visitor called on this thread, once
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <R> R accept(ServerMessage.Visitor<R> visitor);

    /**
     * One method for each kind of message. It has no default methods, so that a new kind does not compile until every reader handles it.
     *
     * @param <R> type of the result
     */
    interface Visitor<R> {
        R onReply(Reply message);

        R onEvent(SequencedEvent message);

        R onDirectSignal(DirectSignal message);

        R onLinkOpened(LinkOpened message);

        R onLinkUpdated(LinkUpdated message);

        R onLinkClosed(LinkClosed message);

        R onNodesChanged(NodesChanged message);

        R onIceServersRenewed(IceServersRenewed message);

        R onDraining(Draining message);

        R onDisconnected(Disconnected message);

        R onLinkMessage(LinkMessage message);

        R onHeartbeat(Heartbeat message);
    }

    /** The answer to a {@link ClientMessage.Request}. */
    sealed interface Reply extends ServerMessage {
        /** {@return the id of the request; null only in a {@link Failed} about a message whose id could not be read} */
        @Nullable
        Long id();

        /**
         * Calls the method of a visitor for the type of this reply.
         *
         * @param visitor called on this thread, once
         * @param <R> type of the result
         * @return what the visitor returned
         */
        <R> R accept(Reply.Visitor<R> visitor);

        @Override
        default <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onReply(this);
        }

        /**
         * One method for each type of reply. It has no default methods, so that a new type does not compile until every reader handles it.
         *
         * @param <R> type of the result
         */
        interface Visitor<R> {
            R onConnected(Connected reply);

            R onResumed(Resumed reply);

            R onDone(Done reply);

            R onPublished(Published reply);

            R onSubscribed(Subscribed reply);

            R onFailed(Failed reply);
        }
    }

    /**
     * The connection is established.
     *
     * @param id of the request
     * @param connection the client's own connection
     * @param capabilities what it may do
     * @param resumeKey secret with which to resume; changes with every resume
     * @param roster the connections and streams of the session, including this client's connection
     * @param iceServers for the client's media links
     * @param timings heartbeat and deadlines
     * @param features what the server understands, see {@link Feature}; null is nothing
     * @param nodes addresses at which the connection can be resumed, beside the one that the client used; null if there is one node
     */
    record Connected(
            Long id,
            ConnectionInfo connection,
            Capabilities capabilities,
            String resumeKey,
            Roster roster,
            List<IceServer> iceServers,
            Timings timings,
            @Nullable List<String> features,
            @Nullable List<String> nodes)
            implements Reply {
        /** A connection to a server of one node. */
        public Connected(
                Long id,
                ConnectionInfo connection,
                Capabilities capabilities,
                String resumeKey,
                Roster roster,
                List<IceServer> iceServers,
                Timings timings,
                @Nullable List<String> features) {
            this(id, connection, capabilities, resumeKey, roster, iceServers, timings, features, null);
        }

        public Connected {
            Text.require("id", id);
            Text.require("connection", connection);
            Text.require("capabilities", capabilities);
            Text.requireText("resumeKey", resumeKey);
            Text.require("roster", roster);
            iceServers = List.copyOf(Text.require("iceServers", iceServers));
            Text.require("timings", timings);
            features = Feature.checked(features);
            nodes = NodeUrls.checked(nodes);
        }

        @Override
        public String toString() {
            return "Connected[id=" + id + ", connection=" + connection + ", roster=" + roster + "]";
        }

        @Override
        public <R> R accept(Reply.Visitor<R> visitor) {
            return visitor.onConnected(this);
        }
    }

    /**
     * The connection is resumed. Without a roster, the missed events follow in order. A roster replaces what the client knew,
     * because the log no longer has all of them.
     *
     * @param id of the request
     * @param resumeKey the next secret
     * @param sequence the last of the missed events that follow, or the one that the client named. The client is up to date
     *     when it has handled this event
     * @param roster the connections and streams, if the log no longer reaches back far enough, else null
     * @param iceServers fresh credentials
     * @param links the open links of this connection; the client closes all other links
     * @param nodes as in {@link Connected}; null changes nothing
     */
    record Resumed(
            Long id,
            String resumeKey,
            long sequence,
            @Nullable Roster roster,
            List<IceServer> iceServers,
            List<LinkId> links,
            @Nullable List<String> nodes)
            implements Reply {
        /** A connection to a server of one node. */
        public Resumed(
                Long id,
                String resumeKey,
                long sequence,
                @Nullable Roster roster,
                List<IceServer> iceServers,
                List<LinkId> links) {
            this(id, resumeKey, sequence, roster, iceServers, links, null);
        }

        public Resumed {
            Text.require("id", id);
            Text.requireText("resumeKey", resumeKey);
            iceServers = List.copyOf(Text.require("iceServers", iceServers));
            links = List.copyOf(Text.require("links", links));
            nodes = NodeUrls.checked(nodes);
        }

        @Override
        public String toString() {
            return "Resumed[id=" + id + ", sequence=" + sequence + ", roster=" + roster + "]";
        }

        @Override
        public <R> R accept(Reply.Visitor<R> visitor) {
            return visitor.onResumed(this);
        }
    }

    /**
     * The request was carried out.
     *
     * @param id of the request
     */
    record Done(Long id) implements Reply {
        public Done {
            Text.require("id", id);
        }

        @Override
        public <R> R accept(Reply.Visitor<R> visitor) {
            return visitor.onDone(this);
        }
    }

    /**
     * The stream is published. Always sent before the {@code streamCreated} event of that stream.
     *
     * @param id of the request
     * @param stream the new stream
     */
    record Published(Long id, StreamInfo stream) implements Reply {
        public Published {
            Text.require("id", id);
            Text.require("stream", stream);
        }

        @Override
        public <R> R accept(Reply.Visitor<R> visitor) {
            return visitor.onPublished(this);
        }
    }

    /**
     * The link is open; the publisher's offer follows.
     *
     * @param id of the request
     * @param linkId the new link
     */
    record Subscribed(Long id, LinkId linkId) implements Reply {
        public Subscribed {
            Text.require("id", id);
            Text.require("linkId", linkId);
        }

        @Override
        public <R> R accept(Reply.Visitor<R> visitor) {
            return visitor.onSubscribed(this);
        }
    }

    /**
     * A request or a malformed message was refused. Named {@code error} on the wire.
     *
     * @param id of the request, or null if the refused message had none that could be read
     * @param linkId the link whose message was refused, or null if it was another message
     * @param code OpenTok's number, see {@link ErrorCode#code()}
     * @param name OpenTok's name, see {@link ErrorCode#errorName()}
     * @param message for people: what was wrong and what to do
     * @param retry whether the same request may succeed later
     * @param retryAfterMillis how long to wait at least before trying again, in milliseconds, or null
     */
    record Failed(
            @Nullable Long id,
            @Nullable LinkId linkId,
            int code,
            String name,
            String message,
            boolean retry,
            @Nullable Long retryAfterMillis)
            implements Reply {
        public Failed {
            Text.requireText("name", name);
            Text.requireText("message", message);
        }

        /**
         * Creates an error of a known kind.
         *
         * @param id of the request, or null
         * @param code the kind
         * @param message for people
         * @return the message
         */
        public static Failed of(@Nullable Long id, ErrorCode code, String message) {
            return new Failed(id, null, code.code(), code.errorName(), message, code.isRetryable(), null);
        }

        /**
         * Creates an error about a description or candidate of a link.
         *
         * @param linkId the link
         * @param code the kind
         * @param message for people
         * @return the message
         */
        public static Failed ofLink(LinkId linkId, ErrorCode code, String message) {
            return new Failed(null, linkId, code.code(), code.errorName(), message, code.isRetryable(), null);
        }

        /**
         * Creates an error after which the client should wait.
         *
         * @param id of the request, or null
         * @param code the kind
         * @param message for people
         * @param retryAfterMillis how long to wait at least
         * @return the message
         */
        public static Failed of(@Nullable Long id, ErrorCode code, String message, long retryAfterMillis) {
            return new Failed(id, null, code.code(), code.errorName(), message, code.isRetryable(), retryAfterMillis);
        }

        @Override
        public <R> R accept(Reply.Visitor<R> visitor) {
            return visitor.onFailed(this);
        }
    }

    /**
     * A signal for this connection only. Named {@code directSignal} on the wire. It has no sequence and is lost if the
     * recipient does not resume.
     *
     * @param from the sender, or null if the backend sent it
     * @param signalType its type, or null
     * @param data its data, or null
     */
    record DirectSignal(
            @Nullable ConnectionId from,
            @Nullable String signalType,
            @Nullable String data) implements ServerMessage {
        public DirectSignal {
            WellFormedText.require("signalType", signalType);
            WellFormedText.require("data", data);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onDirectSignal(this);
        }
    }

    /**
     * A link for a stream of this client is open; this client now offers.
     *
     * @param linkId the new link
     * @param streamId the stream of this client
     * @param subscriber the connection at the other end, or {@link #ROUTER}
     * @param subscription what to send
     * @param encodings the largest number of encodings of the video that may be offered; null is 1
     */
    record LinkOpened(
            LinkId linkId,
            StreamId streamId,
            ConnectionId subscriber,
            Subscription subscription,
            @Nullable Integer encodings)
            implements ServerMessage {
        /** The other end is a media router. No connection has this id. */
        public static final ConnectionId ROUTER = new ConnectionId("router");

        private static final int MAX_ENCODINGS = 6;

        /**
         * A link to another client.
         *
         * @param linkId the new link
         * @param streamId the own stream
         * @param subscriber the connection at the other end
         * @param subscription what to send
         */
        public LinkOpened(LinkId linkId, StreamId streamId, ConnectionId subscriber, Subscription subscription) {
            this(linkId, streamId, subscriber, subscription, null);
        }

        public LinkOpened {
            if (encodings != null) {
                Text.requireRange("encodings", encodings, 1, MAX_ENCODINGS);
            }
            Text.require("linkId", linkId);
            Text.require("streamId", streamId);
            Text.require("subscriber", subscriber);
            Text.require("subscription", subscription);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onLinkOpened(this);
        }

        /**
         * Sets the largest number of encodings.
         *
         * @param most 1 to 6
         * @return a copy
         */
        public LinkOpened withEncodings(int most) {
            return new LinkOpened(linkId, streamId, subscriber, subscription, most);
        }

        /** {@return the largest number of encodings of the video that may be offered} */
        public int maxEncodings() {
            return encodings == null ? 1 : encodings;
        }
    }

    /**
     * The other end of a link of this client's stream needs something else.
     *
     * @param linkId the link
     * @param subscription what to send from now on
     * @param encodings indexes of the encodings of the video that are needed, 0 for the smallest; null for all that were offered
     */
    record LinkUpdated(
            LinkId linkId,
            Subscription subscription,
            @Nullable List<Integer> encodings) implements ServerMessage {
        public LinkUpdated {
            Text.require("linkId", linkId);
            Text.require("subscription", subscription);
            if (encodings != null) {
                Text.requireRange("encodings", encodings.size(), 0, LinkOpened.MAX_ENCODINGS);
                encodings.forEach(index -> Text.requireRange("encodings", index, 0, LinkOpened.MAX_ENCODINGS - 1));
                encodings = List.copyOf(encodings);
            }
        }

        /**
         * Creates the message about a link with one encoding, or with all encodings needed.
         *
         * @param linkId the link
         * @param subscription what to send from now on
         */
        public LinkUpdated(LinkId linkId, Subscription subscription) {
            this(linkId, subscription, null);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onLinkUpdated(this);
        }
    }

    /**
     * The link is closed. Close the peer connection at once.
     *
     * @param linkId the link
     * @param reason the reason if both ends are still connected; null if the other end has left
     */
    record LinkClosed(LinkId linkId, @Nullable LinkCloseReason reason) implements ServerMessage {
        public LinkClosed {
            Text.require("linkId", linkId);
        }

        /**
         * Creates the message about a link whose other end has left.
         *
         * @param linkId the link
         */
        public LinkClosed(LinkId linkId) {
            this(linkId, null);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onLinkClosed(this);
        }
    }

    /**
     * The server's nodes have changed. Named {@code nodes} on the wire.
     *
     * @param nodes addresses at which the connection can be resumed; replaces the earlier ones
     */
    record NodesChanged(List<String> nodes) implements ServerMessage {
        public NodesChanged {
            nodes = NodeUrls.required(nodes);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onNodesChanged(this);
        }
    }

    /**
     * New ICE servers for the client's media links, before the credentials of the earlier ones end. Named {@code iceServers} on the
     * wire. Sent only to clients with {@link Feature#ICE_SERVER_RENEWAL}.
     *
     * @param iceServers replace all earlier ones
     */
    record IceServersRenewed(List<IceServer> iceServers) implements ServerMessage {
        public IceServersRenewed {
            iceServers = List.copyOf(Text.require("iceServers", iceServers));
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onIceServersRenewed(this);
        }
    }

    /**
     * The server, or this node of it, is about to stop. The socket will be closed with a code that permits resuming.
     *
     * @param retryAfterMillis how long to wait before the first attempt to resume, in milliseconds
     * @param nodes addresses of other nodes, at which to resume first; null if there are none
     */
    record Draining(long retryAfterMillis, @Nullable List<String> nodes) implements ServerMessage {
        public Draining {
            nodes = NodeUrls.checked(nodes);
        }

        /**
         * A server of one node is about to stop.
         *
         * @param retryAfterMillis how long to wait before the first attempt to resume, in milliseconds
         */
        public Draining(long retryAfterMillis) {
            this(retryAfterMillis, null);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onDraining(this);
        }
    }

    /**
     * The connection has ended. The last message on the socket.
     *
     * @param reason why
     * @param detail the cause behind it
     * @param message from the moderator or the server, or null
     */
    record Disconnected(
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message) implements ServerMessage {
        public Disconnected {
            Text.require("reason", reason);
            Text.require("detail", detail);
            WellFormedText.require("message", message);
        }

        @Override
        public <R> R accept(ServerMessage.Visitor<R> visitor) {
            return visitor.onDisconnected(this);
        }
    }
}

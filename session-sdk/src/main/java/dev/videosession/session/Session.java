package dev.videosession.session;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Observable;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's handle to a session: connect, publish, subscribe, signal, moderate.
 *
 * <p>Methods may be called from any thread and return at once. Commands start when they are called, whether or not the
 * returned object is subscribed to; it reports the outcome, with a {@link SessionException} for a failure. Outcomes and
 * events arrive one at a time, in order, on the callback executor. A session may be connected again after it was
 * disconnected; it is then a new connection.
 *
 * <p>Commands given while the session is connecting wait for it; if connecting fails, they fail with the same error.
 *
 * <p>A method that returns an outcome throws only for null arguments, with a {@link NullPointerException}; every other
 * failure, also a value out of range, arrives through the outcome, for a subscription through {@link Subscriber#connected()}.
 * A method without an outcome, a builder, or the constructor of a value throws an {@link IllegalArgumentException} for a value
 * out of range.
 */
public interface Session extends AutoCloseable {
    /**
     * Creates a builder for a session.
     *
     * @param server address of the server, for instance {@code http://localhost:8080}; see {@link ServerAddress} for what
     *     it may hold
     * @param apiKey API key of the project; compared with the project of the token when the session connects
     * @param sessionId session id created by the backend
     * @return a builder
     * @throws IllegalArgumentException if the address or the session id is invalid
     */
    static SessionBuilder builder(URI server, String apiKey, String sessionId) {
        return builder(ServerAddress.of(server), apiKey, sessionId);
    }

    /**
     * Creates a builder for a session.
     *
     * @param server address of the server
     * @param apiKey API key of the project; compared with the project of the token when the session connects
     * @param sessionId session id created by the backend
     * @return a builder
     * @throws IllegalArgumentException if the session id is invalid
     */
    static SessionBuilder builder(ServerAddress server, String apiKey, String sessionId) {
        return builder(List.of(server), apiKey, sessionId);
    }

    /**
     * Creates a builder for a session on a server of several nodes. The session connects to the first address that answers and,
     * after a loss, continues at another one.
     *
     * @param servers addresses of nodes of one server; all use TLS, or none does
     * @param apiKey API key of the project; compared with the project of the token when the session connects
     * @param sessionId session id created by the backend
     * @return a builder
     * @throws IllegalArgumentException if the list is empty or mixes addresses with and without TLS, or the session id is
     *     invalid
     */
    static SessionBuilder builder(List<ServerAddress> servers, String apiKey, String sessionId) {
        return new SessionBuilder(servers, apiKey, sessionId);
    }

    /** {@return the session id} */
    SessionId id();

    /** {@return the API key of the project} */
    String apiKey();

    /** {@return the current state; may be ahead of the events} */
    SessionState state();

    /** {@return this client's own connection, or empty if not connected} */
    Optional<Connection> connection();

    /** {@return what this client's own connection may do, or empty if not connected} */
    Optional<Capabilities> capabilities();

    /**
     * {@return the connections in the session in order of arrival, the own one included; empty if not connected; may be ahead of the
     * events}
     */
    List<Connection> connections();

    /**
     * {@return the streams in the session in order of arrival, own streams included; empty if not connected; may be ahead of the events}
     */
    List<Stream> streams();

    /**
     * {@return the participants who speak now; {@link Speakers#NONE} if not connected. {@link SessionListener#onSpeakersChanged} reports
     * each change}
     */
    Speakers speakers();

    /**
     * Connects to the session. Does nothing if already connected.
     *
     * @param token token created by the backend for this session
     * @return completes when connected; fails with 1004 for a bad token, 1005 for an unknown session, 1006 if the server
     *     cannot be reached, 1008 if it does not answer
     */
    Completable connect(String token);

    /**
     * Disconnects from the session. Does nothing if not connected.
     *
     * @return completes after {@link SessionDisconnectEvent} and its default action; never fails
     */
    Completable disconnect();

    /** Disconnects permanently: the session cannot be connected again, and {@link #events()} completes. */
    @Override
    void close();

    /**
     * Publishes a stream.
     *
     * @param publisher a publisher that is in no session
     * @return completes when the stream is in the session; fails with 1010 if not connected, 1500 if the role does not
     *     permit it or the media is not available
     */
    Completable publish(Publisher publisher);

    /**
     * Ends a stream. The publisher then receives {@link StreamDestroyedEvent} and is destroyed unless a listener prevents it.
     *
     * @param publisher a publisher of this session
     * @return completes after that event and its default action
     */
    Completable unpublish(Publisher publisher);

    /**
     * Subscribes to audio and video of a remote stream.
     *
     * @param stream a stream of this session
     * @return a new subscriber; a failure is reported to its listeners and by {@link Subscriber#connected()}
     */
    default Subscriber subscribe(Stream stream) {
        return subscribe(stream, SubscriberOptions.EVERYTHING);
    }

    /**
     * Subscribes to a remote stream.
     *
     * @param stream a stream of this session
     * @param options what to receive
     * @return a new subscriber; a failure is reported to its listeners and by {@link Subscriber#connected()}
     */
    Subscriber subscribe(Stream stream, SubscriberOptions options);

    /**
     * Ends a subscription and destroys the subscriber.
     *
     * @param subscriber a subscriber of this session
     */
    void unsubscribe(Subscriber subscriber);

    /**
     * Finds the publisher of an own stream.
     *
     * @param stream any stream
     * @return the publisher, or empty if the stream is not an own one
     */
    default Optional<Publisher> publisherFor(Stream stream) {
        return publisherFor(stream.id());
    }

    /**
     * Finds the publisher of an own stream.
     *
     * @param stream the id of any stream
     * @return the publisher, or empty if the stream is not an own one
     */
    Optional<Publisher> publisherFor(StreamId stream);

    /**
     * Finds the subscribers of a stream.
     *
     * @param stream any stream
     * @return its subscribers in this session that are not destroyed; while listeners receive the end of a stream, its
     *     subscribers are still included
     */
    default List<Subscriber> subscribersFor(Stream stream) {
        return subscribersFor(stream.id());
    }

    /**
     * Finds the subscribers of a stream.
     *
     * @param stream the id of any stream
     * @return as for {@link #subscribersFor(Stream)}
     */
    List<Subscriber> subscribersFor(StreamId stream);

    /**
     * Sends a signal to every connection in the session, the sender included.
     *
     * @param type at most 128 letters, digits and {@code - _ ~ .}; or null
     * @param data at most 8 KiB in UTF-8; or null
     * @return completes when the server has accepted it; fails with 400, 403, 404, 413 or 429 as in OpenTok
     */
    default Completable signal(@Nullable String type, @Nullable String data) {
        return signal(type, data, SignalOptions.TO_ALL);
    }

    /**
     * Sends a signal.
     *
     * @param type as for {@link #signal(String, String)}
     * @param data as for {@link #signal(String, String)}
     * @param options the recipient, and what to do while the session is reconnecting
     * @return as for {@link #signal(String, String)}
     */
    Completable signal(@Nullable String type, @Nullable String data, SignalOptions options);

    /**
     * Removes a connection from the session. For moderators.
     *
     * @param connection the connection to remove
     * @return completes when done; fails with 1520
     */
    default Completable forceDisconnect(Connection connection) {
        return forceDisconnect(connection.id());
    }

    /**
     * Removes a connection from the session. For moderators.
     *
     * @param connection the id of the connection to remove
     * @return completes when done; fails with 1520
     */
    default Completable forceDisconnect(ConnectionId connection) {
        return forceDisconnect(connection, ForceDisconnectOptions.DEFAULT);
    }

    /**
     * Removes a connection from the session. For moderators.
     *
     * @param connection the connection to remove
     * @param options a message for the removed user, and whether to ban the token
     * @return completes when done; fails with 1520
     */
    default Completable forceDisconnect(Connection connection, ForceDisconnectOptions options) {
        return forceDisconnect(connection.id(), options);
    }

    /**
     * Removes a connection from the session. For moderators.
     *
     * @param connection the id of the connection to remove
     * @param options a message for the removed user, and whether to ban the token
     * @return completes when done; fails with 1520
     */
    Completable forceDisconnect(ConnectionId connection, ForceDisconnectOptions options);

    /**
     * Ends a stream of another client, which stays in the session. For moderators.
     *
     * @param stream the stream to end
     * @return completes when done; fails with 1530 or 1535
     */
    default Completable forceUnpublish(Stream stream) {
        return forceUnpublish(stream.id());
    }

    /**
     * Ends a stream of another client, which stays in the session. For moderators.
     *
     * @param stream the id of the stream to end
     * @return completes when done; fails with 1530 or 1535
     */
    Completable forceUnpublish(StreamId stream);

    /**
     * Mutes a stream; its publisher may unmute it. For moderators.
     *
     * @param stream the stream to mute
     * @return completes when done; fails with 1540
     */
    default Completable forceMuteStream(Stream stream) {
        return forceMuteStream(stream.id());
    }

    /**
     * Mutes a stream; its publisher may unmute it. For moderators.
     *
     * @param stream the id of the stream to mute
     * @return completes when done; fails with 1540
     */
    Completable forceMuteStream(StreamId stream);

    /**
     * Mutes every stream, and every stream published later until {@link #disableForceMute()}. For moderators.
     *
     * @param excluded streams that are not muted
     * @return completes when done; fails with 1540
     */
    default Completable forceMuteAll(Stream... excluded) {
        return forceMuteAll(Arrays.stream(excluded).map(Stream::id).toList());
    }

    /**
     * Mutes every stream, and every stream published later until {@link #disableForceMute()}. For moderators.
     *
     * @param excluded ids of streams that are not muted
     * @return completes when done; fails with 1540
     */
    Completable forceMuteAll(Collection<StreamId> excluded);

    /**
     * Lets new streams start with audio again after {@link #forceMuteAll}. For moderators.
     *
     * @return completes when done; fails with 1540
     */
    Completable disableForceMute();

    /**
     * Adds a listener; adding it twice has no effect.
     *
     * @param listener receives events from now on
     */
    void addListener(SessionListener listener);

    /**
     * Removes a listener. A call that is already running is completed.
     *
     * @param listener receives no further events
     */
    void removeListener(SessionListener listener);

    /**
     * {@return the events from the moment of subscribing; emitted on the callback executor, after the listeners were called;
     * completes after {@link #close()} and never fails}
     */
    Observable<SessionEvent> events();
}

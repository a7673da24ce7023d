package dev.videosession.session;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.WellFormedText;
import dev.videosession.session.loop.Loop;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Observable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A client's handle to a session: connect, publish, subscribe, signal, moderate.
 *
 * <p>Methods may be called from any thread and return at once. Commands start when they are called, whether or not anybody
 * subscribes to what they return; it tells the outcome, with a {@link SessionException} if they failed. Outcomes and events
 * arrive one at a time, in order, on the callback executor. A session may be connected again after it was disconnected;
 * it is then a new connection.
 *
 * <p>Methods throw only for null arguments. All other failures arrive through what the method returns, for a subscription
 * through {@link Subscriber#connected()}. Values that can never be right are refused where they are made, with an
 * {@link IllegalArgumentException}: by the builders and by {@link ServerAddress}, {@link SubscriberOptions} and the ids.
 */
public final class Session implements EventTarget, AutoCloseable {
    private final String apiKey;
    private final SessionId id;
    private final SessionEvents events;
    private final SessionEngine engine;
    private final StreamCalls calls;
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();

    Session(String apiKey, ConnectOptions options, Callbacks callbacks, Loop loop) {
        this.apiKey = apiKey;
        this.id = options.sessionId();
        this.events = new SessionEvents(callbacks);
        this.engine = new SessionEngine(this, options, events, loop);
        this.calls = new StreamCalls(engine);
    }

    /**
     * Begins to describe a session.
     *
     * @param server address of the server, for instance {@code http://localhost:8080}; see {@link ServerAddress} for what
     *     it may hold
     * @param apiKey of the project; compared with the project of the token when the session connects
     * @param sessionId made by the backend
     * @return a builder
     * @throws IllegalArgumentException if the address or the id cannot be one
     */
    public static SessionBuilder builder(URI server, String apiKey, String sessionId) {
        return builder(ServerAddress.of(server), apiKey, sessionId);
    }

    /**
     * Begins to describe a session.
     *
     * @param server address of the server
     * @param apiKey of the project; compared with the project of the token when the session connects
     * @param sessionId made by the backend
     * @return a builder
     * @throws IllegalArgumentException if the id cannot be one
     */
    public static SessionBuilder builder(ServerAddress server, String apiKey, String sessionId) {
        return new SessionBuilder(server, apiKey, sessionId);
    }

    StreamCalls calls() {
        return calls;
    }

    /**
     * Returns the session's id.
     *
     * @return the id
     */
    public SessionId id() {
        return id;
    }

    /**
     * Returns the project's key.
     *
     * @return the key
     */
    public String apiKey() {
        return apiKey;
    }

    /**
     * Returns where the session stands. May be ahead of the events.
     *
     * @return the state
     */
    public SessionState state() {
        return engine.state();
    }

    /**
     * Returns the own connection.
     *
     * @return the connection, or empty if not connected
     */
    public Optional<Connection> connection() {
        return Optional.ofNullable(engine.established()).map(EstablishedConnection::connection);
    }

    /**
     * Returns what the own connection may do.
     *
     * @return the capabilities, or empty if not connected
     */
    public Optional<Capabilities> capabilities() {
        return Optional.ofNullable(engine.established()).map(EstablishedConnection::capabilities);
    }

    /**
     * Returns who is in the session, the own connection included. May be ahead of the events.
     *
     * @return in order of arrival; empty if not connected
     */
    public List<Connection> connections() {
        return engine.roster().connections();
    }

    /**
     * Returns what is published in the session, own streams included. May be ahead of the events.
     *
     * @return in order of arrival; empty if not connected
     */
    public List<Stream> streams() {
        return engine.roster().streams();
    }

    /**
     * Enters the session. When connected already, nothing happens.
     *
     * @param token made by the backend for this session
     * @return completes when connected; fails with 1004 for a bad token, 1005 for an unknown session, 1006 if the server
     *     cannot be reached, 1008 if it does not answer
     */
    public Completable connect(String token) {
        Objects.requireNonNull(token, "token");
        return call(outcome -> engine.connect(token, outcome));
    }

    /**
     * Leaves the session. When not connected, nothing happens.
     *
     * @return completes after {@link SessionDisconnectEvent} and its default action; never fails
     */
    public Completable disconnect() {
        return call(engine::disconnect);
    }

    /** Leaves the session for good: the session cannot be connected again and {@link #events()} completes. */
    @Override
    public void close() {
        engine.close(new Outcome(events.callbacks()));
    }

    /**
     * Publishes a stream.
     *
     * @param publisher in no session
     * @return completes when the stream is in the session; fails with 1010 if not connected, 1500 if the role does not
     *     permit it or the media cannot be had
     */
    public Completable publish(Publisher publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return call(outcome -> engine.whenConnected(outcome, current -> current.publish(publisher, outcome)));
    }

    /**
     * Ends a stream. The publisher is then told {@link StreamDestroyedEvent} and destroyed unless that is prevented.
     *
     * @param publisher in this session
     * @return completes when the stream is out of the session
     */
    public Completable unpublish(Publisher publisher) {
        Objects.requireNonNull(publisher, "publisher");
        return call(outcome -> calls.unpublish(publisher, StreamDestroyReason.CLIENT_DISCONNECTED, outcome));
    }

    /**
     * Receives a stream of somebody else, sound and picture.
     *
     * @param stream in this session
     * @return a new subscriber; one that could not be connected tells its listeners and {@link Subscriber#connected()}
     */
    public Subscriber subscribe(Stream stream) {
        return subscribe(stream, SubscriberOptions.EVERYTHING);
    }

    /**
     * Receives a stream of somebody else.
     *
     * @param stream in this session
     * @param options what to receive
     * @return a new subscriber
     */
    public Subscriber subscribe(Stream stream, SubscriberOptions options) {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(options, "options");
        Subscriber subscriber = new Subscriber(this, stream, options.subscription(), events.callbacks());
        subscribers.add(subscriber);
        calls.subscribe(subscriber);
        return subscriber;
    }

    /**
     * Receives a stream no longer; the subscriber is destroyed.
     *
     * @param subscriber of this session
     */
    public void unsubscribe(Subscriber subscriber) {
        subscriber.destroy();
    }

    /**
     * Finds the publisher of an own stream.
     *
     * @param stream any stream
     * @return the publisher, or empty if the stream is not an own one
     */
    public Optional<Publisher> publisherFor(Stream stream) {
        return publishers().stream()
                .filter(publisher -> publisher.stream().filter(stream::equals).isPresent())
                .findFirst();
    }

    /**
     * Finds the subscribers of a stream.
     *
     * @param stream any stream
     * @return its subscribers of this session, until they are destroyed: those of a stream that ended are still there while
     *     listeners hear of its end
     */
    public List<Subscriber> subscribersFor(Stream stream) {
        return subscribers.stream()
                .filter(each -> each.stream().id().equals(stream.id()))
                .toList();
    }

    /** A subscriber was destroyed. */
    void forget(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    private Collection<Publisher> publishers() {
        EstablishedConnection current = engine.established();
        return current == null ? List.of() : current.local().publishers();
    }

    /**
     * Sends a signal to everybody in the session, the sender included.
     *
     * @param type at most 128 letters, digits and {@code - _ ~ .}; or null
     * @param data at most 8 KiB in UTF-8; or null
     * @return completes when the server has taken it; fails with 400, 403, 404, 413 or 429 as in OpenTok
     */
    public Completable signal(@Nullable String type, @Nullable String data) {
        return signal(type, data, SignalOptions.TO_ALL);
    }

    /**
     * Sends a signal.
     *
     * @param type as for {@link #signal(String, String)}
     * @param data as for {@link #signal(String, String)}
     * @param options to whom
     * @return as for {@link #signal(String, String)}
     */
    public Completable signal(@Nullable String type, @Nullable String data, SignalOptions options) {
        Objects.requireNonNull(options, "options");
        Outcome outcome = new Outcome(events.callbacks());
        if ((data != null && !WellFormedText.isWellFormed(data))
                || (type != null && !WellFormedText.isWellFormed(type))) {
            outcome.fail(
                    SessionException.of(
                            ErrorCode.SIGNAL_INVALID,
                            "the signal is not valid Unicode: half of a surrogate pair is in it. Cut text between characters."));
        } else if (data != null && data.getBytes(StandardCharsets.UTF_8).length > Limits.SIGNAL_DATA_BYTES) {
            outcome.fail(SessionException.of(ErrorCode.SIGNAL_TOO_LONG, "the data of a signal has at most 8 KiB"));
        } else if (type != null && type.length() > Limits.SIGNAL_TYPE) {
            outcome.fail(SessionException.of(
                    ErrorCode.SIGNAL_TOO_LONG,
                    "the type of a signal has at most " + Limits.SIGNAL_TYPE + " characters"));
        } else {
            ConnectionId to = options.to() == null ? null : options.to().id();
            engine.whenConnected(outcome, current -> {
                if (!options.retryAfterReconnect() && state() == SessionState.RECONNECTING) {
                    outcome.fail(SessionException.of(ErrorCode.NOT_CONNECTED, "the session is reconnecting"));
                } else {
                    engine.request(requestId -> new ClientMessage.Signal(requestId, type, data, to), outcome::settle);
                }
            });
        }
        return outcome.completable();
    }

    /**
     * Removes somebody from the session. For moderators.
     *
     * @param connection whom
     * @return completes when done; fails with 1520
     */
    public Completable forceDisconnect(Connection connection) {
        return forceDisconnect(connection.id(), null, false);
    }

    /**
     * Removes somebody from the session. For moderators.
     *
     * @param connection whom
     * @param message what the removed user is told, at most 1000 characters; or null
     * @param ban true to refuse the same token for the rest of the session
     * @return completes when done; fails with 1520
     */
    public Completable forceDisconnect(ConnectionId connection, @Nullable String message, boolean ban) {
        Objects.requireNonNull(connection, "connection");
        return request(requestId -> new ClientMessage.ForceDisconnect(requestId, connection, message, ban));
    }

    /**
     * Ends the stream of somebody else, who stays in the session. For moderators.
     *
     * @param stream which
     * @return completes when done; fails with 1530 or 1535
     */
    public Completable forceUnpublish(StreamId stream) {
        Objects.requireNonNull(stream, "stream");
        return request(requestId -> new ClientMessage.ForceUnpublish(requestId, stream));
    }

    /**
     * Mutes a stream; its publisher may unmute itself. For moderators.
     *
     * @param stream which
     * @return completes when done; fails with 1540
     */
    public Completable forceMuteStream(StreamId stream) {
        Objects.requireNonNull(stream, "stream");
        return request(requestId -> new ClientMessage.ForceMute(requestId, stream));
    }

    /**
     * Mutes every stream, and every stream published later until {@link #disableForceMute()}. For moderators.
     *
     * @param excluded streams that stay as they are
     * @return completes when done; fails with 1540
     */
    public Completable forceMuteAll(Collection<StreamId> excluded) {
        List<StreamId> ids = List.copyOf(excluded);
        return request(requestId -> new ClientMessage.ForceMuteAll(requestId, ids));
    }

    /**
     * Lets new streams start with sound again. For moderators.
     *
     * @return completes when done; fails with 1540
     */
    public Completable disableForceMute() {
        return request(ClientMessage.DisableForceMute::new);
    }

    /**
     * Adds a listener; adding it twice has no effect.
     *
     * @param listener told what happens from now on
     */
    public void addListener(SessionListener listener) {
        events.add(Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Removes a listener.
     *
     * @param listener told nothing more, except by a call that is under way
     */
    public void removeListener(SessionListener listener) {
        events.remove(listener);
    }

    /**
     * Returns what happens, from the moment of subscribing on.
     *
     * @return emits on the callback executor, after the listeners; completes after {@link #close()}, never fails
     */
    public Observable<SessionEvent> events() {
        return events.observable();
    }

    private Completable request(LongFunction<ClientMessage.Request> maker) {
        return call(outcome -> send(outcome, maker));
    }

    private void send(Outcome outcome, LongFunction<ClientMessage.Request> maker) {
        engine.whenConnected(outcome, current -> engine.request(maker, outcome::settle));
    }

    private Completable call(Consumer<Outcome> action) {
        Outcome outcome = new Outcome(events.callbacks());
        action.accept(outcome);
        return outcome.completable();
    }
}

package dev.videosession.session.internal;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.text.WellFormedText;
import dev.videosession.session.Connection;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import dev.videosession.session.SessionState;
import dev.videosession.session.SignalOptions;
import dev.videosession.session.Speakers;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberOptions;
import dev.videosession.session.internal.connection.ConnectOptions;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.lifecycle.SessionCommands;
import dev.videosession.session.internal.lifecycle.SessionController;
import dev.videosession.session.internal.loop.SessionLoop;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Observable;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A session: checks arguments, reads snapshots of the state, and submits everything else to the session's loop. */
public final class RealSession implements Session {
    private final ConnectOptions options;
    private final EventDispatcher events;
    private final SessionController controller;
    private final SessionCommands commands;
    private final SessionHandle handle;
    private final Set<RealSubscriber> subscribers = ConcurrentHashMap.newKeySet();

    public RealSession(ConnectOptions options, CallbackQueue callbacks, SessionLoop loop) {
        this.options = options;
        this.events = new EventDispatcher(callbacks);
        this.controller = new SessionController(options, events, loop);
        this.commands = new SessionCommands(controller, loop, callbacks);
        this.handle = new SessionHandle(this, commands, callbacks);
    }

    @Override
    public SessionId id() {
        return options.sessionId();
    }

    @Override
    public String apiKey() {
        return options.apiKey();
    }

    @Override
    public SessionState state() {
        return controller.state();
    }

    @Override
    public Optional<Connection> connection() {
        return Optional.ofNullable(controller.established()).map(EstablishedConnection::connection);
    }

    @Override
    public Optional<Capabilities> capabilities() {
        return Optional.ofNullable(controller.established()).map(EstablishedConnection::capabilities);
    }

    @Override
    public List<Connection> connections() {
        return controller.roster().connections();
    }

    @Override
    public List<Stream> streams() {
        return controller.roster().streams();
    }

    @Override
    public Speakers speakers() {
        return events.speakers();
    }

    @Override
    public Completable connect(String token) {
        Objects.requireNonNull(token, "token");
        return call(result -> commands.connect(token, result));
    }

    @Override
    public Completable disconnect() {
        return call(commands::disconnect);
    }

    @Override
    public void close() {
        commands.close();
    }

    @Override
    public Completable publish(Publisher publisher) {
        return withOwn(
                publisher,
                own -> submit((current, result) -> {
                    String misuse = own.attach(handle);
                    if (misuse == null) {
                        current.publish(own, result);
                    } else {
                        result.fail(new SessionException(ErrorCode.INVALID_PARAMETER, misuse));
                    }
                }));
    }

    @Override
    public Completable unpublish(Publisher publisher) {
        return withOwn(
                publisher,
                own -> submit((current, result) -> {
                    if (current.local().publication(own) == null) {
                        result.fail(new SessionException(ErrorCode.INVALID_PARAMETER, own.whyNotIn(this)));
                    } else {
                        current.local().unpublish(own, StreamDestroyReason.CLIENT_DISCONNECTED, result);
                    }
                }));
    }

    private Completable withOwn(Publisher publisher, Function<RealPublisher, Completable> action) {
        Objects.requireNonNull(publisher, "publisher");
        return publisher instanceof RealPublisher own
                ? action.apply(own)
                : call(result -> result.fail(new SessionException(
                        ErrorCode.INVALID_PARAMETER, "not a publisher of this library; use Publisher.builder()")));
    }

    @Override
    public Subscriber subscribe(Stream stream, SubscriberOptions wanted) {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(wanted, "options");
        Subscription subscription = new Subscription(
                wanted.audio(), wanted.video(), wanted.preferredResolution(), wanted.preferredFrameRate());
        RealSubscriber subscriber = new RealSubscriber(handle, stream, subscription, subscribers::remove);
        subscribers.add(subscriber);
        commands.submit(current -> current.subscribe(subscriber), subscriber::failed);
        return subscriber;
    }

    @Override
    public void unsubscribe(Subscriber subscriber) {
        subscriber.destroy();
    }

    @Override
    public Optional<Publisher> publisherFor(StreamId stream) {
        Objects.requireNonNull(stream, "stream");
        EstablishedConnection current = controller.established();
        return current == null
                ? Optional.empty()
                : current.local().publishers().stream()
                        .filter(Publisher.class::isInstance)
                        .map(Publisher.class::cast)
                        .filter(publisher -> publisher.stream()
                                .filter(own -> own.id().equals(stream))
                                .isPresent())
                        .findFirst();
    }

    @Override
    public List<Subscriber> subscribersFor(StreamId stream) {
        Objects.requireNonNull(stream, "stream");
        return subscribers.stream()
                .filter(each -> each.stream().id().equals(stream))
                .<Subscriber>map(each -> each)
                .toList();
    }

    @Override
    public Completable signal(@Nullable String type, @Nullable String data, SignalOptions signalOptions) {
        Objects.requireNonNull(signalOptions, "options");
        SessionException invalid = refuseSignal(type, data);
        if (invalid != null) {
            return call(result -> result.fail(invalid));
        }
        ConnectionId to = signalOptions.to();
        return submit((current, result) -> {
            if (!signalOptions.retryAfterReconnect() && state() == SessionState.RECONNECTING) {
                result.fail(new SessionException(ErrorCode.NOT_CONNECTED, "the session is reconnecting"));
            } else {
                current.request(requestId -> new ClientMessage.Signal(requestId, type, data, to), result::settle);
            }
        });
    }

    private static @Nullable SessionException refuseSignal(@Nullable String type, @Nullable String data) {
        if ((data != null && !WellFormedText.isWellFormed(data))
                || (type != null && !WellFormedText.isWellFormed(type))) {
            return new SessionException(
                    ErrorCode.SIGNAL_INVALID,
                    "the signal is not valid Unicode: half of a surrogate pair is in it. Cut text between characters.");
        }
        if (data != null && data.getBytes(StandardCharsets.UTF_8).length > Limits.SIGNAL_DATA_BYTES) {
            return new SessionException(ErrorCode.SIGNAL_TOO_LONG, "the data of a signal has at most 8 KiB");
        }
        if (type != null && type.length() > Limits.SIGNAL_TYPE) {
            return new SessionException(
                    ErrorCode.SIGNAL_TOO_LONG,
                    "the type of a signal has at most " + Limits.SIGNAL_TYPE + " characters");
        }
        return null;
    }

    @Override
    public Completable forceDisconnect(ConnectionId connection, ForceDisconnectOptions how) {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(how, "options");
        return request(requestId -> new ClientMessage.ForceDisconnect(requestId, connection, how.message(), how.ban()));
    }

    @Override
    public Completable forceUnpublish(StreamId stream) {
        Objects.requireNonNull(stream, "stream");
        return request(requestId -> new ClientMessage.ForceUnpublish(requestId, stream));
    }

    @Override
    public Completable forceMuteStream(StreamId stream) {
        Objects.requireNonNull(stream, "stream");
        return request(requestId -> new ClientMessage.ForceMute(requestId, stream));
    }

    @Override
    public Completable forceMuteAll(Collection<StreamId> excluded) {
        List<StreamId> ids = List.copyOf(excluded); // throws for null
        return request(requestId -> new ClientMessage.ForceMuteAll(requestId, ids));
    }

    @Override
    public Completable disableForceMute() {
        return request(ClientMessage.DisableForceMute::new);
    }

    @Override
    public void addListener(SessionListener listener) {
        events.add(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public void removeListener(SessionListener listener) {
        events.remove(Objects.requireNonNull(listener, "listener"));
    }

    @Override
    public Observable<SessionEvent> events() {
        return events.observable();
    }

    private Completable request(LongFunction<ClientMessage.Request> maker) {
        return submit((current, result) -> current.request(maker, result::settle));
    }

    private interface ConnectionCommand {
        void run(EstablishedConnection connection, PendingResult result);
    }

    private Completable submit(ConnectionCommand command) {
        return call(result -> commands.submit(current -> command.run(current, result), result::fail));
    }

    private Completable call(Consumer<PendingResult> action) {
        PendingResult result = new PendingResult(handle.callbacks());
        action.accept(result);
        return result.completable();
    }
}

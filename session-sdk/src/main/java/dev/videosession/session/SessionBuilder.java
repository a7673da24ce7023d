package dev.videosession.session;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.internal.RealSession;
import dev.videosession.session.internal.connection.ConnectOptions;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.loop.SharedThreads;
import dev.videosession.session.internal.signaling.OkHttpConnector;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Session}. Connects to nothing. */
public final class SessionBuilder {
    private static final class Codec {
        static final MessageCodec SHARED = new MessageCodec();
    }

    private final ServerAddress server;
    private final String apiKey;
    private final SessionId sessionId;
    private Executor callbackExecutor = SharedThreads.callbacks();
    private WebSocketConnector connector = new OkHttpConnector();
    private @Nullable MediaEngine mediaEngine;
    private @Nullable SessionLoop loop;
    private @Nullable CallbackQueue callbacks;
    private boolean relayOnly;
    private boolean connectionEventsSuppressed;
    private boolean startOver = true;
    private Duration connectTimeout = Duration.ofSeconds(15);

    SessionBuilder(ServerAddress server, String apiKey, String sessionId) {
        this.server = server;
        this.apiKey = apiKey.strip();
        this.sessionId = new SessionId(sessionId.strip());
    }

    /**
     * Chooses where listeners and observers are called; for Swing {@code SwingUtilities::invokeLater}. Calls come one at a
     * time and in order whatever the executor does. An executor that runs tasks in the calling thread, such as
     * {@code Runnable::run}, gets a thread of the library's pool that serves this session alone for as long. A slow callback
     * delays the later callbacks of this session and nothing else. Do not wait there for the outcome of a call: it arrives
     * there too.
     *
     * @param executor the executor, which must run every task that it takes; by default a thread of the library
     * @return this builder
     */
    public SessionBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Uses the application's HTTP client, with its proxy, certificates and interceptors.
     *
     * @param client stays the application's
     * @return this builder
     */
    public SessionBuilder httpClient(OkHttpClient client) {
        connector = new OkHttpConnector(Objects.requireNonNull(client, "client"));
        return this;
    }

    /**
     * Uses the application's own media engine for subscribers.
     *
     * @param engine must outlive the session; stays the application's
     * @return this builder
     */
    public SessionBuilder mediaEngine(MediaEngine engine) {
        mediaEngine = Objects.requireNonNull(engine, "engine");
        return this;
    }

    /**
     * Turns the privacy mode on: media flows through the TURN servers of the signaling server only, so that no other participant learns
     * an address of this machine. Without a TURN server there is no media. The signaling server still sees the address of this machine.
     *
     * @param only false unless set
     * @return this builder
     */
    public SessionBuilder relayOnly(boolean only) {
        relayOnly = only;
        return this;
    }

    /**
     * Leaves out the events about connections of others; for large sessions. {@link Session#connections()} is then the own
     * one alone, and what is known of the connection behind a stream or a signal is its id.
     *
     * @param suppressed false unless set
     * @return this builder
     */
    public SessionBuilder connectionEventsSuppressed(boolean suppressed) {
        connectionEventsSuppressed = suppressed;
        return this;
    }

    /**
     * Whether the session may go on with a new connection, made with the same token, when the server has lost its memory of
     * the old one, as after a restart. Never after an end with a reason: who was removed, or was away for too long,
     * stays out.
     *
     * @param permitted true unless set; if not, such a loss ends the session with {@code networkDisconnected}
     * @return this builder
     */
    public SessionBuilder startOver(boolean permitted) {
        startOver = permitted;
        return this;
    }

    /**
     * Limits how long connecting may take.
     *
     * @param timeout 15 seconds unless set
     * @return this builder
     */
    public SessionBuilder connectTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a timeout must be longer than nothing");
        }
        connectTimeout = timeout;
        return this;
    }

    /** For tests: another way to the server, and another clock. */
    SessionBuilder connector(WebSocketConnector other) {
        connector = other;
        return this;
    }

    /** For tests: listeners are called where the loop runs, in virtual time. */
    SessionBuilder callbacks(CallbackQueue other) {
        callbacks = other;
        return this;
    }

    SessionBuilder loop(SessionLoop other) {
        loop = other;
        return this;
    }

    /**
     * Makes the session.
     *
     * @return a new session, not connected
     */
    public Session build() {
        SessionLoop own = loop == null ? new SessionLoop("session " + sessionId) : loop;
        ConnectOptions options = new ConnectOptions(
                server,
                apiKey,
                sessionId,
                connector,
                Codec.SHARED,
                mediaEngine,
                relayOnly,
                connectionEventsSuppressed,
                startOver,
                connectTimeout.toMillis());
        return new RealSession(options, callbacks == null ? new CallbackQueue(callbackExecutor) : callbacks, own);
    }
}

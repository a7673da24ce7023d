package dev.videosession.session;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.session.internal.RealSession;
import dev.videosession.session.internal.connection.ConnectOptions;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.loop.SharedThreads;
import dev.videosession.session.internal.signaling.OkHttpConnector;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Session}. Does not connect. */
public final class SessionBuilder {
    private static final class SharedCodec {
        static final MessageCodec SHARED = new MessageCodec();
    }

    private final List<ServerAddress> servers;
    private final String apiKey;
    private final SessionId sessionId;
    private Executor callbackExecutor = SharedThreads.callbacks();
    private WebSocketConnector connector = new OkHttpConnector();
    private @Nullable MediaEngine mediaEngine;
    private boolean relayOnly;
    private boolean verifiesTurnCertificates = true;
    private boolean connectionEventsSuppressed;
    private boolean startOver = true;
    private Duration connectTimeout = Duration.ofSeconds(15);

    SessionBuilder(List<ServerAddress> servers, String apiKey, String sessionId) {
        this.servers = ServerAddress.nodes(servers);
        this.apiKey = apiKey.strip();
        this.sessionId = new SessionId(sessionId.strip());
    }

    /**
     * Sets the executor on which listeners and observers are called; for Swing {@code SwingUtilities::invokeLater}. Calls come
     * one at a time and in order, whatever the executor does. An executor that runs tasks in the calling thread, such as
     * {@code Runnable::run}, is called on a thread of the library's pool that serves only this session meanwhile. A slow
     * callback delays only the later callbacks of this session. Do not wait in a callback for the outcome of a call: the outcome
     * waits for the callback.
     *
     * @param executor the executor, which must run every task that it accepts; by default a thread of the library
     * @return this builder
     */
    public SessionBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sets the HTTP client, with its proxy, certificates and interceptors.
     *
     * @param client remains owned by the application
     * @return this builder
     */
    public SessionBuilder httpClient(OkHttpClient client) {
        connector = new OkHttpConnector(Objects.requireNonNull(client, "client"));
        return this;
    }

    /**
     * Sets the media engine for subscribers.
     *
     * @param engine must outlive the session; remains owned by the application
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
     * Sets whether the certificates of TURN servers with {@code turns:} URLs are verified. The media library verifies them with a fixed
     * list of public authorities, which lacks Let's Encrypt and cannot be extended: a certificate of any other authority is accepted only
     * without verification.
     *
     * <p>Media is encrypted between its two ends, and TURN credentials are not sent, in either case. Without verification an attacker on
     * the path can pose as the TURN server as far as to read the addresses of participants and to drop their media.
     *
     * @param verify true unless set; false accepts every certificate
     * @return this builder
     */
    public SessionBuilder verifyTurnCertificates(boolean verify) {
        verifiesTurnCertificates = verify;
        return this;
    }

    /**
     * Suppresses the events about connections of other clients; for large sessions. {@link Session#connections()} then has
     * the own connection only, and of the connection of a stream or a signal only the id is known.
     *
     * @param suppressed false unless set
     * @return this builder
     */
    public SessionBuilder connectionEventsSuppressed(boolean suppressed) {
        connectionEventsSuppressed = suppressed;
        return this;
    }

    /**
     * Sets whether the session may continue with a new connection, made with the same token, if the server has lost its state
     * of the old one, as after a restart. A connection that was removed, or was offline for too long, is never replaced.
     *
     * @param permitted true unless set; if false, such a loss ends the session with {@code networkDisconnected}
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
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public SessionBuilder connectTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the connect timeout must be positive, not " + timeout);
        }
        connectTimeout = timeout;
        return this;
    }

    /**
     * Creates the session.
     *
     * @return a new session, not connected
     */
    public Session build() {
        ConnectOptions options = new ConnectOptions(
                servers,
                apiKey,
                sessionId,
                connector,
                SharedCodec.SHARED,
                mediaEngine,
                relayOnly,
                verifiesTurnCertificates,
                connectionEventsSuppressed,
                startOver,
                connectTimeout.toMillis());
        return new RealSession(options, new CallbackQueue(callbackExecutor), new SessionLoop("session " + sessionId));
    }
}

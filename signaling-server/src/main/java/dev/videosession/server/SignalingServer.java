package dev.videosession.server;

import dev.videosession.server.control.SessionControl;
import dev.videosession.server.internal.start.RunningServer;
import dev.videosession.server.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/**
 * A signaling server in this process. WebSockets and HTTP share its one port:
 *
 * <pre>{@code
 * try (SignalingServer server = SignalingServer.builder()
 *         .port(0)
 *         .project(new Project(47000001, secret))
 *         .start()) {
 *     System.getLogger("demo").log(System.Logger.Level.INFO, server.uri().toString());
 * }
 * }</pre>
 *
 * All methods may be called on any thread.
 */
public final class SignalingServer implements AutoCloseable {
    private final RunningServer running;

    SignalingServer(RunningServer running) {
        this.running = running;
    }

    /**
     * Creates a builder. Its default is a server on a free port of the loopback address, without encryption.
     *
     * @return a builder
     */
    public static SignalingServerBuilder builder() {
        return new SignalingServerBuilder();
    }

    /** {@return the server's URL for programs on this machine, for instance {@code http://127.0.0.1:8080}; {@code https} with TLS} */
    public URI uri() {
        return running.uri();
    }

    /** {@return the port on which the server listens: the one that was set, or the free one that was found for 0} */
    public int port() {
        return running.address().getPort();
    }

    /** {@return the address and port on which the server listens} */
    public InetSocketAddress address() {
        return running.address();
    }

    /** {@return the address of the admin port, or empty if there is none} */
    public Optional<InetSocketAddress> adminAddress() {
        return running.adminAddress();
    }

    /** {@return the projects, which may be changed while the server runs} */
    public Projects projects() {
        return running.projects();
    }

    /**
     * Reads the projects file now, if one was given and its content has changed.
     *
     * @return true if it was loaded
     * @throws IOException if it has changed and cannot be used; the projects stay as they are
     */
    public boolean reloadProjects() throws IOException {
        return running.reloadProjects();
    }

    /**
     * Reads the files of the certificate now, if the server encrypts and their content has changed. New sockets get the new
     * certificate; open ones are left alone.
     *
     * @return true if a certificate was loaded
     * @throws IOException if they have changed and cannot be used; the certificate stays as it is
     */
    public boolean reloadCertificate() throws IOException {
        return running.reloadCertificate();
    }

    /** {@return the control API for live sessions} */
    public SessionControl control() {
        return running.control();
    }

    /** {@return the server's metrics: the registry that was given to the builder, or the one that {@code /metrics} shows} */
    public MeterRegistry meters() {
        return running.meters();
    }

    /**
     * Stops the server: refuses new sockets, sends {@code draining} to every client, closes its socket with status 1001, and
     * releases port and threads. Sessions end, and webhooks receive that. Blocks for up to about seven seconds while slow
     * clients and webhooks are served; must not be called on a thread of the server. Later calls return when the first has.
     */
    @Override
    public void close() {
        running.close();
    }
}

package dev.videosession.server;

import dev.videosession.server.control.SessionControl;
import dev.videosession.server.internal.admission.AdmissionDesk;
import dev.videosession.server.internal.webhook.Webhooks;
import dev.videosession.server.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final Listener listener;
    private final @Nullable AdminListener admin;
    private final Projects projects;
    private final SessionControl control;
    private final MeterRegistry meters;
    private final AdmissionDesk admission;
    private final Webhooks webhooks;
    private final ServerFiles files;

    SignalingServer(
            Listener listener,
            @Nullable AdminListener admin,
            Projects projects,
            SessionControl control,
            MeterRegistry meters,
            AdmissionDesk admission,
            Webhooks webhooks,
            ServerFiles files) {
        this.listener = listener;
        this.admin = admin;
        this.admission = admission;
        this.projects = projects;
        this.control = control;
        this.meters = meters;
        this.webhooks = webhooks;
        this.files = files;
    }

    /**
     * Starts to describe a server. Unless told otherwise it listens on a free port of the loopback address, without
     * encryption.
     *
     * @return a builder
     */
    public static SignalingServerBuilder builder() {
        return new SignalingServerBuilder();
    }

    /**
     * Returns where the server is found by programs on this machine, and by others if it listens on an address that they
     * reach.
     *
     * @return for instance {@code http://127.0.0.1:8080}; {@code https} with TLS
     */
    public URI uri() {
        return listener.uri();
    }

    /**
     * Returns the port on which the server listens.
     *
     * @return the port that was asked for, or the one that was free if 0 was
     */
    public int port() {
        return listener.address().getPort();
    }

    /**
     * Returns the address on which the server listens.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** {@return the address that serves {@code /health} and {@code /metrics} apart, or empty if there is none} */
    public Optional<InetSocketAddress> adminAddress() {
        return Optional.ofNullable(admin).map(AdminListener::address);
    }

    /**
     * Returns the projects, which may be changed while the server runs.
     *
     * @return the projects
     */
    public Projects projects() {
        return projects;
    }

    /**
     * Reads the projects file now, if one was given and its content has changed.
     *
     * @return true if it was loaded
     * @throws IOException if it has changed and cannot be used; the projects stay as they are
     */
    public boolean reloadProjects() throws IOException {
        return files.projects() != null && files.projects().reload();
    }

    /**
     * Reads the files of the certificate now, if the server encrypts and their content has changed. New sockets get the new
     * certificate; open ones are left alone.
     *
     * @return true if a certificate was loaded
     * @throws IOException if they have changed and cannot be used; the certificate stays as it is
     */
    public boolean reloadCertificate() throws IOException {
        return files.certificate() != null && files.certificate().reload();
    }

    /**
     * Returns the hold on sessions.
     *
     * @return the control
     */
    public SessionControl control() {
        return control;
    }

    /**
     * Returns what the server counts.
     *
     * @return the registry that {@code /metrics} shows, or the one that was given to the builder
     */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * Stops: accepts nobody, tells every client {@code draining}, closes its socket with status 1001, and frees port and
     * threads. Sessions are forgotten, which webhooks are told. Blocks for up to about seven seconds while slow clients
     * and webhooks are waited for; must not be called on a thread of the server. Later calls return when the first has.
     */
    @Override
    public void close() {
        files.stopFollowing();
        webhooks.announceStop();
        listener.close();
        admission.close();
        webhooks.close();
        files.close();
        if (admin != null) {
            admin.close();
        }
    }
}

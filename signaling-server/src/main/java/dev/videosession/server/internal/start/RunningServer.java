package dev.videosession.server.internal.start;

import dev.videosession.server.control.SessionControl;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.webhook.Webhooks;
import dev.videosession.server.project.Projects;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server that accepts clients: its parts, and the order in which they stop. Thread-safe. */
public final class RunningServer implements AutoCloseable {
    private final OpenPort listener;
    private final @Nullable AdminListener admin;
    private final Projects projects;
    private final SessionControl control;
    private final MeterRegistry meters;
    private final AdmissionGate admission;
    private final Webhooks webhooks;
    private final ServerFiles files;
    private final @Nullable RouterPool routers;
    private final @Nullable NodeParts node;
    private boolean closed;

    RunningServer(
            OpenPort listener,
            @Nullable AdminListener admin,
            Projects projects,
            SessionControl control,
            MeterRegistry meters,
            AdmissionGate admission,
            Webhooks webhooks,
            ServerFiles files,
            @Nullable RouterPool routers,
            @Nullable NodeParts node) {
        this.listener = listener;
        this.admin = admin;
        this.projects = projects;
        this.control = control;
        this.meters = meters;
        this.admission = admission;
        this.webhooks = webhooks;
        this.files = files;
        this.routers = routers;
        this.node = node;
    }

    /** {@return where programs on this machine reach the server} */
    public URI uri() {
        return listener.uri();
    }

    /** {@return the address of the port of clients} */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** {@return the address of the port of operators, or empty if there is none} */
    public Optional<InetSocketAddress> adminAddress() {
        return Optional.ofNullable(admin).map(AdminListener::address);
    }

    /** {@return the projects, which may be changed} */
    public Projects projects() {
        return projects;
    }

    /** {@return the control of the sessions} */
    public SessionControl control() {
        return control;
    }

    /** {@return the metrics} */
    public MeterRegistry meters() {
        return meters;
    }

    /**
     * Reads the projects file if its content has changed.
     *
     * @return true if it was loaded
     * @throws IOException if it cannot be used
     */
    public boolean reloadProjects() throws IOException {
        return files.projects() != null && files.projects().reload();
    }

    /**
     * Reads the files of the certificate if their content has changed.
     *
     * @return true if a certificate was loaded
     * @throws IOException if they cannot be used
     */
    public boolean reloadCertificate() throws IOException {
        return files.certificate() != null && files.certificate().reload();
    }

    /** {@return how clients go to other nodes, or null if there are none} */
    private OpenPort.@Nullable Move move() {
        if (node == null) {
            return null;
        }
        List<String> others = node.cluster().drain();
        return node.cluster().hasOthers() ? new OpenPort.Move(others, ServerStart.MOVES_PER_SECOND) : null;
    }

    /** Closes the sockets of all clients, so that they resume elsewhere, and drops what is known of their sessions. */
    void abandonSessions() {
        listener.abandonSessions();
    }

    /** Stops all parts. Later calls return when the first has. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        files.stopFollowing();
        webhooks.announceStop();
        listener.close(move());
        admission.close();
        webhooks.close();
        files.close();
        if (node != null) {
            node.close();
        }
        if (routers != null) {
            routers.close();
        }
        if (admin != null) {
            admin.close();
        }
    }
}

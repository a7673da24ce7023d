package dev.videosession.server.internal.router.janus.process;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.server.settings.JanusSettings;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Janus process of this server. It ends with this server, whichever way that ends. */
public final class JanusProcess implements JanusInstance {
    private static final Logger LOG = LoggerFactory.getLogger(JanusProcess.class);

    /** Ends the child with the thread that started it. */
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    /** Raises the number of files that the child may open to what this process may permit. */
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    private static final long END_SECONDS = 2;

    /** The status of a process that a signal ended is this plus the signal. */
    private static final int SIGNALED = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            4, " (SIGILL)", 6, " (SIGABRT)", 7, " (SIGBUS)", 9, " (SIGKILL)", 11, " (SIGSEGV)", 15, " (SIGTERM)");

    private final Process process;
    private final PrivateDirectory files;
    private final JanusEndpoint endpoint;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JanusProcess(Process process, PrivateDirectory files, JanusEndpoint endpoint) {
        this.process = process;
        this.files = files;
        this.endpoint = endpoint;
    }

    /**
     * Starts a process. It is killed when the calling thread ends.
     *
     * @param settings how to run it
     * @param time the monotonic clock
     * @param onExit called on any thread when it has ended without having been closed, with the reason
     * @return the process, which needs some time until it answers
     * @throws IOException if it cannot be started; the message says why
     */
    public static JanusProcess start(JanusSettings settings, TimeSource time, Consumer<String> onExit)
            throws IOException {
        return start(settings, freePort(), time, onExit);
    }

    /** Starts one that listens on this port. Janus ends at once if another program has taken it meanwhile. */
    static JanusProcess start(JanusSettings settings, int port, TimeSource time, Consumer<String> onExit)
            throws IOException {
        try {
            MediaInterfaces.requireAll(settings.interfaces());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        String apiSecret = RandomSecret.hex(24);
        String adminKey = RandomSecret.hex(24);
        PrivateDirectory files = JanusFiles.write(settings, port, apiSecret, adminKey);
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command(settings.executable(), files.path()))
                    .directory(files.path().toFile())
                    .redirectErrorStream(true);
            builder.environment().keySet().retainAll(List.of("PATH", "LANG", "LC_ALL", "TZ")); // no secrets
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            files.close();
            throw new IOException("cannot start " + settings.executable() + ": " + e.getMessage(), e);
        }
        JanusProcess started = new JanusProcess(
                process, files, new JanusEndpoint(URI.create("ws://127.0.0.1:" + port), apiSecret, adminKey));
        started.follow(time, onExit);
        LOG.info(
                "event=routerStarted program={} pid={} port={} mediaPorts={}",
                settings.executable(),
                process.pid(),
                port,
                settings.firstPort() == 0 ? "any" : settings.firstPort() + "-" + settings.lastPort());
        return started;
    }

    private static List<String> command(Path executable, Path directory) {
        List<String> command = new ArrayList<>();
        ProcessLimits limits = ProcessLimits.read();
        if (limits.softDescriptors() < limits.descriptors() && Files.isExecutable(PRLIMIT)) {
            command.addAll(List.of(PRLIMIT.toString(), "--nofile=" + limits.descriptors(), "--"));
        }
        if (Files.isExecutable(SETPRIV)) {
            command.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
        }
        command.addAll(List.of(
                executable.toString(), "--configs-folder=" + directory, "--config=" + directory.resolve("janus.jcfg")));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void follow(TimeSource time, Consumer<String> onExit) {
        Thread log = new Thread(() -> pump(new JanusLog(time), onExit), "router-log");
        log.setDaemon(true);
        log.start();
    }

    /** The output ends with the process: its last lines tell why. */
    private void pump(JanusLog log, Consumer<String> onExit) {
        try (Reader output = process.inputReader()) {
            log.readAll(output);
        } catch (IOException e) {
            LOG.debug("event=routerLogEnded cause=\"{}\"", e.getMessage());
        }
        try {
            int status = process.waitFor();
            if (!closed.get()) {
                String errors = log.lastErrors();
                onExit.accept("Janus ended " + describe(status) + (errors.isEmpty() ? "" : ", after: " + errors));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(int status) {
        return status > SIGNALED
                ? "by signal " + (status - SIGNALED) + SIGNALS.getOrDefault(status - SIGNALED, "")
                : "with status " + status;
    }

    @Override
    public JanusEndpoint endpoint() {
        return endpoint;
    }

    /** {@return the process, for instance to ask whether it is alive} */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** {@return the directory of its files, which is deleted when the process is closed} */
    public Path directory() {
        return files.path();
    }

    /** It holds nothing that would need an orderly end, and one that hangs would not obey. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=routerNotEnded pid={}", process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.close();
    }
}

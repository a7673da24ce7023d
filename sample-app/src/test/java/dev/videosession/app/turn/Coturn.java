package dev.videosession.app.turn;

import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's coturn in a process of its own, with a shared secret and nothing that outlives it. */
final class Coturn implements AutoCloseable {
    static final String SECRET = "secret-of-the-turn-server";
    static final String REALM = "turn.example.org";

    private static final String PROGRAM = "/usr/bin/turnserver";
    private static final Duration STARTING = Duration.ofSeconds(10);

    private final Child process;

    private Coturn(Child process) {
        this.process = process;
    }

    /**
     * Starts it in the network of a command, without waiting until it listens.
     *
     * @param directory for its files
     * @param command that precedes the program, for instance to run it in a network namespace
     * @param options of coturn
     */
    static Coturn start(Path directory, List<String> command, List<String> options) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(
                PROGRAM,
                "--log-file=stdout",
                "--pidfile=" + directory.resolve("turnserver.pid"),
                "--userdb=" + directory.resolve("turndb")));
        all.addAll(options);
        return new Coturn(Child.start("coturn", directory, Map.of(), all));
    }

    /**
     * Starts it at the loopback address, and waits until it listens. Its relays have the machine's own address, because the router does
     * not answer loopback addresses.
     */
    static Coturn onThisMachine(Path directory, int port, List<String> options) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-n",
                "--listening-ip=127.0.0.1",
                "--relay-ip=" + address(),
                "--listening-port=" + port,
                "--use-auth-secret",
                "--static-auth-secret=" + SECRET,
                "--realm=" + REALM,
                "--fingerprint",
                "--no-cli",
                "--verbose"));
        all.addAll(options);
        Coturn started = start(directory, List.of(), all);
        await("coturn listens").atMost(STARTING).until(() -> accepts(port));
        return started;
    }

    private static String address() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> new IOException("this machine has no IPv4 address besides loopback"))
                .getHostAddress();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return what it has logged so far} */
    List<String> log() {
        return process.lines();
    }

    /** {@return how many allocations it has granted so far} */
    long allocations() {
        return log().stream()
                .filter(line -> line.contains("ALLOCATE processed, success"))
                .count();
    }

    @Override
    public void close() {
        process.close();
    }
}

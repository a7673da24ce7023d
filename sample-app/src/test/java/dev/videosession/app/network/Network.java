package dev.videosession.app.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bad network of one client, between it and everything else. Its signaling goes through a TCP port here. So does its
 * media: in what passes there, the addresses of both sides are replaced by UDP ports of this network. Up is what the
 * client sends. While nothing passes, new TCP connections are still accepted, as by a machine whose programs are suspended.
 *
 * <p>The SDK's tests have a proxy of their own, {@code FaultProxy}: they cannot see the tests of this module, and need
 * nothing but TCP that is cut or swallowed for good.
 */
public final class Network implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    private final Way up = new Way();
    private final Way down = new Way();
    private final MediaRelay media = new MediaRelay(up, down);
    private final Way signaling = new Way();
    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<TcpLine> lines = ConcurrentHashMap.newKeySet();
    private volatile boolean refusing;

    public Network(URI server) throws IOException {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::acceptAll, "network-accept");
        thread.setDaemon(true);
        thread.start();
    }

    /** The server's address, seen from this network. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Does something to what the client sends. */
    public void up(Consumer<Way> fault) {
        fault.accept(up);
    }

    /** Does something to what is sent to the client. */
    public void down(Consumer<Way> fault) {
        fault.accept(down);
    }

    public void both(Consumer<Way> fault) {
        up(fault);
        down(fault);
    }

    /** Holds up the signaling only; media flows. */
    public void holdSignaling(boolean on) {
        signaling.hold(on);
    }

    /** Resets every TCP connection, at both ends. */
    public void reset() {
        lines.forEach(TcpLine::reset);
    }

    /**
     * Resets every TCP connection at the client's end, which the server does not notice.
     *
     * @return resets the same connections at the server's end
     */
    public Runnable resetNear() {
        Set<TcpLine> old = Set.copyOf(lines);
        old.forEach(TcpLine::resetNear);
        return () -> old.forEach(TcpLine::resetFar);
    }

    /** Ends every TCP connection towards the server with FIN, and towards the client too if wanted. */
    public void finish(boolean bothWays) {
        for (TcpLine line : lines) {
            line.finish(up);
            if (bothWays) {
                line.finish(down);
            }
        }
    }

    /** Resets new TCP connections at once. */
    public void refuse(boolean on) {
        refusing = on;
    }

    /** Everything works again. */
    public void heal() {
        refusing = false;
        signaling.heal();
        both(Way::heal);
    }

    /** Datagrams that the client sent so far, whether they arrived or not. */
    public long datagramsSent() {
        return media.sent();
    }

    /** Datagrams that were sent to the client so far, whether they arrived or not. */
    public long datagramsReceived() {
        return media.received();
    }

    /** Datagrams lost so far, either way. */
    public long datagramsLost() {
        return media.lost();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                if (refusing) {
                    TcpLine.reset(near);
                    continue;
                }
                TcpLine line = new TcpLine(near, up, down, signaling);
                lines.add(line);
                line.open(
                        server,
                        new FrameStage(new CandidateChange(address -> media.alias(address, true))),
                        new FrameStage(new CandidateChange(address -> media.alias(address, false))));
            } catch (IOException e) {
                LOG.debug("{}", e.toString());
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
        media.close();
    }
}

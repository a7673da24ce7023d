package dev.videosession.session.call;

import dev.videosession.session.internal.signaling.OkHttpConnector;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network for media that can be taken away while the signaling goes on. Clients connect with {@link #connector()}, which
 * replaces every address they announce by a forwarding port, so that all their media takes this way.
 */
final class CutNetwork implements AutoCloseable {
    private static final Pattern CANDIDATE = Pattern.compile("(candidate:\\S+ \\d+ )(\\S+)( \\d+ )(\\S+) (\\d+)( typ)");
    private static final int NOWHERE = 9;
    private static final Pattern IN_DESCRIPTION = Pattern.compile("a=candidate[^\\\\]*\\\\r\\\\n");

    private final Map<InetSocketAddress, DatagramSocket> ports = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Whatever flows is cut off for good; addresses announced from now on are reached over new ports. */
    synchronized void change() {
        List<DatagramSocket> gone = List.copyOf(ports.values());
        ports.clear();
        gone.forEach(DatagramSocket::close);
    }

    private synchronized int portFor(InetSocketAddress address) {
        return ports.computeIfAbsent(address, this::forward).getLocalPort();
    }

    private String announced(MatchResult candidate) {
        boolean reachable = candidate.group(2).equalsIgnoreCase("udp")
                && !candidate.group(4).contains(":");
        int port = reachable
                ? portFor(new InetSocketAddress(candidate.group(4), Integer.parseInt(candidate.group(5))))
                : NOWHERE; // this network has neither TCP nor IPv6
        return Matcher.quoteReplacement(candidate.group(1) + candidate.group(2) + candidate.group(3)
                + candidate.group(4) + " " + port + candidate.group(6));
    }

    private DatagramSocket forward(InetSocketAddress to) {
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(to.getAddress(), 0));
            Thread thread = new Thread(() -> forwardAll(socket, to), "cut-network");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
            return socket;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forwardAll(DatagramSocket socket, InetSocketAddress to) {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_536);
                socket.receive(packet);
                DatagramSocket from = ports.get((InetSocketAddress) packet.getSocketAddress());
                if (from != null) {
                    packet.setSocketAddress(to);
                    from.send(packet);
                }
            } catch (IOException e) {
                Thread.onSpinWait(); // this or the other port was closed meanwhile: the packet is lost
            }
        }
    }

    /** Sockets that announce the ports of this network instead of a client's own. */
    WebSocketConnector connector() {
        WebSocketConnector plain = new OkHttpConnector();
        return (URI uri, WebSocketConnector.Events events) -> {
            WebSocketConnector.Socket socket = plain.open(uri, events);
            return new WebSocketConnector.Socket() {
                @Override
                public boolean send(String text) {
                    if (text.contains("a=candidate")) {
                        return socket.send(IN_DESCRIPTION.matcher(text).replaceAll(""));
                    }
                    // one candidate, or a batch of them
                    return socket.send(CANDIDATE.matcher(text).replaceAll(CutNetwork.this::announced));
                }

                @Override
                public void close() {
                    socket.close();
                }

                @Override
                public void abort() {
                    socket.abort();
                }
            };
        };
    }

    @Override
    public void close() throws InterruptedException {
        change();
        for (Thread thread : List.copyOf(threads)) {
            thread.join(5_000);
        }
    }
}

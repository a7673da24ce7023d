package dev.videosession.media.internal.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A network between two ends that never learn each other's address: every address of one end is replaced by a forwarding
 * port of the path, so that the path carries everything, and nothing any more once it is {@linkplain #close() closed}.
 */
final class UdpPath implements AutoCloseable {
    private final Map<InetSocketAddress, Forwarder> forwarders = new ConcurrentHashMap<>();
    final AtomicLong packets = new AtomicLong();
    final AtomicLong lost = new AtomicLong();
    /** The share of packets that is lost. */
    volatile double loss;

    /** RTP packets of these payload types are lost. */
    volatile Set<Integer> lostPayloadTypes = Set.of();

    private final RandomGenerator random = new Random(20_261_126);
    private volatile boolean closed;

    /** The address under which the other end reaches that one. */
    synchronized InetSocketAddress standIn(InetSocketAddress real) {
        if (closed) {
            throw new IllegalStateException("the path is closed");
        }
        return forwarders.computeIfAbsent(real, Forwarder::new).address();
    }

    private boolean isLost(byte[] packet) {
        return (packet[0] & 0xc0) == 0x80 && lostPayloadTypes.contains(packet[1] & 0x7f);
    }

    private final class Forwarder implements Runnable {
        private final InetSocketAddress to;
        private final DatagramSocket socket;
        private final Thread thread;

        Forwarder(InetSocketAddress to) {
            this.to = to;
            try {
                socket = new DatagramSocket(new InetSocketAddress(to.getAddress(), 0));
            } catch (SocketException e) {
                throw new UncheckedIOException(e);
            }
            thread = new Thread(this, "udp-path");
            thread.setDaemon(true);
            thread.start();
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void run() {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            while (!closed) {
                try {
                    packet.setLength(65_536);
                    socket.receive(packet);
                    Forwarder from = forwarders.get((InetSocketAddress) packet.getSocketAddress());
                    if (from != null && (random.nextDouble() < loss || isLost(packet.getData()))) {
                        lost.incrementAndGet();
                    } else if (from != null) { // otherwise the peer does not know the address: it counts as unreachable
                        packets.incrementAndGet();
                        packet.setSocketAddress(to);
                        from.socket.send(packet);
                    }
                } catch (IOException e) {
                    if (!closed && socket.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }
    }

    /** Cuts the path for good: no later packet passes. */
    @Override
    public synchronized void close() throws InterruptedException {
        closed = true;
        for (Forwarder each : forwarders.values()) {
            each.socket.close();
        }
        for (Forwarder each : forwarders.values()) {
            each.thread.join(5_000);
        }
    }
}

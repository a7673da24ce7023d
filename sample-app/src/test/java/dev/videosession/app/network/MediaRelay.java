package dev.videosession.app.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes datagrams between the inside and the outside of a {@link Network}, as an address translator does: for every
 * address of either side there is a port here. What is sent to it goes to that address, and comes from the port that
 * stands for the sender.
 */
final class MediaRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaRelay.class);
    private static final long LONGEST_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private record Port(InetSocketAddress owner, boolean inside, DatagramChannel channel) {}

    private final Way up;
    private final Way down;
    private final Selector selector;
    private final Map<InetSocketAddress, Port> ports = new ConcurrentHashMap<>();
    private final ScheduledExecutorService later;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    MediaRelay(Way up, Way down) {
        this.up = up;
        this.down = down;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        later = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "network-later"));
        daemon(this::run, "network-media").start();
    }

    /** How many datagrams the inside sent so far, lost ones included. */
    long sent() {
        return sent.get();
    }

    /** How many datagrams were sent to the inside so far, lost ones included. */
    long received() {
        return received.get();
    }

    /** How many datagrams were lost so far, either way. */
    long lost() {
        return lost.get();
    }

    /** The address that stands for this one; empty if there can be none. */
    Optional<InetSocketAddress> alias(InetSocketAddress address, boolean inside) {
        try {
            return Optional.of(
                    (InetSocketAddress) port(address, inside).channel().getLocalAddress());
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("no address for {}: {}", address, e.toString());
            return Optional.empty();
        }
    }

    private Port port(InetSocketAddress owner, boolean inside) {
        return ports.computeIfAbsent(owner, address -> {
            try {
                DatagramChannel channel = DatagramChannel.open();
                channel.configureBlocking(false);
                channel.bind(new InetSocketAddress(address.getAddress(), 0));
                Port port = new Port(address, inside, channel);
                channel.register(selector, SelectionKey.OP_READ, port);
                selector.wakeup();
                return port;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    pass((Port) key.attachment(), buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | IOException e) {
            LOG.debug("{}", e.toString());
        }
    }

    private void pass(Port to, ByteBuffer buffer) {
        try {
            SocketAddress sender = to.channel().receive(buffer.clear());
            if (!(sender instanceof InetSocketAddress source)) {
                return;
            }
            Way way = to.inside() ? down : up;
            (to.inside() ? received : sent).incrementAndGet();
            if (way.losesDatagram() || way.queueNanos() > LONGEST_QUEUE_NANOS) {
                lost.incrementAndGet();
                return;
            }
            Port from = port(source, !to.inside());
            byte[] copy = new byte[buffer.flip().remaining()];
            buffer.get(copy);
            long wait = way.arrivalNanos(copy.length) - System.nanoTime();
            if (wait <= 0) {
                send(from, to, copy);
            } else {
                later.schedule(() -> send(from, to, copy), wait, TimeUnit.NANOSECONDS);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("{}", e.toString());
        }
    }

    private static void send(Port from, Port to, byte[] datagram) {
        try {
            from.channel().send(ByteBuffer.wrap(datagram), to.owner());
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        later.shutdownNow();
        selector.close();
        for (Port port : ports.values()) {
            port.channel().close();
        }
    }
}

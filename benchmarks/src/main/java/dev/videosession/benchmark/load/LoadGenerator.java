package dev.videosession.benchmark.load;

import dev.videosession.benchmark.dialect.Dialect;
import dev.videosession.benchmark.dialect.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients of one server on one thread, with one buffer. A frame costs it a look at the header and at the byte that tells its
 * kind, so that the server is what limits the throughput.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadGenerator.class);
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long HEARTBEAT_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_MILLIS = 10_000;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final List<LoadClient> clients = new ArrayList<>();
    private final InetSocketAddress server;
    private final Dialect dialect;
    private final Thread thread;
    /** In the order of their times. */
    private final Queue<Beat> beats = new ArrayDeque<>();

    private final long heartbeatNanos;
    private volatile boolean closing;

    private record Timer(long nanos, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.compare(nanos, other.nanos);
        }
    }

    private record Beat(long nanos, LoadClient client) {}

    /**
     * Starts the thread.
     *
     * @param server where to connect
     * @param dialect the server's messages
     */
    public LoadGenerator(InetSocketAddress server, Dialect dialect) {
        this.server = server;
        this.dialect = dialect;
        this.heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(dialect.heartbeatMillis());
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, "load");
        thread.setDaemon(true);
        thread.start();
        if (dialect.heartbeat() != null) {
            execute(this::beat);
        }
    }

    /**
     * Runs a task on the generator's thread.
     *
     * @param task the task
     */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /**
     * Runs a task on the generator's thread at a time. Call it on that thread.
     *
     * @param nanos the time, of {@link System#nanoTime()}
     * @param task the task
     */
    public void at(long nanos, Runnable task) {
        timers.add(new Timer(nanos, task));
    }

    /**
     * Opens a socket and joins. Call it on the generator's thread.
     *
     * @param member the member to remove
     * @param listener learns what it receives
     * @return the client
     */
    public LoadClient open(Member member, LoadListener listener) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            LoadClient client = new LoadClient(channel, dialect, member, listener);
            boolean connected = channel.connect(server);
            client.registered(channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, client));
            clients.add(client);
            if (heartbeatNanos > 0) {
                beats.add(new Beat(System.nanoTime() + heartbeatNanos, client));
            }
            if (connected) {
                client.connected();
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Closes all sockets.
     *
     * @return completed when they are closed
     */
    public CompletableFuture<Void> closeAll() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            clients.forEach(LoadClient::close);
            clients.clear();
            done.complete(null);
        });
        return done;
    }

    /** {@return the CPU time that the generator's thread has used, in nanoseconds} */
    public long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(this::ready, timeoutMillis());
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                runTimers();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("event=generatorFailed", e);
        }
    }

    private long timeoutMillis() {
        Timer first = timers.peek();
        if (first == null) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(first.nanos() - System.nanoTime()));
    }

    private void runTimers() {
        for (Timer first = timers.peek(); first != null && first.nanos() <= System.nanoTime(); first = timers.peek()) {
            timers.remove().task().run();
        }
    }

    private void ready(SelectionKey key) {
        LoadClient client = (LoadClient) key.attachment();
        try {
            if (key.isConnectable()) {
                client.connected();
            } else {
                client.ready(buffer);
            }
        } catch (IOException e) {
            client.end(String.valueOf(e.getMessage()));
        }
    }

    private void beat() {
        long now = System.nanoTime();
        for (Beat first = beats.peek(); first != null && first.nanos() <= now; first = beats.peek()) {
            LoadClient client = beats.remove().client();
            if (!client.isClosed()) {
                client.heartbeat();
                beats.add(new Beat(now + heartbeatNanos, client));
            }
        }
        at(now + HEARTBEAT_STEP_NANOS, this::beat);
    }

    /** Closes all sockets and ends the thread. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
            for (LoadClient client : clients) {
                client.close();
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

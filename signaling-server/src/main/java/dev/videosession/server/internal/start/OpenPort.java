package dev.videosession.server.internal.start;

import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.socket.SocketPipeline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open port and the threads behind it. */
final class OpenPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPort.class);
    private static final int BACKLOG = 1024;
    /** A socket's turn on its event loop: a flood of tiny frames must not keep the other sockets waiting. */
    private static final int READS = 4;

    private static final int READ_BYTES = 16 * 1024;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** A client whose connection another node takes over within this time is never shown as lost to other clients. */
    private static final long ARRIVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Other nodes take the leases of media routers within this time. */
    private static final long LEASES_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Clients move to the media routers of other nodes within this time: a little longer than a router waits for them. */
    private static final long ROUTERS_NANOS = TimeUnit.SECONDS.toNanos(12);

    /** All waits of {@link #close(Move)} together take at most 56 s: the guide and the unit of systemd permit 60 s for a stop. */
    private static final int LONGEST_MOVE_SECONDS = 31;

    /**
     * How clients are moved to other nodes.
     *
     * @param nodes their addresses, or null if clients reach them through a balancer
     * @param perSecond how many clients are moved in a second; more if that would take too long
     */
    record Move(@Nullable List<String> nodes, int perSecond) {}

    private final EventLoopGroup loops;
    private final SocketPipeline pipeline;
    private final Channel channel;
    private final boolean encrypted;
    private final long retryAfterMillis;
    private boolean closed;

    private OpenPort(
            EventLoopGroup loops, SocketPipeline pipeline, Channel channel, boolean encrypted, long retryAfterMillis) {
        this.loops = loops;
        this.pipeline = pipeline;
        this.channel = channel;
        this.encrypted = encrypted;
        this.retryAfterMillis = retryAfterMillis;
    }

    /** Opens the port. When it closes, connected clients are asked to come back after {@code retryAfterMillis} or later. */
    static OpenPort open(
            InetSocketAddress address,
            EventLoopGroup loops,
            SocketPipeline pipeline,
            boolean encrypted,
            long retryAfterMillis)
            throws IOException {
        Class<? extends ServerChannel> type = EventLoops.serverChannel();
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 2048, READ_BYTES).maxMessagesPerRead(READS))
                .handler(new AcceptFailures())
                .childHandler(pipeline)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        OpenPort listener = new OpenPort(loops, pipeline, bound.channel(), encrypted, retryAfterMillis);
        LOG.info("event=listening uri={} transport={}", listener.uri(), type.getSimpleName());
        return listener;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    URI uri() {
        InetSocketAddress address = address();
        String host = address.getAddress().isAnyLocalAddress()
                ? "localhost"
                : address.getAddress().getHostAddress();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create((encrypted ? "https" : "http") + "://" + literal + ":" + address.getPort());
    }

    /** Closes the sockets of all clients, so that they resume elsewhere, and drops what is known of their sessions. */
    void abandonSessions() {
        pipeline.sessions().abandonAll();
    }

    @Override
    public void close() {
        close(null);
    }

    /**
     * Closes the port and the sockets.
     *
     * @param move how clients are moved to other nodes, or null if there are none
     */
    synchronized void close(@Nullable Move move) {
        if (closed) {
            return;
        }
        closed = true;
        channel.close().awaitUninterruptibly();
        long moving = 0;
        long routers = ROUTERS_NANOS;
        if (move == null) {
            pipeline.drain(retryAfterMillis);
        } else {
            pipeline.beginStop();
            CompletableFuture<Void> handed = pipeline.sessions().handRoutersOver();
            await(handed::isDone, LEASES_NANOS);
            routers = await(() -> !pipeline.sessions().isPassingRoutersOn(), routers);
            int perSecond = Math.max(move.perSecond(), pipeline.openSockets() / LONGEST_MOVE_SECONDS);
            moving = TimeUnit.MILLISECONDS.toNanos(pipeline.move(move.nodes(), perSecond));
            LOG.info("event=moving sockets={} perSecond={}", pipeline.openSockets(), perSecond);
        }
        await(() -> pipeline.openSockets() == 0, DRAIN_NANOS + moving);
        if (move != null) {
            await(() -> pipeline.heldConnections() == 0, ARRIVAL_NANOS);
            await(() -> !pipeline.sessions().isPassingRoutersOn(), routers);
            LOG.info("event=moved leftBehind={}", pipeline.heldConnections());
        }
        int abandoned = pipeline.openSockets();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        LOG.info("event=closed abandonedSockets={}", abandoned);
    }

    /** Returns how much of the time is left. */
    private static long await(BooleanSupplier done, long nanos) {
        long left = nanos;
        while (!done.getAsBoolean() && left > 0) {
            LockSupport.parkNanos(POLL_NANOS);
            left -= POLL_NANOS;
        }
        return left;
    }

    /** Passes on failures of accepting. The bootstrap logs them and waits a second before it accepts again. */
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            OutOfMemory.check(cause);
            context.fireExceptionCaught(cause);
        }
    }
}

package dev.videosession.server.internal.start;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.socket.AdminPipeline;
import dev.videosession.server.settings.ServerLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port for operators. It has its own socket, thread and limits, so that load of clients does not affect it. */
final class AdminListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);
    private static final int SOCKETS = 64;

    private final EventLoopGroup loop;
    private final Channel channel;

    private AdminListener(EventLoopGroup loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    static EventLoopGroup newLoop() {
        return EventLoops.start(1, "admin");
    }

    /** Opens the port. Owns the loop from then on, and ends it if opening fails. */
    static AdminListener open(
            InetSocketAddress address, EventLoopGroup loop, HttpRoutes routes, TimeSource time, RefusalLog refusals)
            throws IOException {
        ServerLimits limits = ServerLimits.builder()
                .unauthenticatedSockets(SOCKETS)
                .unauthenticatedSocketsPerAddress(SOCKETS / 2)
                .build();
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EventLoops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(
                        new AdminPipeline(new SocketGate(limits, SOCKETS), new RouteTable(routes), time, refusals))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "cannot listen on the admin address " + address + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        AdminListener listener = new AdminListener(loop, bound.channel());
        LOG.info("event=adminListening address={}", listener.address());
        return listener;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}

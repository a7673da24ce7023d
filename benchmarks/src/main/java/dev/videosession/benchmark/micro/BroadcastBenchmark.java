package dev.videosession.benchmark.micro;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.Outbox;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A broadcast to 1,000 channels in memory, until each has received it: what a delivery costs without a socket. */
@State(Scope.Thread)
public class BroadcastBenchmark {
    private static final int MEMBERS = 1000;
    private static final int LIMIT = 1 << 20;

    private final byte[] message = "0123456789abcdef".repeat(8).getBytes(StandardCharsets.UTF_8);
    private final Semaphore received = new Semaphore(0);
    private final Deliveries deliveries =
            new Deliveries(new ServerMetrics(new SimpleMeterRegistry()), TimeSource.system());
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

    /** For JMH. */
    public BroadcastBenchmark() {}

    /** Receives on one side of a channel. */
    @ChannelHandler.Sharable
    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            ReferenceCountUtil.release(frame);
            received.release();
        }
    }

    /** The sending side of a channel. */
    @ChannelHandler.Sharable
    private static final class Sender extends ChannelInboundHandlerAdapter {}

    /** Opens the channels. */
    @Setup
    public void open() {
        LocalAddress address = new LocalAddress("benchmark");
        Receiver receiver = new Receiver();
        Sender sender = new Sender();
        new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(receiver)
                .bind(address)
                .syncUninterruptibly();
        Bootstrap client =
                new Bootstrap().group(loop).channel(LocalChannel.class).handler(sender);
        for (int i = 0; i < MEMBERS; i++) {
            Channel channel = client.connect(address).syncUninterruptibly().channel();
            ChannelHandlerContext context = channel.pipeline().context(sender);
            deliveries.admit(new Outbox(context, LIMIT, LIMIT, TimeSource.system(), () -> {}), false);
        }
    }

    /** Sends one message and waits for all of its deliveries. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public void deliver() {
        deliveries.broadcast(message, false);
        received.acquireUninterruptibly(MEMBERS);
    }

    /** Closes the channels. */
    @TearDown
    public void close() {
        loop.shutdownGracefully();
    }
}

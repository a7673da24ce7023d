package dev.videosession.server.internal.socket;

import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.memory.OutOfMemory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up new sockets: each starts as HTTP and becomes a WebSocket by a request for {@value UpgradeHandler#PATH}. The
 * Origin header is not checked: clients are desktop programs, which send none, and a session is opened by a token, not by
 * a cookie that another page could make a browser send.
 */
public final class SocketPipeline extends ChannelInitializer<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(SocketPipeline.class);

    private final SocketContext context;
    private final @Nullable Supplier<SslContext> tls;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    /**
     * Creates the initializer of one server.
     *
     * @param context what its sockets use
     * @param tls gives the TLS context of a new socket; null without encryption
     */
    public SocketPipeline(SocketContext context, @Nullable Supplier<SslContext> tls) {
        this.context = context;
        this.tls = tls;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refused socket is only closed
    protected void initChannel(Channel channel) {
        ClientAddress peer = ClientAddress.of((InetSocketAddress) channel.remoteAddress());
        boolean isProxy = context.proxies().contains(peer.host());
        SocketGate.Entry entry = context.gate().enter(peer, isProxy, limit -> evict(channel, limit));
        if (entry instanceof SocketGate.Refused refused) {
            context.common().metrics().socketRefused(refused.limit());
            logLimit("socketRefused", refused.limit(), peer);
            channel.close();
            return;
        }
        SocketGate.Pass pass = ((SocketGate.Admitted) entry).pass();
        open.add(channel);
        context.common().metrics().sockets(1);
        channel.closeFuture().addListener(closed -> {
            open.remove(channel);
            pass.closed();
            context.common().metrics().sockets(-1);
        });
        addHandlers(channel, new SocketOrigin(context.proxies(), pass, peer));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the close
    private void evict(Channel channel, String limit) {
        context.common().metrics().socketEvicted(limit);
        logLimit("socketEvicted", limit, ClientAddress.of((InetSocketAddress) channel.remoteAddress()));
        channel.close();
    }

    private void logLimit(String event, String limit, ClientAddress address) {
        context.common().refusals().warn(LOG, event, "limit={} address={}", limit, address);
    }

    private void addHandlers(Channel channel, SocketOrigin origin) {
        ChannelPipeline pipeline = channel.pipeline();
        if (origin.isProxied()) {
            pipeline.addLast("proxy", new ProxyProtocolHandler(origin));
        }
        if (tls != null) {
            pipeline.addLast("tls", tls.get().newHandler(channel.alloc()));
        }
        HttpHandlers.addTo(
                pipeline,
                origin,
                context.routes(),
                context.handshakeMillis(),
                context.common().time(),
                context.common().refusals());
        pipeline.addBefore("routes", "upgrade", new UpgradeHandler(context, origin, tls != null));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) throws Exception {
        OutOfMemory.check(cause);
        super.exceptionCaught(handler, cause);
    }

    /**
     * Closes every open socket: WebSockets after a {@code draining} message and with status 1001, other sockets at once.
     *
     * @param retryAfterMillis when the first client may come back; later clients get later times, at the rate at which
     *     clients may enter
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller watches openSockets()
    public void drain(long retryAfterMillis) {
        context.sessions().drain();
        int perSecond = context.common().limits().entriesPerSecond();
        long count = 0;
        for (Channel channel : open) {
            long wait = retryAfterMillis + TimeUnit.SECONDS.toMillis(count++) / perSecond;
            channel.eventLoop().execute(() -> {
                SignalingSocket socket = channel.pipeline().get(SignalingSocket.class);
                if (socket != null) {
                    socket.drain(wait);
                } else {
                    channel.close();
                }
            });
        }
    }

    /** {@return how many sockets are open} */
    public int openSockets() {
        return open.size();
    }
}

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

/**
 * Sets new sockets up: every one starts as HTTP, and becomes a WebSocket if it asks for one at
 * {@value UpgradeHandler#PATH}. The Origin header is not checked: clients are desktop programs, which send none, and
 * what opens a session is a token, not a cookie that a foreign page could make a browser send.
 */
public final class SocketPipeline extends ChannelInitializer<Channel> {
    private final SocketContext context;
    private final @Nullable Supplier<SslContext> tls;
    private final LossLog losses;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    /**
     * Makes the set-up of one server.
     *
     * @param context what its sockets share
     * @param tls gives what encrypts a new socket; null without encryption
     */
    public SocketPipeline(SocketContext context, @Nullable Supplier<SslContext> tls) {
        this.context = context;
        this.tls = tls;
        this.losses = new LossLog(context.common().time());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refused socket is just dropped
    protected void initChannel(Channel channel) {
        ClientAddress peer = ClientAddress.of((InetSocketAddress) channel.remoteAddress());
        boolean isProxy = context.proxies().contains(peer.host());
        SocketGate.Entry entry = context.gate().enter(peer, isProxy, limit -> evict(channel, limit));
        if (entry instanceof SocketGate.Refused refused) {
            context.common().metrics().socketRefused(refused.limit());
            losses.add("socketRefused", refused.limit(), peer);
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

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
    private void evict(Channel channel, String limit) {
        context.common().metrics().socketEvicted(limit);
        losses.add("socketEvicted", limit, ClientAddress.of((InetSocketAddress) channel.remoteAddress()));
        channel.close();
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
     * Asks every open socket to close: WebSockets are told and closed with status 1001, others are closed at once.
     *
     * @param retryAfterMillis what the first clients are told about when to come back; the others are told later times,
     *     so that they return no faster than they may enter
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

    /**
     * Returns how many sockets are open.
     *
     * @return the number
     */
    public int openSockets() {
        return open.size();
    }
}

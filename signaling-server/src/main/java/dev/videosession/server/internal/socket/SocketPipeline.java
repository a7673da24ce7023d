package dev.videosession.server.internal.socket;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.session.SessionRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up new sockets: each starts as HTTP and becomes a WebSocket by a request for {@value #PATH}. The
 * Origin header is not checked: clients are desktop programs, which send none, and a session is opened by a token, not by
 * a cookie that another page could make a browser send.
 */
public final class SocketPipeline extends ChannelInitializer<Channel> {
    /** Where WebSockets are opened. */
    public static final String PATH = "/v1/signaling";

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
        beginStop();
        int perSecond = context.common().limits().entriesPerSecond();
        long count = 0;
        for (Channel channel : open) {
            long wait = retryAfterMillis + TimeUnit.SECONDS.toMillis(count++) / perSecond;
            channel.eventLoop().execute(() -> {
                SignalingSocket socket = channel.pipeline().get(SignalingSocket.class);
                if (socket != null) {
                    socket.drain(wait, null);
                } else {
                    channel.close();
                }
            });
        }
    }

    /**
     * Closes the sockets of all clients at a pace, each after a {@code draining} message and with status 1001, and other sockets
     * at the end.
     *
     * @param nodes where clients should resume, or null if they reach nodes through a balancer
     * @param perSecond how many sockets are closed in a second
     * @return after how many milliseconds the last one is closed
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller watches openSockets()
    public long move(@Nullable List<String> nodes, int perSecond) {
        List<Channel> all = List.copyOf(open);
        long lastMillis = TimeUnit.SECONDS.toMillis(all.size()) / perSecond;
        for (int i = 0; i < all.size(); i++) {
            Channel channel = all.get(i);
            long wait = TimeUnit.SECONDS.toMillis(i) / perSecond;
            channel.eventLoop().schedule(() -> move(channel, nodes, lastMillis - wait), wait, TimeUnit.MILLISECONDS);
        }
        return lastMillis;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void move(Channel channel, @Nullable List<String> nodes, long leftMillis) {
        SignalingSocket socket = channel.pipeline().get(SignalingSocket.class);
        if (socket != null) {
            socket.drain(0, nodes);
        } else {
            channel.eventLoop().schedule(() -> channel.close(), leftMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** {@return the number of connections that this server has, including those whose clients are on their way to another node} */
    public int heldConnections() {
        return context.common().metrics().connections();
    }

    /** {@return the sessions} */
    public SessionRegistry sessions() {
        return context.sessions();
    }

    /** Connections whose sockets are lost from now on are not marked as lost, because the server stops. */
    public void beginStop() {
        context.sessions().drain();
    }

    /**
     * Sends a message to every client.
     *
     * @param message the message
     */
    public void announce(ServerMessage message) {
        byte[] utf8 = context.common().codec().encodeServerBytes(message);
        for (Channel channel : open) {
            channel.eventLoop().execute(() -> {
                SignalingSocket socket = channel.pipeline().get(SignalingSocket.class);
                if (socket != null) {
                    socket.announce(utf8);
                }
            });
        }
    }

    /** {@return how many sockets are open} */
    public int openSockets() {
        return open.size();
    }
}

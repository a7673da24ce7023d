package dev.videosession.server.internal.socket;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.memory.OutOfMemory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.List;

/** Sets up the sockets of the admin port: HTTP without upgrade. */
public final class AdminPipeline extends ChannelInitializer<Channel> {
    private static final long DEADLINE_MILLIS = 10_000;

    private final SocketGate gate;
    private final RouteTable routes;
    private final TimeSource time;
    private final RefusalLog refusals;

    /**
     * Creates the initializer of one port.
     *
     * @param gate counts its sockets
     * @param routes answers
     * @param time the monotonic clock
     * @param refusals logs requests that take too long
     */
    public AdminPipeline(SocketGate gate, RouteTable routes, TimeSource time, RefusalLog refusals) {
        this.gate = gate;
        this.routes = routes;
        this.time = time;
        this.refusals = refusals;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refused socket is only closed
    protected void initChannel(Channel channel) {
        ClientAddress peer = ClientAddress.of((InetSocketAddress) channel.remoteAddress());
        if (gate.enter(peer, false, limit -> channel.close()) instanceof SocketGate.Admitted admitted) {
            channel.closeFuture().addListener(closed -> admitted.pass().closed());
            SocketOrigin origin = new SocketOrigin(new TrustedProxies(List.of()), admitted.pass(), peer);
            HttpHandlers.addTo(channel.pipeline(), origin, routes, DEADLINE_MILLIS, time, refusals);
        } else {
            channel.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        OutOfMemory.check(cause);
        super.exceptionCaught(context, cause);
    }
}

package dev.videosession.server.socket;

import dev.videosession.server.address.ClientAddress;
import dev.videosession.server.address.TrustedProxies;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.limit.SocketGate;
import dev.videosession.server.logging.RefusalLog;
import dev.videosession.server.memory.OutOfMemory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.util.List;

/** Sets up the sockets of the admin port: HTTP without upgrade. */
public final class AdminPipeline extends ChannelInitializer<Channel> {
    private static final long DEADLINE_MILLIS = 10_000;

    private final SocketGate gate;
    private final HttpRoutes routes;
    private final RefusalLog refusals;

    /**
     * Makes the set-up of one port.
     *
     * @param gate counts its sockets
     * @param routes answers
     * @param refusals logs requests that take too long
     */
    public AdminPipeline(SocketGate gate, HttpRoutes routes, RefusalLog refusals) {
        this.gate = gate;
        this.routes = routes;
        this.refusals = refusals;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a refused socket is just dropped
    protected void initChannel(Channel channel) {
        ClientAddress peer = ClientAddress.of((InetSocketAddress) channel.remoteAddress());
        if (gate.enter(peer, false, limit -> channel.close()) instanceof SocketGate.Admitted admitted) {
            channel.closeFuture().addListener(closed -> admitted.pass().closed());
            SocketOrigin origin = new SocketOrigin(new TrustedProxies(List.of()), admitted.pass(), peer);
            HttpHandlers.addTo(channel.pipeline(), origin, routes, DEADLINE_MILLIS, System::nanoTime, refusals);
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

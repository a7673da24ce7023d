package dev.videosession.server.internal.socket;

import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.http.HttpConversation;
import dev.videosession.server.internal.limit.SocketGate;
import io.netty.handler.codec.http.HttpHeaders;

/** The address of one socket's client, and its place at the gate. Changed on the socket's loop, read on any thread. */
final class SocketOrigin implements HttpConversation.Listener {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final TrustedProxies proxies;
    private final SocketGate.Pass pass;
    private ClientAddress peer;
    private volatile ClientAddress client;

    SocketOrigin(TrustedProxies proxies, SocketGate.Pass pass, ClientAddress peer) {
        this.proxies = proxies;
        this.pass = pass;
        this.peer = peer;
        this.client = peer;
    }

    /** {@return whether the peer is a trusted proxy} */
    boolean isProxied() {
        return proxies.contains(peer.host());
    }

    /** Sets the address that the proxy named in the PROXY protocol. */
    void proxied(ClientAddress named) {
        peer = named;
        client = named;
        if (!isProxied()) {
            pass.moveTo(named);
        }
    }

    /** Takes the address of a request, which may come from another client than the one before. */
    @Override
    public void requested(HttpHeaders headers) {
        if (isProxied()) {
            client = proxies.clientOf(peer, headers.getAll(FORWARDED_FOR));
            pass.moveTo(client);
        }
        pass.busy();
    }

    @Override
    public void answered() {
        pass.idle();
    }

    ClientAddress client() {
        return client;
    }

    SocketGate.Pass pass() {
        return pass;
    }
}

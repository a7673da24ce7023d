package dev.videosession.session.internal.connection;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.internal.link.CandidatePolicy;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.AddressScope;
import dev.videosession.protocol.ice.CandidateAddress;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The settings of a session. */
public record ConnectOptions(
        List<ServerAddress> servers,
        String apiKey,
        SessionId sessionId,
        WebSocketConnector connector,
        MessageCodec codec,
        @Nullable MediaEngine mediaEngine,
        boolean relayOnly,
        boolean verifiesTurnCertificates,
        boolean connectionEventsSuppressed,
        boolean startOver,
        long connectTimeoutMillis) {
    static final String CLIENT = "videosession-java";

    /**
     * {@return the configuration of media links, without ICE servers} Loopback addresses are tried only if all servers are on
     * this machine: then a peer may be, too.
     */
    public LinkConfig links() {
        return new LinkConfig(
                List.of(),
                relayOnly ? LinkConfig.IcePolicy.RELAY : LinkConfig.IcePolicy.ALL,
                new CandidatePolicy(
                        servers.stream().map(ServerAddress::host).allMatch(ConnectOptions::isLoopback), false),
                verifiesTurnCertificates
                        ? LinkConfig.TurnCertificates.VERIFIED
                        : LinkConfig.TurnCertificates.UNVERIFIED);
    }

    /** {@return whether a host is a loopback address or the name of one; nothing is resolved} */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        boolean ipv6 = name.startsWith("[") && name.endsWith("]");
        try {
            return CandidateAddress.parse(ipv6 ? name.substring(1, name.length() - 1) : name)
                            .scope()
                    == AddressScope.LOOPBACK;
        } catch (MalformedSdpException e) {
            return false; // a host name
        }
    }
}

package dev.videosession.server.settings;

import java.net.URI;

/**
 * The address of a running Janus and the secrets that open it.
 *
 * @param uri of its WebSocket API, {@code ws} or {@code wss}
 * @param apiSecret {@code api_secret} of its configuration; empty if it has none
 * @param adminKey {@code admin_key} of its VideoRoom plugin, which permits to create rooms; empty if it has none
 */
public record JanusEndpoint(URI uri, String apiSecret, String adminKey) {
    /** Checks the address. */
    public JanusEndpoint {
        if (!("ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme()))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a router must be ws://HOST:PORT or wss://HOST:PORT, was " + uri);
        }
    }

    @Override
    public String toString() {
        return "JanusEndpoint[" + uri + "]";
    }
}

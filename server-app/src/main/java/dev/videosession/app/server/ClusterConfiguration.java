package dev.videosession.app.server;

import dev.videosession.app.server.config.Settings;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.settings.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** The options of a server that is one of several nodes. */
final class ClusterConfiguration {
    private ClusterConfiguration() {}

    /**
     * Makes the server a node if the options say so.
     *
     * @throws IOException if the password cannot be read
     * @throws IllegalArgumentException if an option cannot be used; the message names it
     */
    static void apply(Settings settings, SignalingServerBuilder builder) throws IOException {
        String redis = settings.find("redis");
        if (redis == null) {
            if (Stream.of("advertise", "node-id", "warm-up").anyMatch(name -> settings.find(name) != null)) {
                throw new IllegalArgumentException(
                        "--advertise, --node-id and --warm-up are for nodes of a cluster: give --redis, too");
            }
            return;
        }
        String password = settings.secret("redis-secret");
        String advertise = settings.find("advertise");
        int warmUpClients = settings.number("warm-up", ClusterSettings.DEFAULT_WARM_UP_CLIENTS);
        builder.cluster(settings.applying(
                () -> new ClusterSettings(
                        redis,
                        password,
                        settings.find("node-id", hostName()),
                        advertise == null ? null : URI.create(advertise),
                        warmUpClients),
                "redis",
                "node-id",
                "advertise",
                "warm-up"));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}

package dev.videosession.server.internal.start;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.server.internal.cluster.Cluster;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.RedisRequirements;
import dev.videosession.server.internal.redis.log.RedisMetrics;
import dev.videosession.server.internal.redis.log.RedisSessionLogs;
import dev.videosession.server.settings.ClusterSettings;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server has only if it is one of several nodes.
 *
 * @param redis the connection
 * @param cluster the node's membership
 * @param logs the logs of sessions
 * @param warmUpClients how many clients of its own it serves before it is ready
 */
record NodeParts(RedisLink redis, Cluster cluster, RedisSessionLogs logs, int warmUpClients) implements AutoCloseable {
    private static final Pattern USER = Pattern.compile("([a-z-]+://)([^@:/]*)@(.*)", Pattern.CASE_INSENSITIVE);

    /**
     * Connects to Redis. The node is no member yet.
     *
     * @throws IOException if Redis cannot be used; the message says why
     */
    static NodeParts open(
            ClusterSettings settings,
            ServerSettings server,
            MessageCodec codec,
            ProjectLoad projects,
            MeterRegistry meters)
            throws IOException {
        RedisLink redis = RedisLink.open(uri(settings));
        try {
            RedisRequirements.check(redis);
            NodeEpoch epoch = new NodeEpoch();
            Cluster cluster = Cluster.open(
                    settings,
                    redis,
                    epoch,
                    server.time(),
                    projects,
                    server.credentials().maxTokenLifetime());
            RedisSessionLogs logs = new RedisSessionLogs(
                    redis,
                    epoch,
                    true,
                    codec,
                    server.sessions().limits().historyEvents(),
                    server.time(),
                    new RedisMetrics(meters));
            cluster.register(meters);
            return new NodeParts(redis, cluster, logs, settings.warmUpClients());
        } catch (IOException | RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** Lettuce takes a name without a password for a password. */
    private static RedisURI uri(ClusterSettings settings) {
        Matcher user = USER.matcher(settings.redis());
        boolean named = user.matches();
        RedisURI uri = RedisURI.create(named ? user.group(1) + user.group(3) : settings.redis());
        String password = settings.password();
        if (password != null) {
            uri.setCredentialsProvider(
                    new StaticCredentialsProvider(named ? user.group(2) : null, password.toCharArray()));
        }
        return uri;
    }

    /** Ends the membership and the connection. */
    @Override
    public void close() {
        cluster.close();
        logs.close();
        redis.close();
    }
}

package dev.videosession.server.session;

import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.Timings;
import dev.videosession.server.ice.IceConfiguration;
import dev.videosession.server.limit.ServerLimits;
import dev.videosession.server.metrics.ServerMetrics;
import java.time.Clock;

/**
 * What all sessions of a server share.
 *
 * @param codec for messages
 * @param limits of the server
 * @param timings that clients are told
 * @param ice servers that clients are told
 * @param clock for creation times and the ends of tokens
 * @param metrics of the server
 */
public record SessionContext(
        MessageCodec codec,
        ServerLimits limits,
        Timings timings,
        IceConfiguration ice,
        Clock clock,
        ServerMetrics metrics) {}

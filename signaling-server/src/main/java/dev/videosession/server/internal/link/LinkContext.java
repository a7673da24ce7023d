package dev.videosession.server.internal.link;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.settings.ServerLimits;

/**
 * What the links of one session need of the server.
 *
 * @param session its id, for log lines
 * @param limits of the server
 * @param metrics counts links
 * @param time the monotonic clock
 */
public record LinkContext(SessionId session, ServerLimits limits, ServerMetrics metrics, TimeSource time) {}

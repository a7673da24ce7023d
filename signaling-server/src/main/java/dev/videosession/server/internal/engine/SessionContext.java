package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a server share.
 *
 * @param codec for messages
 * @param limits of the server
 * @param timings sent to clients
 * @param ice servers sent to clients
 * @param time the clocks
 * @param metrics of the server
 * @param policies of sessions
 * @param admission asks the embedder
 * @param entries how many clients may enter in a second
 * @param observer receives every event
 * @param revoked tokens that open nothing any more
 * @param refusals the log lines that any client can cause
 * @param memory what may be held for clients
 * @param projects counts the connections of each project
 * @param logs opens the logs of sessions
 * @param routers the media routers, or null without one
 * @param nodes of the server
 */
public record SessionContext(
        MessageCodec codec,
        ServerLimits limits,
        Timings timings,
        IceConfiguration ice,
        TimeSource time,
        ServerMetrics metrics,
        Function<SessionId, SessionPolicy> policies,
        AdmissionGate admission,
        EntryRate entries,
        SessionObserver observer,
        RevokedTokens revoked,
        RefusalLog refusals,
        MemoryBudget memory,
        ProjectLoad projects,
        SessionLogFactory logs,
        @Nullable RouterPool routers,
        NodeDirectory nodes) {}

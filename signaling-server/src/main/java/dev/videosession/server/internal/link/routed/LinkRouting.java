package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.message.LinkId;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.router.RouterShares;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What links through a media router need.
 *
 * @param routers of the server
 * @param share what the session's project uses of them
 * @param loop runs tasks on the session's loop
 * @param timer runs tasks on the session's loop later
 * @param newLinkId makes ids
 * @param lease the right to drive the session's router
 */
public record LinkRouting(
        RouterPool routers,
        RouterShares.Share share,
        Executor loop,
        LinkTimer timer,
        Supplier<LinkId> newLinkId,
        RouterLease lease) {}

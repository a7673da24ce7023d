/** Media routers: one upload of a publisher, forwarded to each subscriber. */
@NullMarked
package dev.videosession.server.internal.router;

import org.jspecify.annotations.NullMarked;

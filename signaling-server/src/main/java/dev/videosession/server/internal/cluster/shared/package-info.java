/** What nodes share in Redis besides sessions: revoked and used tokens, and webhooks that have not been sent yet. */
@NullMarked
package dev.videosession.server.internal.cluster.shared;

import org.jspecify.annotations.NullMarked;

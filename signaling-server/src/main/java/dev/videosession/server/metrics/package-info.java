/** Help texts of the server's metrics, for a registry of the embedder. */
@NullMarked
package dev.videosession.server.metrics;

import org.jspecify.annotations.NullMarked;

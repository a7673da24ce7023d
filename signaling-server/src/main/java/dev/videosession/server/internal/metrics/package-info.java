/** The server's metrics. */
@NullMarked
package dev.videosession.server.internal.metrics;

import org.jspecify.annotations.NullMarked;

/** What the server counts. */
@NullMarked
package dev.videosession.server.internal.metrics;

import org.jspecify.annotations.NullMarked;

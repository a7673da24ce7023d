/** What the server counts. */
@NullMarked
package dev.videosession.server.metrics;

import org.jspecify.annotations.NullMarked;

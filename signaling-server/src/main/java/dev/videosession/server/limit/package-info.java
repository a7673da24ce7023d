/** Everything that is bounded, so that no client can harm the others. */
@NullMarked
package dev.videosession.server.limit;

import org.jspecify.annotations.NullMarked;

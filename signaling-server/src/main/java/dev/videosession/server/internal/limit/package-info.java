/** Limits on everything that a client can use. */
@NullMarked
package dev.videosession.server.internal.limit;

import org.jspecify.annotations.NullMarked;

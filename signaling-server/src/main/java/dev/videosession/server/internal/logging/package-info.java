/** Log lines that unauthenticated clients can cause, and their limits. */
@NullMarked
package dev.videosession.server.internal.logging;

import org.jspecify.annotations.NullMarked;

/** Callbacks: events, results of calls, and the queue on which they run. */
@NullMarked
package dev.videosession.session.internal.dispatch;

import org.jspecify.annotations.NullMarked;

/** Calls of the application: events, results and the queue on which they run. */
@NullMarked
package dev.videosession.session.internal.dispatch;

import org.jspecify.annotations.NullMarked;

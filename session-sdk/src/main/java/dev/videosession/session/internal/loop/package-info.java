/** Threads: the loop that owns a session's state, and the order of callbacks. */
@NullMarked
package dev.videosession.session.internal.loop;

import org.jspecify.annotations.NullMarked;

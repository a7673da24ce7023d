/** The ordered record of what happened in a session, and what is kept beside it. */
@NullMarked
package dev.videosession.server.internal.log;

import org.jspecify.annotations.NullMarked;

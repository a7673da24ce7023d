/** The ordered record of what happened in a session. */
@NullMarked
package dev.videosession.server.internal.log;

import org.jspecify.annotations.NullMarked;

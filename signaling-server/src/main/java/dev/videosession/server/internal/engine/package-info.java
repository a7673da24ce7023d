/** The core of a session: commands are decided, appended to the log, applied and carried out, one batch after the other. */
@NullMarked
package dev.videosession.server.internal.engine;

import org.jspecify.annotations.NullMarked;

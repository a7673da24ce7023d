/** Events of sessions, sent to the backend of their project. */
@NullMarked
package dev.videosession.server.internal.webhook;

import org.jspecify.annotations.NullMarked;

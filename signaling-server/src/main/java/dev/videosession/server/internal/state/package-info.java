/** The rules of a session: a pure function from state and command to events, and from event to state. */
@NullMarked
package dev.videosession.server.internal.state;

import org.jspecify.annotations.NullMarked;

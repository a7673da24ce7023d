/**
 * The state of a session and the events that change it, as its log holds them. {@link LoggedState} is a pure function of the events;
 * the rules that cause events are in {@link dev.videosession.server.internal.rules}.
 */
@NullMarked
package dev.videosession.server.internal.state;

import org.jspecify.annotations.NullMarked;

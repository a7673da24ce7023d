/**
 * The rules of a session: {@link SessionRules} decide what a command does in a state, and {@link Effects} what follows from the
 * logged events for the connections of a server. Both are pure functions.
 */
@NullMarked
package dev.videosession.server.internal.rules;

import org.jspecify.annotations.NullMarked;

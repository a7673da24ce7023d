/** Outgoing messages: frames that are encoded once, and one bounded outbox for each socket. */
@NullMarked
package dev.videosession.server.internal.outbox;

import org.jspecify.annotations.NullMarked;

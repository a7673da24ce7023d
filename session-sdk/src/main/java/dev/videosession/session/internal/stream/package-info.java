/** Streams of an established connection: what is published, what is subscribed to, and the roster. */
@NullMarked
package dev.videosession.session.internal.stream;

import org.jspecify.annotations.NullMarked;

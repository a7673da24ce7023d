/**
 * The client: a {@link dev.videosession.session.Session} to connect to, a
 * {@link dev.videosession.session.Publisher} to send a stream with, a
 * {@link dev.videosession.session.Subscriber} for each stream to receive, and the events that tell what happens.
 */
@NullMarked
package dev.videosession.session;

import org.jspecify.annotations.NullMarked;

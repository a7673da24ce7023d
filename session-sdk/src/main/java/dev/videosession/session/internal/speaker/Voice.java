package dev.videosession.session.internal.speaker;

import dev.videosession.session.Stream;

/**
 * The audio of one stream at one moment.
 *
 * @param stream a published or received stream
 * @param own whether this client publishes it
 * @param level 0 to 1
 */
public record Voice(Stream stream, boolean own, double level) {}

/**
 * The messages between clients and the server, as records, and the records in them. {@link ClientMessage} and {@link ServerMessage}
 * list all messages of one direction; {@link SequencedEvent} has those that a session's log numbers, {@link LinkMessage} those
 * between the two ends of a media link.
 *
 * <p>{@code ClientMessage} and {@code ServerMessage} are long files on purpose: each is a catalogue without logic, one record after
 * the other, sealed and dispatched by its {@code Visitor}. A reader finds every message of a direction in one place.
 */
@NullMarked
package dev.videosession.protocol.message;

import org.jspecify.annotations.NullMarked;

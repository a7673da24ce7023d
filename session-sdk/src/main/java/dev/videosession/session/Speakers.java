package dev.videosession.session;

import java.util.List;
import java.util.Optional;

/**
 * The participants who speak, decided from the audio that this client publishes and receives. A stream that is muted, or that this client
 * does not subscribe to, is never among them.
 *
 * @param active the stream to show large: the received stream that spoke last or speaks loudest; never an own one. It stays the same while
 *     no participant speaks, and is empty until one has spoken and after its subscriber was destroyed
 * @param speaking the streams of all that speak at the moment, own ones included, in the order in which they began
 */
public record Speakers(Optional<Stream> active, List<Stream> speaking) {
    /** No participant speaks, and none has spoken. */
    public static final Speakers NONE = new Speakers(Optional.empty(), List.of());

    /** Copies the list. */
    public Speakers {
        speaking = List.copyOf(speaking);
    }
}

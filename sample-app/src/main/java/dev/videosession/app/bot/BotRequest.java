package dev.videosession.app.bot;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of input asks for. */
sealed interface BotRequest {
    /** Removes somebody. */
    record ForceDisconnect(
            ConnectionId connection, @Nullable String message, boolean ban) implements BotRequest {}

    /** Ends somebody's stream. */
    record ForceUnpublish(StreamId stream) implements BotRequest {}

    /** Mutes one stream. */
    record MuteStream(StreamId stream) implements BotRequest {}

    /** Mutes every stream but some. */
    record MuteAll(List<StreamId> excluded) implements BotRequest {}

    /** Lets new streams start with sound. */
    record DisableForceMute() implements BotRequest {}

    /** Sends a signal to one or all. */
    record Signal(
            @Nullable String type,
            @Nullable String data,
            @Nullable ConnectionId to) implements BotRequest {}

    /** Publishes the synthetic stream. */
    record Publish() implements BotRequest {}

    /** Ends the own stream. */
    record Unpublish() implements BotRequest {}

    /** Receives a stream. */
    record Subscribe(StreamId stream) implements BotRequest {}

    /** Receives a stream no longer. */
    record Unsubscribe(StreamId stream) implements BotRequest {}

    /** Turns the own sound on or off. */
    record PublishAudio(boolean on) implements BotRequest {}

    /** Turns the own picture on or off. */
    record PublishVideo(boolean on) implements BotRequest {}

    /** Prevents the default action of the next disconnect. */
    record PreventDefault() implements BotRequest {}

    /** Tells who and what is in the session. */
    record Roster() implements BotRequest {}

    /** Enters the session again. */
    record Connect() implements BotRequest {}

    /** Leaves the session; the program goes on. */
    record Disconnect() implements BotRequest {}

    /** Leaves the session and ends the program. */
    record Exit() implements BotRequest {}
}

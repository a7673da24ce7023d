package dev.videosession.app.bot;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamId;
import io.reactivex.rxjava3.core.Completable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line of input asks for. */
sealed interface BotRequest {
    /** Calls the method of a visitor for the type of this request. */
    Completable accept(Visitor visitor) throws CommandException;

    /** One method for each type of request. It has no default methods, so that a new type does not compile until it is handled. */
    interface Visitor {
        Completable onForceDisconnect(ForceDisconnect request) throws CommandException;

        Completable onForceUnpublish(ForceUnpublish request) throws CommandException;

        Completable onMuteStream(MuteStream request) throws CommandException;

        Completable onMuteAll(MuteAll request) throws CommandException;

        Completable onDisableForceMute(DisableForceMute request) throws CommandException;

        Completable onSignal(Signal request) throws CommandException;

        Completable onPublish(Publish request) throws CommandException;

        Completable onUnpublish(Unpublish request) throws CommandException;

        Completable onSubscribe(Subscribe request) throws CommandException;

        Completable onUnsubscribe(Unsubscribe request) throws CommandException;

        Completable onPreferredResolution(PreferredResolution request) throws CommandException;

        Completable onPreferredFrameRate(PreferredFrameRate request) throws CommandException;

        Completable onPublishAudio(PublishAudio request) throws CommandException;

        Completable onPublishVideo(PublishVideo request) throws CommandException;

        Completable onPreventDefault(PreventDefault request) throws CommandException;

        Completable onRoster(ListRoster request) throws CommandException;

        Completable onConnect(Connect request) throws CommandException;

        Completable onDisconnect(Disconnect request) throws CommandException;

        Completable onExit(Exit request) throws CommandException;
    }

    /** Removes a client. */
    record ForceDisconnect(
            ConnectionId connection, @Nullable String message, boolean ban) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onForceDisconnect(this);
        }
    }

    /** Ends the stream of a client. */
    record ForceUnpublish(StreamId stream) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onForceUnpublish(this);
        }
    }

    /** Mutes one stream. */
    record MuteStream(StreamId stream) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onMuteStream(this);
        }
    }

    /** Mutes every stream except some. */
    record MuteAll(List<StreamId> excluded) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onMuteAll(this);
        }
    }

    /** Lets new streams start with audio. */
    record DisableForceMute() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onDisableForceMute(this);
        }
    }

    /** Sends a signal to one client or to all. */
    record Signal(
            @Nullable String type,
            @Nullable String data,
            @Nullable ConnectionId to) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onSignal(this);
        }
    }

    /** Publishes the synthetic stream. */
    record Publish() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onPublish(this);
        }
    }

    /** Unpublishes the synthetic stream. */
    record Unpublish() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onUnpublish(this);
        }
    }

    /** Subscribes to a stream. */
    record Subscribe(StreamId stream) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onSubscribe(this);
        }
    }

    /** Unsubscribes from a stream. */
    record Unsubscribe(StreamId stream) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onUnsubscribe(this);
        }
    }

    /** Asks for smaller video of a stream, or for the size as published. */
    record PreferredResolution(StreamId stream, @Nullable Dimensions size) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onPreferredResolution(this);
        }
    }

    /** Asks for fewer frames of a stream, or for the rate as published. */
    record PreferredFrameRate(StreamId stream, @Nullable Integer framesPerSecond) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onPreferredFrameRate(this);
        }
    }

    /** Turns the published audio on or off. */
    record PublishAudio(boolean on) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onPublishAudio(this);
        }
    }

    /** Turns the published video on or off. */
    record PublishVideo(boolean on) implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onPublishVideo(this);
        }
    }

    /** Prevents the default action of the next disconnect. */
    record PreventDefault() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onPreventDefault(this);
        }
    }

    /** Lists the connections and streams of the session. */
    record ListRoster() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onRoster(this);
        }
    }

    /** Connects again. */
    record Connect() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onConnect(this);
        }
    }

    /** Disconnects; the program goes on. */
    record Disconnect() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onDisconnect(this);
        }
    }

    /** Disconnects and ends the program. */
    record Exit() implements BotRequest {
        @Override
        public Completable accept(Visitor visitor) throws CommandException {
            return visitor.onExit(this);
        }
    }
}

package dev.videosession.app.event;

import dev.videosession.app.grid.Names;
import dev.videosession.app.text.Texts;
import dev.videosession.app.timeline.EntryKind;
import dev.videosession.app.timeline.TimelineEntry;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.WireName;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in a sentence for people. */
public final class EventWords implements SessionEvent.Visitor<Instant, TimelineEntry> {

    /** How signals are written that the programs send to each other, by their type. */
    private static final Map<String, String> WRITTEN = Map.of(
            "chat", "event.chat", "warning", "event.warning", "notice", "event.notice", "reaction", "event.reaction");

    private final @Nullable Connection own;

    private EventWords(@Nullable Connection own) {
        this.own = own;
    }

    /**
     * Describes an event.
     *
     * @param event any
     * @param time when it happened
     * @param own connection of the user, or null while there is none
     * @return an entry of a timeline, fit for a Swing component
     */
    public static TimelineEntry of(SessionEvent event, Instant time, @Nullable Connection own) {
        return event.accept(new EventWords(own), time);
    }

    /**
     * Describes why a client is no longer in a session.
     *
     * @param detail the cause
     * @return a few words, to follow the name of the client
     */
    public static String of(DisconnectDetail detail) {
        return Texts.of("detail." + detail.name().toLowerCase(Locale.ROOT));
    }

    private static TimelineEntry entry(
            SessionEvent event, Instant time, EntryKind kind, String key, Object... arguments) {
        return new TimelineEntry(time, kind, event.type(), Texts.of(key, arguments));
    }

    private static String name(Connection connection) {
        return DisplayText.isolateInSwing(Names.of(connection));
    }

    private static String name(Stream stream) {
        return DisplayText.isolateInSwing(Names.of(stream));
    }

    private static boolean isScreen(Stream stream) {
        return stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
    }

    @Override
    public TimelineEntry onSessionConnected(SessionEvent.SessionConnected event, Instant time) {
        return entry(
                event,
                time,
                EntryKind.CONNECTION,
                "event.connected",
                event.connection().role().wireName());
    }

    @Override
    public TimelineEntry onSessionDisconnected(SessionDisconnectEvent event, Instant time) {
        String message = event.message()
                .map(text -> " " + Texts.of("event.message", EventText.message(text)))
                .orElse("");
        return entry(event, time, EntryKind.CONNECTION, "event.disconnected", of(event.detail()), message);
    }

    @Override
    public TimelineEntry onSessionReconnecting(SessionEvent.SessionReconnecting event, Instant time) {
        return entry(event, time, EntryKind.CONNECTION, "event.reconnecting");
    }

    @Override
    public TimelineEntry onSessionReconnected(SessionEvent.SessionReconnected event, Instant time) {
        String key = event.startedOver() ? "event.startedOver" : "event.reconnected";
        return entry(event, time, EntryKind.CONNECTION, key);
    }

    @Override
    public TimelineEntry onConnectionCreated(SessionEvent.ConnectionCreated event, Instant time) {
        return entry(
                event,
                time,
                EntryKind.PEOPLE,
                "event.joined",
                name(event.connection()),
                event.connection().role().wireName());
    }

    @Override
    public TimelineEntry onConnectionDestroyed(SessionEvent.ConnectionDestroyed event, Instant time) {
        return entry(event, time, EntryKind.PEOPLE, "event.left", name(event.connection()), of(event.detail()));
    }

    @Override
    public TimelineEntry onConnectionReconnecting(SessionEvent.ConnectionReconnecting event, Instant time) {
        return entry(event, time, EntryKind.PEOPLE, "event.lost", name(event.connection()));
    }

    @Override
    public TimelineEntry onConnectionReconnected(SessionEvent.ConnectionReconnected event, Instant time) {
        return entry(event, time, EntryKind.PEOPLE, "event.back", name(event.connection()));
    }

    @Override
    public TimelineEntry onStreamCreated(SessionEvent.StreamCreated event, Instant time) {
        String key = isScreen(event.stream()) ? "event.shared" : "event.published";
        return entry(event, time, EntryKind.STREAMS, key, name(event.stream()));
    }

    @Override
    public TimelineEntry onStreamDestroyed(StreamDestroyedEvent event, Instant time) {
        String reason = event.reason().wireName().toLowerCase(Locale.ROOT);
        String key = isScreen(event.stream()) ? "event.unshared" : "event.unpublished";
        boolean forced = reason.startsWith("force");
        return entry(
                event,
                time,
                EntryKind.STREAMS,
                key,
                name(event.stream()),
                Texts.of(forced ? "event.byModerator" : "event.byItself"));
    }

    @Override
    public TimelineEntry onStreamPropertyChanged(SessionEvent.StreamPropertyChanged event, Instant time) {
        String name = name(event.stream());
        String key = switch (event.changedProperty()) {
            case HAS_AUDIO -> Boolean.TRUE.equals(event.newValue()) ? "event.unmuted" : "event.muted";
            case HAS_VIDEO -> Boolean.TRUE.equals(event.newValue()) ? "event.videoOn" : "event.videoOff";
            case VIDEO_TYPE -> "event.videoType";
            case VIDEO_DIMENSIONS -> "event.videoSize";
        };
        return entry(event, time, EntryKind.STREAMS, key, name, value(event.newValue()));
    }

    private static String value(@Nullable Object value) {
        if (value instanceof Dimensions size) {
            return size.width() + " x " + size.height();
        }
        return value instanceof WireName named ? named.wireName() : String.valueOf(value);
    }

    @Override
    public TimelineEntry onSignal(SessionEvent.Signal event, Instant time) {
        Connection from = event.from();
        String type = event.signalType() == null ? "" : event.signalType();
        String said = EventText.message(event.data());
        return entry(
                event,
                time,
                EntryKind.SIGNALS,
                WRITTEN.getOrDefault(type, "event.signal"),
                from == null ? Texts.of("event.backend") : from.equals(own) ? Texts.of("chat.you") : name(from),
                type.equals("reaction") ? Texts.find("reaction." + said).orElse(said) : said,
                EventText.message(type));
    }

    @Override
    public TimelineEntry onMuteForced(SessionEvent.MuteForced event, Instant time) {
        return entry(event, time, EntryKind.MODERATION, event.active() ? "event.muteForced" : "event.muteLifted");
    }

    @Override
    public TimelineEntry onExceptionRaised(SessionEvent.ExceptionRaised event, Instant time) {
        return entry(
                event,
                time,
                EntryKind.ERRORS,
                "event.error",
                event.error().errorName(),
                EventText.message(event.error().getMessage()));
    }
}

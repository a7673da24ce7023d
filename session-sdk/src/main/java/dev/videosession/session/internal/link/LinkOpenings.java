package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the links of a publisher a few at a time. Each needs a peer connection, candidates and a key exchange; if many were
 * opened at once, none would be connected in time. A link that does not connect soon no longer delays the next one. Used on the
 * session's loop.
 */
public final class LinkOpenings {
    public static final int AT_A_TIME = 4;
    public static final long CONNECT_TIMEOUT_MILLIS = 2_000;

    private final SessionLoop loop;
    private final Consumer<ServerMessage.LinkOpened> open;
    private final Map<LinkId, ServerMessage.LinkOpened> waiting = new LinkedHashMap<>();
    private final Map<LinkId, SessionLoop.Timer> underWay = new HashMap<>();

    public LinkOpenings(SessionLoop loop, Consumer<ServerMessage.LinkOpened> open) {
        this.loop = loop;
        this.open = open;
    }

    /** Opens a link, now or when earlier ones are connected. */
    public void add(ServerMessage.LinkOpened opened) {
        waiting.put(opened.linkId(), opened);
        advance();
    }

    public boolean isWaiting(LinkId id) {
        return waiting.containsKey(id);
    }

    /** Changes what the subscriber of a waiting link receives. */
    public void update(LinkId id, Subscription subscription) {
        waiting.computeIfPresent(
                id,
                (key, old) -> new ServerMessage.LinkOpened(
                        id, old.streamId(), old.subscriber(), subscription, old.encodings()));
    }

    public void onState(LinkId id, LinkState state) {
        if (state != LinkState.NEW && state != LinkState.CONNECTING) {
            remove(id);
        }
    }

    /** Stops waiting for a link: it is closed, or no longer being opened. */
    public void remove(LinkId id) {
        waiting.remove(id);
        SessionLoop.@Nullable Timer timer = underWay.remove(id);
        if (timer != null) {
            timer.cancel();
            advance();
        }
    }

    public void retain(Set<LinkId> known) {
        waiting.keySet().retainAll(known);
    }

    public void stop() {
        waiting.clear();
        underWay.values().forEach(SessionLoop.Timer::cancel);
        underWay.clear();
    }

    private void advance() {
        while (underWay.size() < AT_A_TIME && !waiting.isEmpty()) {
            Map.Entry<LinkId, ServerMessage.LinkOpened> first =
                    waiting.entrySet().iterator().next();
            LinkId id = first.getKey();
            ServerMessage.LinkOpened next = first.getValue();
            waiting.remove(id);
            underWay.put(id, loop.schedule(CONNECT_TIMEOUT_MILLIS, () -> remove(id)));
            open.accept(next);
        }
    }
}

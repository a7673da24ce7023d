package dev.videosession.session.internal.stream;

import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamChange;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.Subscription;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.link.LinkOpenings;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.LinkRecovery;
import dev.videosession.session.internal.link.LinkSignalingAdapter;
import dev.videosession.session.internal.link.OpenLinks;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.link.SubscriberLink;
import dev.videosession.session.internal.media.PublisherMedia;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One publisher in one session, with a media link to each of its subscribers. Lives on the session's loop. */
public final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final SignalingPort line;
    private final LocalPublisher publisher;
    private final Map<LinkId, SubscriberLink> links = new LinkedHashMap<>();
    private final LinkOpenings openings;
    private final @Nullable AudioFallback fallback;
    private PublisherMedia.@Nullable Running running;
    private @Nullable Stream stream;
    private @Nullable VideoType announcedType;
    private @Nullable Dimensions announcedSize;
    private int audioUpdates;
    private boolean audioUnclear;
    private @Nullable StreamDestroyReason endRequested;
    private boolean cancelled;

    Publication(SignalingPort line, LocalPublisher publisher) {
        this.line = line;
        this.publisher = publisher;
        this.openings = new LinkOpenings(line.loop(), this::openNow);
        LinkQuality measure = publisher.audioFallback();
        this.fallback = measure == null
                ? null
                : new AudioFallback(line, publisher, measure, () -> List.copyOf(links.values()), this::reapply);
    }

    LocalPublisher publisher() {
        return publisher;
    }

    @Nullable
    Stream stream() {
        return stream;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void opened(PublisherMedia.Running media) {
        running = media;
    }

    void published(Stream own) {
        stream = own;
    }

    void endRequested(StreamDestroyReason reason) {
        endRequested = reason;
    }

    /** Why the application wants it to end; null if it does not. */
    @Nullable
    StreamDestroyReason endRequested() {
        return endRequested;
    }

    /** What the server was told of the picture. */
    void announced(@Nullable VideoType type, @Nullable Dimensions size) {
        announcedType = type;
        announcedSize = size;
    }

    /** What the server does not know of the picture yet; it counts as told. */
    StreamChange news() {
        VideoType type = publisher.media().videoType();
        Dimensions size = running == null ? null : PublisherMedia.dimensions(running);
        StreamChange news = new StreamChange(
                null,
                null,
                Objects.equals(type, announcedType) ? null : type,
                Objects.equals(size, announcedSize) ? null : size);
        announced(type, size);
        return news;
    }

    /** The server is being told of the sound; what it says of it meanwhile is older. */
    void audioUpdateSent() {
        audioUpdates++;
    }

    void audioUpdateAnswered() {
        audioUpdates--;
    }

    /** The server said something of the sound that may be older or newer than what it is being told. */
    void audioUnclear() {
        audioUnclear = true;
    }

    boolean takeAudioUnclear() {
        boolean unclear = audioUnclear;
        audioUnclear = false;
        return unclear;
    }

    boolean isAudioBeingUpdated() {
        return audioUpdates > 0;
    }

    boolean owns(LinkId linkId) {
        return links.containsKey(linkId) || openings.isWaiting(linkId);
    }

    void open(ServerMessage.LinkOpened opened) {
        if (running == null || cancelled) {
            return;
        }
        if (owns(opened.linkId())) {
            update(opened.linkId(), opened.subscription()); // told again after a resume
            return;
        }
        openings.add(opened);
    }

    private void openNow(ServerMessage.LinkOpened opened) {
        PublisherMedia.Running media = running;
        if (media == null || cancelled) {
            return;
        }
        LinkRecovery recovery = new LinkRecovery(line.loop(), () -> restart(opened.linkId()));
        OutgoingLink link;
        try {
            link = media.engine()
                    .send(media.media(), line.linkConfig(), new LinkSignalingAdapter(line, opened.linkId(), state -> {
                        recovery.onState(state);
                        openings.onState(opened.linkId(), state);
                    }));
        } catch (RuntimeException e) {
            LOG.warn("no link to subscriber {}: {}", opened.subscriber(), e.getMessage());
            return;
        }
        SubscriberLink made = new SubscriberLink(
                link,
                recovery,
                opened.subscriber(),
                opened.subscription(),
                line.loop().nowMillis());
        links.put(opened.linkId(), made);
        recovery.expectConnection();
        made.apply(media.media(), publisher.videoLimits());
        if (fallback != null) {
            fallback.wake();
        }
    }

    void update(LinkId linkId, Subscription subscription) {
        openings.update(linkId, subscription);
        SubscriberLink link = links.get(linkId);
        PublisherMedia.Running media = running;
        if (link != null && media != null) {
            link.want(subscription);
            link.apply(media.media(), publisher.videoLimits());
        }
    }

    /** The picture's size or limits changed. */
    void reapply() {
        PublisherMedia.Running media = running;
        if (media != null) {
            links.values().forEach(link -> link.apply(media.media(), publisher.videoLimits()));
        }
    }

    void deliver(LinkMessage message) {
        SubscriberLink link = links.get(message.linkId());
        if (link != null) {
            link.deliver(message);
        }
    }

    private void restart(LinkId linkId) {
        SubscriberLink link = links.get(linkId);
        if (link != null) {
            link.restart();
        }
    }

    void closeLink(LinkId linkId) {
        openings.remove(linkId);
        SubscriberLink link = links.remove(linkId);
        if (link != null) {
            link.close();
        }
    }

    List<LinkState> linkStates() {
        return links.values().stream().map(SubscriberLink::state).toList();
    }

    void retainLinks(Set<LinkId> known) {
        openings.retain(known);
        Set.copyOf(links.keySet()).stream().filter(id -> !known.contains(id)).forEach(this::closeLink);
        links.values().forEach(SubscriberLink::hurry);
    }

    /** Ends the publication: media stops at once, a request under way is undone when it is answered. */
    void close() {
        cancelled = true;
        if (fallback != null) {
            fallback.stop();
        }
        openings.stop();
        Set.copyOf(links.keySet()).forEach(this::closeLink);
    }

    public CompletableFuture<Map<ConnectionId, LinkStats>> stats() {
        Map<ConnectionId, CompletableFuture<LinkStats>> each = new LinkedHashMap<>();
        links.values().forEach(link -> each.put(link.subscriber(), link.stats()));
        return OpenLinks.collect(each);
    }
}

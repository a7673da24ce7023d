package dev.videosession.session;

import dev.videosession.media.LocalMedia;
import dev.videosession.media.OutgoingLink;
import dev.videosession.media.link.LinkSettings;
import dev.videosession.media.link.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.Subscription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One publisher in one session, with a media link to each of its subscribers. Lives on the session's loop. */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private record Link(OutgoingLink media, LinkRecovery recovery, ConnectionId subscriber) {}

    private final ServerLine line;
    private final Publisher publisher;
    private final Map<LinkId, Link> links = new LinkedHashMap<>();
    private PublisherMedia.@Nullable Running running;
    private @Nullable Stream stream;
    private boolean cancelled;

    Publication(ServerLine line, Publisher publisher) {
        this.line = line;
        this.publisher = publisher;
    }

    Publisher publisher() {
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

    boolean owns(LinkId linkId) {
        return links.containsKey(linkId);
    }

    void open(ServerMessage.LinkOpened opened) {
        PublisherMedia.Running media = running;
        if (media == null || cancelled) {
            return;
        }
        if (links.containsKey(opened.linkId())) {
            update(opened.linkId(), opened.subscription()); // told again after a resume
            return;
        }
        LinkRecovery recovery = new LinkRecovery(line.loop(), () -> restart(opened.linkId()));
        OutgoingLink link;
        try {
            link = media.engine()
                    .send(media.media(), line.linkConfig(), new LinkLine(line, opened.linkId(), recovery::onState));
        } catch (IllegalStateException e) {
            LOG.warn("no link to subscriber {}: {}", opened.subscriber(), e.getMessage());
            return;
        }
        links.put(opened.linkId(), new Link(link, recovery, opened.subscriber()));
        apply(link, media.media(), opened.subscription());
    }

    void update(LinkId linkId, Subscription subscription) {
        Link link = links.get(linkId);
        PublisherMedia.Running media = running;
        if (link != null && media != null) {
            apply(link.media, media.media(), subscription);
        }
    }

    private static void apply(OutgoingLink link, LocalMedia media, Subscription wanted) {
        link.setAudioActive(wanted.audio());
        link.setVideoActive(wanted.video());
        double scale = 1;
        if (wanted.preferredDimensions() != null && media.width() > 0) {
            double byWidth =
                    media.width() / (double) wanted.preferredDimensions().width();
            double byHeight =
                    media.height() / (double) wanted.preferredDimensions().height();
            scale = Math.max(1, Math.min(byWidth, byHeight));
        }
        double rate = wanted.preferredFrameRate() == null ? 0 : wanted.preferredFrameRate();
        LinkSettings settings = link.settings().withMaxFramerate(rate).withScaleResolutionDownBy(scale);
        if (!settings.equals(link.settings())) {
            link.setSettings(settings);
        }
    }

    void deliver(LinkMessage message) {
        Link link = links.get(message.linkId());
        if (link == null) {
            return;
        }
        if (message instanceof LinkMessage.Restart) {
            link.media.restartIce();
        } else {
            LinkLine.deliver(link.media, message);
        }
    }

    private void restart(LinkId linkId) {
        Link link = links.get(linkId);
        if (link != null) {
            link.media.restartIce();
        }
    }

    void closeLink(LinkId linkId) {
        Link link = links.remove(linkId);
        if (link != null) {
            link.recovery.stop();
            link.media.close();
        }
    }

    void retainLinks(Set<LinkId> known) {
        Set.copyOf(links.keySet()).stream().filter(id -> !known.contains(id)).forEach(this::closeLink);
        links.values().forEach(link -> link.recovery.hurry());
    }

    /** Ends the publication: media stops at once, a request under way is undone when it is answered. */
    void close() {
        cancelled = true;
        Set.copyOf(links.keySet()).forEach(this::closeLink);
    }

    CompletableFuture<Map<ConnectionId, LinkStats>> stats() {
        Map<ConnectionId, CompletableFuture<LinkStats>> each = new LinkedHashMap<>();
        links.values().forEach(link -> each.put(link.subscriber, link.media.stats()));
        return CompletableFuture.allOf(each.values().toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> {
                    Map<ConnectionId, LinkStats> all = new LinkedHashMap<>();
                    each.forEach((subscriber, stats) -> all.put(subscriber, stats.join()));
                    return all;
                });
    }
}

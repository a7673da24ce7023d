package dev.videosession.session.internal.stream;

import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.internal.rtc.encoding.MediaCoding;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.session.internal.link.AudioFallback;
import dev.videosession.session.internal.link.LinkOpenings;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.LinkRecovery;
import dev.videosession.session.internal.link.LinkSignalingAdapter;
import dev.videosession.session.internal.link.OpenLinks;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.link.SubscriberLink;
import dev.videosession.session.internal.link.VideoLimits;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.score.ExpectedMedia;
import dev.videosession.session.internal.score.PathComparison;
import dev.videosession.session.internal.score.QualityMonitor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The media links from a publication to its subscribers. Used on the session's loop. */
public final class PublicationLinks {
    private static final Logger LOG = LoggerFactory.getLogger(PublicationLinks.class);

    /** The id of the media router as a subscriber. */
    private static final ConnectionId ROUTER = new ConnectionId("router");

    /** A working router that is replaced forwards media for at most about this long. */
    private static final long REPLACED_MILLIS = 10_000;

    private final SignalingPort signaling;
    private final LocalPublisher publisher;
    private final PathComparison paths;
    private final Map<LinkId, QualityMonitor> monitors = new HashMap<>();
    private final Map<LinkId, SubscriberLink> links = new LinkedHashMap<>();
    /** Links to a replaced media router, which the server no longer has. */
    private final Set<LinkId> replaced = new HashSet<>();

    private final LinkOpenings openings;
    private final @Nullable AudioFallback fallback;
    /** The media to send; null before the stream is in the session, and after its end. */
    private PublisherMedia.@Nullable Running running;

    PublicationLinks(SignalingPort signaling, LocalPublisher publisher, PathComparison paths) {
        this.signaling = signaling;
        this.publisher = publisher;
        this.paths = paths;
        this.openings = new LinkOpenings(signaling.loop(), this::openNow);
        LinkQuality quality = publisher.audioFallback();
        this.fallback = quality == null
                ? null
                : new AudioFallback(
                        signaling,
                        quality,
                        publisher::videoLimits,
                        publisher::tell,
                        () -> List.copyOf(links.values()),
                        this::apply);
    }

    void start(PublisherMedia.Running media) {
        running = media;
    }

    boolean owns(LinkId linkId) {
        return links.containsKey(linkId) || openings.isWaiting(linkId);
    }

    void open(ServerMessage.LinkOpened opened) {
        if (running == null) {
            return;
        }
        if (owns(opened.linkId())) {
            replaced.remove(opened.linkId());
            update(opened.linkId(), opened.subscription()); // repeated after a resume
            return;
        }
        openings.add(opened);
    }

    private void openNow(ServerMessage.LinkOpened opened) {
        PublisherMedia.Running media = running;
        if (media == null) {
            return;
        }
        LinkRecovery recovery = new LinkRecovery(signaling.loop(), () -> restart(opened.linkId()));
        OutgoingLink link;
        try {
            link = media.engine()
                    .send(
                            media.media(),
                            signaling.linkConfig(),
                            new LinkSignalingAdapter(signaling, opened.linkId(), state -> {
                                recovery.onState(state);
                                openings.onState(opened.linkId(), state);
                                QualityMonitor monitor = monitors.get(opened.linkId());
                                if (monitor != null && state == LinkState.CONNECTED) {
                                    monitor.start();
                                }
                            }),
                            new MediaCoding(
                                    publisher.videoCodec(),
                                    mostEncodings(media, opened.maxEncodings()),
                                    publisher.opus()));
        } catch (RuntimeException e) {
            LOG.warn("event=linkFailed subscriber={} reason=\"{}\"", opened.subscriber(), e.getMessage());
            return;
        }
        SubscriberLink made =
                new SubscriberLink(link, recovery, opened, signaling.loop().nowMillis());
        links.put(opened.linkId(), made);
        recovery.expectConnection();
        made.apply(media.media(), publisher.videoLimits());
        monitors.put(opened.linkId(), monitor(made, media));
        if (fallback != null) {
            fallback.wake();
        }
    }

    private QualityMonitor monitor(SubscriberLink link, PublisherMedia.Running running) {
        ConnectionId subscriber = link.subscriber();
        return new QualityMonitor(
                signaling.loop(),
                () -> measure(link),
                () -> expected(link, running.media()),
                paths,
                subscriber,
                publisher.pathOpened(subscriber),
                score -> publisher.tell(listener -> listener.onQualityScoreChanged(subscriber, score)));
    }

    private CompletableFuture<LinkStats> measure(SubscriberLink link) {
        return link.stats()
                .whenComplete((stats, failure) -> signaling.loop().execute(() -> {
                    if (stats != null && links.containsKey(link.linkId())) {
                        link.fitEncodings(signaling.loop().nowMillis(), stats);
                    }
                }));
    }

    private ExpectedMedia expected(SubscriberLink link, LocalMedia media) {
        PublisherMedia published = publisher.media();
        boolean moves = published.videoType() == VideoType.CAMERA;
        return ExpectedMedia.sent(
                link.wanted(),
                link.subscriber().equals(ROUTER),
                link.state() == LinkState.CONNECTED,
                published.audioEnabled(),
                published.videoEnabled(),
                moves ? (long) media.width() * media.height() : 0,
                link.scale(),
                publisher.videoLimits().maxBitrate());
    }

    /**
     * {@return the number of encodings} One for a screen, whose text would be unreadable in a smaller size, and one with limits, which
     * cannot be applied to several encodings.
     */
    private int mostEncodings(PublisherMedia.Running media, int accepted) {
        boolean single = media.media().videoKind() == VideoSource.Kind.SCREEN
                || !publisher.videoLimits().equals(VideoLimits.NONE);
        return single ? 1 : accepted;
    }

    /** Changes what the other end of a link receives. */
    void update(ServerMessage.LinkUpdated updated) {
        update(updated.linkId(), updated.subscription());
        SubscriberLink link = links.get(updated.linkId());
        if (link != null) {
            link.need(updated.encodings());
        }
    }

    private void update(LinkId linkId, Subscription subscription) {
        openings.update(linkId, subscription);
        SubscriberLink link = links.get(linkId);
        PublisherMedia.Running media = running;
        if (link != null && media != null) {
            link.want(subscription);
            link.apply(media.media(), publisher.videoLimits());
        }
    }

    /** Applies the size and the limits of the video, which may have changed, to all links. */
    void apply() {
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

    void close(LinkId linkId) {
        openings.remove(linkId);
        replaced.remove(linkId);
        SubscriberLink link = links.remove(linkId);
        QualityMonitor monitor = monitors.remove(linkId);
        if (monitor != null && link != null) {
            monitor.stop();
            publisher.pathClosed(link.subscriber(), monitor.history());
        }
        if (link != null) {
            link.close();
        }
    }

    void setIceServers(List<IceServer> servers) {
        links.values().forEach(link -> link.setIceServers(servers));
    }

    List<LinkState> states() {
        return links.values().stream().map(SubscriberLink::state).toList();
    }

    /** After an interruption of the signaling, closes the links that the server no longer has and sends again what may be lost. */
    void resumed(Set<LinkId> known) {
        openings.retain(known);
        replaced.removeAll(known);
        Set.copyOf(links.keySet()).stream().filter(id -> !known.contains(id)).forEach(this::closeUnknown);
        links.values().forEach(SubscriberLink::resendAfterInterruption);
    }

    /**
     * Closes a link that the server no longer has. A replaced link to a media router continues to send for a while, because subscribers may
     * not receive from the new router yet. The server closes that link when they do.
     */
    private void closeUnknown(LinkId id) {
        SubscriberLink link = links.get(id);
        if (link != null && link.subscriber().equals(ROUTER) && link.state() == LinkState.CONNECTED) {
            if (replaced.add(id)) {
                signaling.loop().schedule(REPLACED_MILLIS, () -> closeReplaced(id));
            }
        } else {
            close(id);
        }
    }

    private void closeReplaced(LinkId id) {
        if (replaced.contains(id)) {
            close(id);
        }
    }

    /** Closes all links; none is opened afterwards. */
    void close() {
        running = null;
        if (fallback != null) {
            fallback.stop();
        }
        openings.stop();
        Set.copyOf(links.keySet()).forEach(this::close);
    }

    /** {@return the statistics of each link that answers, by subscriber} */
    public CompletableFuture<Map<ConnectionId, LinkStats>> stats() {
        Map<ConnectionId, CompletableFuture<LinkStats>> each = new LinkedHashMap<>();
        links.values().forEach(link -> each.put(link.subscriber(), link.stats()));
        return OpenLinks.collect(each);
    }

    /** {@return the native report of each link that answers, by subscriber} */
    public CompletableFuture<Map<ConnectionId, List<RtcStats>>> rtcStats() {
        Map<ConnectionId, CompletableFuture<List<RtcStats>>> each = new LinkedHashMap<>();
        links.values().forEach(link -> each.put(link.subscriber(), link.rtcStats()));
        return OpenLinks.collect(each);
    }
}

package dev.videosession.session.internal;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.media.source.VideoSource;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.QualitySample;
import dev.videosession.session.QualityScore;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.VideoLimits;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.score.QualityHistory;
import dev.videosession.session.internal.stream.LocalPublisher;
import dev.videosession.session.internal.stream.Publication;
import dev.videosession.session.internal.stream.PublicationLinks;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Single;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A publisher: its media, its listeners, and its place in at most one session. */
public final class RealPublisher implements Publisher, LocalPublisher {
    private final String name;
    private final PublisherMedia media;
    private final PublisherVideo video;
    private final VideoCodec codec;
    private final OpusSettings opus;
    private final PublisherQuality quality = new PublisherQuality();
    private final PublisherPlace place = new PublisherPlace();
    private final PublisherCallbacks callbacks;
    private final PublisherDestruction destruction;
    private volatile @Nullable Stream stream;

    public RealPublisher(
            String name,
            @Nullable MediaEngine engine,
            @Nullable VideoSource video,
            VideoCodec codec,
            @Nullable AudioSource audio,
            OpusSettings opus,
            boolean publishVideo,
            boolean publishAudio,
            @Nullable LinkQuality fallback,
            CallbackQueue queue) {
        this.callbacks = new PublisherCallbacks(() -> place.state() == PublisherState.ENDED, queue);
        this.name = name;
        this.codec = codec;
        this.opus = opus;
        this.media = new PublisherMedia(engine, video, audio, publishVideo, publishAudio, this::mediaStopped);
        this.video = new PublisherVideo(media, fallback, this::videoChanged, this::sizeChanged);
        this.destruction = new PublisherDestruction(this, place, media, callbacks);
    }

    @Override
    public PublisherMedia media() {
        return media;
    }

    @Override
    public VideoCodec videoCodec() {
        return codec;
    }

    @Override
    public OpusSettings opus() {
        return opus;
    }

    @Override
    public VideoLimits videoLimits() {
        return video.limits();
    }

    @Override
    public @Nullable LinkQuality audioFallback() {
        return video.fallback();
    }

    @Override
    public boolean hasListeners() {
        return !callbacks.isEmpty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Stream> stream() {
        return Optional.ofNullable(stream);
    }

    @Override
    public Optional<Session> session() {
        return Optional.ofNullable(place.session()).map(SessionHandle::session);
    }

    @Override
    public VideoFeed video() {
        return media.video();
    }

    @Override
    public AudioFeed audio() {
        return media.audio();
    }

    @Override
    public Completable start() {
        return callbacks.answer(media.open()).ignoreElement();
    }

    @Override
    public void publishAudio(boolean on) {
        media.setAudioEnabled(on);
        tellServer(new StreamChange(media.audioEnabled(), null, null, null));
    }

    @Override
    public void publishVideo(boolean on) {
        media.setVideoEnabled(on);
        tellServer(new StreamChange(null, media.videoEnabled(), null, null));
    }

    @Override
    public boolean publishesAudio() {
        return media.audioEnabled();
    }

    @Override
    public boolean publishesVideo() {
        return media.videoEnabled();
    }

    @Override
    public Optional<BufferedImage> snapshot() {
        return media.video().snapshot();
    }

    @Override
    public Completable switchVideo(VideoSource source) {
        return callbacks
                .answer(video.switchTo(Objects.requireNonNull(source, "source")))
                .ignoreElement();
    }

    @Override
    public Completable switchAudio(AudioSource source) {
        return callbacks
                .answer(media.switchAudio(Objects.requireNonNull(source, "source")))
                .ignoreElement();
    }

    @Override
    public Single<MediaDevice> cycleVideo() {
        return callbacks.answer(video.cycle());
    }

    @Override
    public void setMaxVideoBitrate(int bitsPerSecond) {
        video.limit(limits -> limits.withMaxBitrate(bitsPerSecond));
    }

    @Override
    public int maxVideoBitrate() {
        return video.limits().maxBitrate();
    }

    @Override
    public void setPreferredResolution(@Nullable Dimensions size) {
        video.limit(limits -> limits.withResolution(size));
    }

    @Override
    public void setPreferredFrameRate(@Nullable Integer framesPerSecond) {
        video.limit(limits -> limits.withFrameRate(framesPerSecond));
    }

    private void tellServer(StreamChange change) {
        SessionHandle current = place.session();
        if (current != null) {
            current.commands().update(connection -> connection.local().changed(this, change));
        }
    }

    private void videoChanged() {
        SessionHandle current = place.session();
        if (current != null) {
            current.commands().update(connection -> connection.local().videoChanged(this));
        }
    }

    private void sizeChanged(Dimensions before, Dimensions now) {
        tell(listener -> listener.onVideoDimensionsChanged(before, now));
    }

    @Override
    public Single<Map<ConnectionId, LinkStats>> stats() {
        return askLinks(PublicationLinks::stats);
    }

    private <T> Single<Map<ConnectionId, T>> askLinks(
            Function<PublicationLinks, CompletableFuture<Map<ConnectionId, T>>> question) {
        SessionHandle current = place.session();
        if (current == null) {
            return Single.just(Map.of());
        }
        return current.commands().query(connection -> {
            Publication publication = connection.local().publication(this);
            return publication == null
                    ? CompletableFuture.completedFuture(Map.of())
                    : question.apply(publication.links());
        });
    }

    @Override
    public Single<Map<ConnectionId, List<RtcStats>>> rtcStats() {
        return askLinks(PublicationLinks::rtcStats);
    }

    @Override
    public Map<ConnectionId, QualityScore> qualityScores() {
        return quality.scores();
    }

    @Override
    public Map<ConnectionId, List<QualitySample>> qualityHistory() {
        return quality.samples();
    }

    @Override
    public QualityHistory pathOpened(ConnectionId subscriber) {
        return quality.open(subscriber);
    }

    @Override
    public void pathClosed(ConnectionId subscriber, QualityHistory history) {
        quality.close(subscriber, history);
    }

    @Override
    public void addListener(PublisherListener listener) {
        callbacks.add(listener);
    }

    @Override
    public void removeListener(PublisherListener listener) {
        callbacks.remove(listener);
    }

    @Override
    public boolean isDestroyed() {
        return place.state().isDestroyed();
    }

    @Override
    public void destroy() {
        destruction.destroy();
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public void tell(Consumer<PublisherListener> call) {
        callbacks.tell(call);
    }

    /**
     * Enters a session.
     *
     * @return why it cannot, or null
     */
    @Nullable
    String attach(SessionHandle session) {
        String misuse = place.attach(session);
        if (misuse == null) {
            callbacks.use(session.callbacks());
        }
        return misuse;
    }

    @Override
    public @Nullable String reattach() {
        return place.attachAgain();
    }

    /** {@return why it cannot be unpublished from a session that does not have it} */
    String whyNotIn(Session asked) {
        return place.whyNotIn(asked);
    }

    @Override
    public void detach() {
        stream = null;
        place.detach();
    }

    @Override
    public void published(Stream own) {
        stream = own;
        tell(listener -> listener.onStreamCreated(own));
    }

    @Override
    public void failed(SessionException error) {
        tell(listener -> listener.onError(error));
    }

    @Override
    public void forceMuted() {
        media.setAudioEnabled(false);
        tell(PublisherListener::onMuteForced);
    }

    @Override
    public void ended(Stream own, StreamDestroyReason reason) {
        callbacks.post(() -> endNow(own, reason));
    }

    @Override
    public void startOver(Stream own, Consumer<Boolean> again) {
        stream = null;
        destruction.startOver(own, again);
    }

    @Override
    public void endNow(@Nullable Stream own, StreamDestroyReason reason) {
        destruction.streamEnded(own, reason);
    }

    @Override
    public void sessionEndedWhileReturning() {
        destruction.sessionEnded();
    }

    private void mediaStopped() {
        destruction.mediaStopped();
    }
}

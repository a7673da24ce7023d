package dev.videosession.session.internal.stream;

import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.score.PathComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One publisher in one session, from opening its devices to the end of its stream. Used on the session's loop. */
public final class Publication {
    private final SignalingPort signaling;
    private final LocalPublisher publisher;
    private final PublicationLinks links;
    private PublicationState state = PublicationState.OPENING;
    private PublisherMedia.@Nullable Running running;
    private @Nullable Stream stream;
    private @Nullable AudioSync audio;
    private @Nullable VideoType announcedType;
    private @Nullable Dimensions announcedSize;
    private @Nullable StreamDestroyReason endReason;
    private final List<PendingResult> unpublished = new ArrayList<>();

    Publication(SignalingPort signaling, LocalPublisher publisher, PathComparison paths) {
        this.signaling = signaling;
        this.publisher = publisher;
        this.links = new PublicationLinks(signaling, publisher, paths);
    }

    LocalPublisher publisher() {
        return publisher;
    }

    /** {@return the links to its subscribers} */
    public PublicationLinks links() {
        return links;
    }

    /** {@return its stream, or null if it has none yet; kept when the publication is closed} */
    @Nullable
    Stream stream() {
        return stream;
    }

    boolean has(StreamId id) {
        return stream != null && stream.id().equals(id);
    }

    boolean isClosed() {
        return state == PublicationState.CLOSED;
    }

    /** The devices run. Their kind and size of video are announced to the server now. */
    void opened(PublisherMedia.Running media) {
        move(PublicationState.Input.OPENED);
        running = media;
        announcedType = publisher.media().videoType();
        announcedSize = PublisherMedia.dimensions(media);
    }

    @Nullable
    VideoType announcedType() {
        return announcedType;
    }

    @Nullable
    Dimensions announcedSize() {
        return announcedSize;
    }

    /** The server has published the stream. */
    void published(Stream own) {
        move(PublicationState.Input.PUBLISHED);
        stream = own;
        audio = new AudioSync(signaling, publisher, own, this::isClosed);
        if (running != null) {
            links.start(running);
        }
    }

    /** The application ends the stream. */
    void end(StreamDestroyReason reason) {
        move(PublicationState.Input.END);
        endReason = reason;
    }

    /** {@return why the application ends the stream, or null if it does not} */
    @Nullable
    StreamDestroyReason endReason() {
        return state == PublicationState.ENDING ? endReason : null;
    }

    /** The server ends the stream as requested. Its event, which closes the publication, may still be on its way. */
    void endConfirmed(PendingResult result) {
        if (isClosed()) {
            result.succeed();
        } else {
            unpublished.add(result);
        }
    }

    /** The publisher has received the end of its stream: requests to end it are done. */
    void endReported() {
        unpublished.forEach(PendingResult::succeed);
        unpublished.clear();
    }

    /** Sends a change to the server, if there is a stream. */
    void update(StreamChange change) {
        if (state.hasStream() && audio != null) {
            audio.update(change);
        }
    }

    /** The source, size or limits of the video may have changed: tells the server and the links. */
    void videoChanged() {
        if (!state.hasStream()) {
            return;
        }
        VideoType type = publisher.media().videoType();
        Dimensions size = running == null ? null : PublisherMedia.dimensions(running);
        StreamChange change = new StreamChange(
                null,
                null,
                Objects.equals(type, announcedType) ? null : type,
                Objects.equals(size, announcedSize) ? null : size);
        announcedType = type;
        announcedSize = size;
        if (!change.isEmpty()) {
            update(change);
        }
        links.apply();
    }

    /** The server describes the stream in a roster, which is not applied yet. It may lack the last changes: they are sent again. */
    void serverDescribes(StreamInfo info) {
        boolean video = publisher.media().videoEnabled();
        if (video != info.hasVideo()) {
            update(new StreamChange(null, video, null, null));
        }
        if (stream != null && !Objects.equals(stream.videoType().orElse(null), info.videoType())) {
            announcedType = info.videoType();
        }
        if (stream != null && !Objects.equals(stream.videoDimensions().orElse(null), info.dimensions())) {
            announcedSize = info.dimensions();
        }
        videoChanged();
    }

    void serverReportsAudio() {
        if (audio != null) {
            audio.serverReportsAudio();
        }
    }

    void serverReportsMuted() {
        if (audio != null) {
            audio.serverReportsMuted();
        }
    }

    /** Ends the publication: media stops at once, and a reply that is still to come is undone. */
    void close() {
        move(PublicationState.Input.CLOSE);
        links.close();
    }

    private void move(PublicationState.Input input) {
        PublicationState next = state.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in state " + state);
        }
        state = next;
    }
}

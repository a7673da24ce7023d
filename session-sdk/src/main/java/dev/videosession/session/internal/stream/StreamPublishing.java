package dev.videosession.session.internal.stream;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.roster.SessionRoster;
import org.jspecify.annotations.Nullable;

/** The publishing of one stream, from opening the devices to the reply of the server. Used on the loop. */
final class StreamPublishing {
    private final SignalingPort signaling;
    private final SessionRoster roster;
    private final Publication publication;
    private final LocalPublisher publisher;
    private final PendingResult result;
    private final Host host;

    /** The publications of the connection. */
    interface Host {
        /** Ends a publication that has failed. */
        void abandon(Publication publication, SessionException error);

        /** Called when a publication was ended before its stream was published. The stream is ended now. */
        void unpublished(StreamId stream);

        /** Called when the result is known, from the server's answer or without a request. */
        void settled();
    }

    StreamPublishing(
            SignalingPort signaling, SessionRoster roster, Publication publication, PendingResult result, Host host) {
        this.signaling = signaling;
        this.roster = roster;
        this.publication = publication;
        this.publisher = publication.publisher();
        this.result = result;
        this.host = host;
    }

    /** Opens the devices, then asks the server. */
    void begin() {
        publisher
                .media()
                .open()
                .whenComplete((running, failure) -> signaling.loop().execute(() -> opened(running, failure)));
    }

    private void opened(PublisherMedia.@Nullable Running running, @Nullable Throwable failure) {
        if (publication.isClosed()) {
            result.fail(unpublished());
            return;
        }
        if (running == null) {
            fail(mediaError(failure));
            return;
        }
        publication.opened(running);
        PublisherMedia media = publisher.media();
        boolean audio = media.audioEnabled();
        signaling.request(
                id -> new ClientMessage.Publish(
                        id,
                        publisher.name(),
                        audio,
                        media.videoEnabled(),
                        publication.announcedType(),
                        publication.announcedSize()),
                reply -> answered(audio, reply));
    }

    private static SessionException unpublished() {
        return new SessionException(ErrorCode.NOT_CONNECTED, "unpublished before it was published");
    }

    private static SessionException mediaError(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : SessionErrors.unwrap(failure);
        String message = cause == null || cause.getMessage() == null ? "media is unavailable" : cause.getMessage();
        return cause instanceof MediaUnavailableException
                ? new SessionException(ErrorCode.HARDWARE_UNAVAILABLE, message, true, cause)
                : new SessionException(ErrorCode.CAPTURE_FAILED, message, false, cause);
    }

    private void answered(boolean audio, ServerMessage.Reply reply) {
        if (reply instanceof ServerMessage.Published published) {
            if (publication.isClosed()) {
                StreamId id = published.stream().streamId();
                signaling.request(request -> new ClientMessage.Unpublish(request, id, null), ignoredReply -> {});
                result.fail(unpublished());
                host.unpublished(id);
                host.settled();
                return;
            }
            Stream stream = roster.add(published.stream());
            if (stream == null) {
                fail(new SessionException(ErrorCode.INTERNAL_ERROR, "own connection is unknown"));
                return;
            }
            publication.published(stream);
            publisher.published(stream);
            if (audio && !stream.hasAudio()) {
                publisher.forceMuted();
            }
            sendChangesSince(stream, audio && stream.hasAudio());
            result.succeed();
            host.settled();
        } else if (reply instanceof ServerMessage.Failed failed) {
            fail(SessionErrors.of(failed));
        }
    }

    /** Sends the server the changes that the application made while the request was in progress. */
    private void sendChangesSince(Stream stream, boolean announcedAudio) {
        PublisherMedia media = publisher.media();
        Boolean audio = media.audioEnabled() == announcedAudio ? null : media.audioEnabled();
        Boolean video = media.videoEnabled() == stream.hasVideo() ? null : media.videoEnabled();
        StreamChange change = new StreamChange(audio, video, null, null);
        if (!change.isEmpty()) {
            publication.update(change);
        }
        publication.videoChanged();
    }

    private void fail(SessionException error) {
        host.abandon(publication, error);
        result.fail(error);
        host.settled();
    }
}

package dev.videosession.session.internal.stream;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.media.PublisherMedia;
import dev.videosession.session.internal.roster.SessionRoster;
import dev.videosession.session.internal.score.PathComparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The publishers of one established connection. Changed on the loop only; {@link #publishers()} may be read from any thread. */
public final class LocalStreams {
    private final SignalingPort signaling;
    private final SessionRoster roster;
    private final Map<LocalPublisher, Publication> publications = new ConcurrentHashMap<>();
    /** Publishers whose stream ended when the session started over, until their listeners were called. */
    private final Set<LocalPublisher> returning = new HashSet<>();

    /** Own streams in the last roster that no publication has, while one of them waits for its reply. */
    private final Set<StreamId> unclaimed = new HashSet<>();

    private final PathComparison paths = new PathComparison();
    private boolean closed;

    public LocalStreams(SignalingPort signaling, SessionRoster roster) {
        this.signaling = signaling;
        this.roster = roster;
    }

    public Collection<LocalPublisher> publishers() {
        return publications.keySet();
    }

    public @Nullable Publication publication(LocalPublisher publisher) {
        return publications.get(publisher);
    }

    public void publish(LocalPublisher publisher, PendingResult result) {
        returning.remove(publisher);
        Publication publication = new Publication(signaling, publisher, paths);
        publications.put(publisher, publication);
        publisher
                .media()
                .open()
                .whenComplete((running, failure) ->
                        signaling.loop().execute(() -> opened(publication, running, failure, result)));
    }

    private void opened(
            Publication publication,
            PublisherMedia.@Nullable Running running,
            @Nullable Throwable failure,
            PendingResult result) {
        if (publication.isClosed()) {
            result.fail(unpublished());
            return;
        }
        if (running == null) {
            abandon(publication, mediaError(failure), result);
            return;
        }
        publication.opened(running);
        LocalPublisher publisher = publication.publisher();
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
                reply -> answered(publication, audio, reply, result));
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

    private void answered(Publication publication, boolean audio, ServerMessage.Reply reply, PendingResult result) {
        if (reply instanceof ServerMessage.Published published) {
            if (publication.isClosed()) {
                StreamId id = published.stream().streamId();
                signaling.request(request -> new ClientMessage.Unpublish(request, id, null), ignoredReply -> {});
                result.fail(unpublished());
                unclaimed.remove(id);
                endUnclaimed();
                return;
            }
            Stream stream = roster.add(published.stream());
            if (stream == null) {
                abandon(
                        publication,
                        new SessionException(ErrorCode.INTERNAL_ERROR, "own connection is unknown"),
                        result);
                return;
            }
            publication.published(stream);
            publication.publisher().published(stream);
            if (audio && !stream.hasAudio()) {
                publication.publisher().forceMuted();
            }
            sendChangesSince(publication, stream, audio && stream.hasAudio());
            result.succeed();
            endUnclaimed();
        } else if (reply instanceof ServerMessage.Failed failed) {
            abandon(publication, SessionErrors.of(failed), result);
        }
    }

    /** Tells the server what the application changed while the request to publish was under way. */
    private static void sendChangesSince(Publication publication, Stream stream, boolean announcedAudio) {
        PublisherMedia media = publication.publisher().media();
        Boolean audio = media.audioEnabled() == announcedAudio ? null : media.audioEnabled();
        Boolean video = media.videoEnabled() == stream.hasVideo() ? null : media.videoEnabled();
        StreamChange change = new StreamChange(audio, video, null, null);
        if (!change.isEmpty()) {
            publication.update(change);
        }
        publication.videoChanged();
    }

    private void abandon(Publication publication, SessionException error, PendingResult result) {
        publication.close();
        // the publisher may have been published again since; that publication stays
        if (publications.remove(publication.publisher(), publication)) {
            publication.publisher().detach();
            publication.publisher().failed(error);
        }
        result.fail(error);
        endUnclaimed();
    }

    public void unpublish(LocalPublisher publisher, StreamDestroyReason reason, PendingResult result) {
        Publication publication = publications.get(publisher);
        if (publication == null) {
            result.fail(new SessionException(ErrorCode.INVALID_PARAMETER, "the publisher is not published"));
            return;
        }
        Stream stream = publication.stream();
        if (stream == null) {
            publication.close();
            publications.remove(publisher);
            publisher.detach();
            if (reason == StreamDestroyReason.MEDIA_STOPPED) {
                publisher.destroy(); // as after the end of its stream, had there been one
            }
            result.succeed();
            return;
        }
        publication.end(reason);
        signaling.request(id -> new ClientMessage.Unpublish(id, stream.id(), reason), reply -> {
            if (reply instanceof ServerMessage.Failed && !publication.isClosed()) {
                result.settle(reply);
            } else {
                publication.endConfirmed(result);
            }
        });
    }

    /**
     * Ends the publication of a publisher that the application destroyed.
     *
     * @return its stream, or null if it had none
     */
    public @Nullable Stream drop(LocalPublisher publisher) {
        Publication publication = publications.remove(publisher);
        Stream stream = publication == null ? null : publication.stream();
        if (publication != null) {
            publication.close();
            publisher.detach();
            publication.endReported();
        }
        if (stream != null && !closed) {
            signaling.request(id -> new ClientMessage.Unpublish(id, stream.id(), null), ignoredReply -> {});
        }
        return stream;
    }

    /** Sends a change of a publisher's stream to the server, if it has one. */
    public void changed(LocalPublisher publisher, StreamChange change) {
        Publication publication = publications.get(publisher);
        if (publication != null) {
            publication.update(change);
        }
    }

    /** The source, size or limits of a publisher's video may have changed. */
    public void videoChanged(LocalPublisher publisher) {
        Publication publication = publications.get(publisher);
        if (publication != null) {
            publication.videoChanged();
        }
    }

    void serverReportsAudio(StreamId id) {
        find(id).ifPresent(Publication::serverReportsAudio);
    }

    void serverReportsMuted(StreamId id) {
        find(id).ifPresent(Publication::serverReportsMuted);
    }

    /**
     * The server lists a stream of this client in a roster. It may have lost the last changes of the stream or its end, which are sent
     * again. While a publication waits for its reply, the stream may be that of this publication.
     */
    void serverDescribes(StreamInfo own) {
        Publication publication = find(own.streamId()).orElse(null);
        if (publication != null) {
            publication.serverDescribes(own);
        } else {
            unclaimed.add(own.streamId());
            endUnclaimed();
        }
    }

    private void endUnclaimed() {
        if (publications.values().stream().anyMatch(each -> each.stream() == null)) {
            return;
        }
        for (StreamId stream : unclaimed) {
            if (find(stream).isEmpty()) {
                signaling.request(id -> new ClientMessage.Unpublish(id, stream, null), ignoredReply -> {});
            }
        }
        unclaimed.clear();
    }

    /**
     * A stream ended.
     *
     * @return false if it is not an own one, or this client ended it already
     */
    boolean ended(StreamId id, StreamDestroyReason reason) {
        Publication publication = find(id).orElse(null);
        if (publication == null) {
            return false;
        }
        Stream stream = publication.stream();
        publication.close();
        publications.remove(publication.publisher());
        publication.publisher().detach();
        if (stream != null) {
            publication.publisher().ended(stream, reason);
        }
        publication.endReported();
        return true;
    }

    void muted(List<StreamId> ids) {
        ids.forEach(
                id -> find(id).ifPresent(publication -> publication.publisher().forceMuted()));
    }

    public void linkOpened(ServerMessage.LinkOpened opened) {
        find(opened.streamId()).ifPresent(publication -> publication.links().open(opened));
    }

    public void linkUpdated(ServerMessage.LinkUpdated updated) {
        publications.values().forEach(publication -> publication.links().update(updated));
    }

    /** {@return whether a publication has the link of a message and received it} */
    public boolean deliver(LinkMessage message) {
        Optional<PublicationLinks> owner = owner(message.linkId());
        owner.ifPresent(links -> links.deliver(message));
        return owner.isPresent();
    }

    /** {@return whether a publication had a link that the server closed} */
    public boolean linkClosed(LinkId id) {
        Optional<PublicationLinks> owner = owner(id);
        owner.ifPresent(links -> links.close(id));
        return owner.isPresent();
    }

    /** Gives the links other ICE servers for their next ICE restart. */
    public void setIceServers(List<IceServer> servers) {
        publications.values().forEach(publication -> publication.links().setIceServers(servers));
    }

    public List<LinkState> linkStates() {
        return publications.values().stream()
                .flatMap(publication -> publication.links().states().stream())
                .toList();
    }

    /** The connection was resumed; the server knows these links. */
    public void resumed(Set<LinkId> known) {
        publications.values().forEach(publication -> publication.links().resumed(known));
    }

    /**
     * Ends every publication. The publishers continue to capture and may be published again.
     *
     * @return ends a publisher, given the reason; for use in a callback, unless the application prevents it
     */
    public List<Consumer<StreamDestroyReason>> detachAll() {
        closed = true;
        List<Consumer<StreamDestroyReason>> endings = new ArrayList<>();
        for (Publication publication : publications.values()) {
            LocalPublisher publisher = publication.publisher();
            Stream stream = publication.stream();
            publication.close();
            publication.endReported();
            publisher.detach();
            endings.add(reason -> publisher.endNow(stream, reason));
        }
        publications.clear();
        returning.forEach(publisher -> endings.add(reason -> publisher.sessionEndedWhileReturning()));
        returning.clear();
        return endings;
    }

    /**
     * The streams ended with a connection that a new one replaces. Their publishers are published again unless the application
     * prevents it; requests to publish that were not answered continue.
     */
    void startOver() {
        unclaimed.clear();
        for (Publication publication : List.copyOf(publications.values())) {
            Stream stream = publication.stream();
            if (stream == null) {
                continue;
            }
            LocalPublisher publisher = publication.publisher();
            StreamDestroyReason requested = publication.endReason();
            publication.close();
            publications.remove(publisher);
            if (requested == null) {
                returning.add(publisher);
                publisher.startOver(stream, again -> signaling.loop().execute(() -> publishAgain(publisher, again)));
            } else {
                publisher.detach();
                publisher.ended(stream, requested);
                publication.endReported();
            }
        }
    }

    private void publishAgain(LocalPublisher publisher, boolean wanted) {
        if (returning.remove(publisher) && wanted && publisher.reattach() == null) {
            publish(publisher, new PendingResult(signaling.callbacks()));
        }
    }

    private Optional<Publication> find(StreamId id) {
        return publications.values().stream().filter(each -> each.has(id)).findFirst();
    }

    private Optional<PublicationLinks> owner(LinkId id) {
        return publications.values().stream()
                .map(Publication::links)
                .filter(each -> each.owns(id))
                .findFirst();
    }
}

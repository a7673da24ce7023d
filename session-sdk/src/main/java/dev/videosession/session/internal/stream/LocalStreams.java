package dev.videosession.session.internal.stream;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.link.SignalingPort;
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
    private final LocalLinks links = new LocalLinks(publications.values());
    private boolean closed;

    public LocalStreams(SignalingPort signaling, SessionRoster roster) {
        this.signaling = signaling;
        this.roster = roster;
    }

    public Collection<LocalPublisher> publishers() {
        return publications.keySet();
    }

    /** {@return the media links of the publishers} */
    public LocalLinks links() {
        return links;
    }

    public @Nullable Publication publication(LocalPublisher publisher) {
        return publications.get(publisher);
    }

    public void publish(LocalPublisher publisher, PendingResult result) {
        returning.remove(publisher);
        Publication publication = new Publication(signaling, publisher, paths);
        publications.put(publisher, publication);
        new StreamPublishing(signaling, roster, publication, result, new Requests()).begin();
    }

    /** Follows the requests to publish. */
    private final class Requests implements StreamPublishing.Host {
        @Override
        public void abandon(Publication publication, SessionException error) {
            publication.close();
            // the publisher may have been published again since; that publication stays
            if (publications.remove(publication.publisher(), publication)) {
                publication.publisher().detach();
                publication.publisher().failed(error);
            }
        }

        @Override
        public void unpublished(StreamId stream) {
            unclaimed.remove(stream);
        }

        @Override
        public void settled() {
            endUnclaimed();
        }
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

    /** Applies the source, size and limits of a publisher's video, which may have changed. */
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
     * Compares a stream of this client with the server's roster. The server may have lost the last changes of the stream, or its end; they
     * are sent again. While a publication waits for its reply, the stream may belong to this publication.
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
     * Handles the end of a stream.
     *
     * @return false if another client published it, or if this client ended it already
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
     * Handles the replacement of the connection, with which its streams ended. Their publishers are published again unless the application
     * prevents it. Unanswered requests to publish continue.
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
}

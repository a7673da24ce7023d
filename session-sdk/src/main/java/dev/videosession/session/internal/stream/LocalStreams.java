package dev.videosession.session.internal.stream;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamChange;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.SessionException;
import dev.videosession.session.Stream;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.media.PublisherMedia;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The publishers of one established connection. Changed on the loop only; lookups may come from any thread. */
public final class LocalStreams {
    private static final StreamChange NOTHING = new StreamChange(null, null, null, null);

    private final SignalingPort line;
    private final SessionRoster roster;
    private final Map<LocalPublisher, Publication> publications = new ConcurrentHashMap<>();
    /** Publishers without a stream that are published again as soon as their listeners have heard why. */
    private final Set<LocalPublisher> returning = new HashSet<>();

    private boolean closed;

    public LocalStreams(SignalingPort line, SessionRoster roster) {
        this.line = line;
        this.roster = roster;
    }

    public Collection<LocalPublisher> publishers() {
        return publications.keySet();
    }

    public void publish(LocalPublisher publisher, PendingResult outcome) {
        returning.remove(publisher);
        Publication publication = new Publication(line, publisher);
        publications.put(publisher, publication);
        publisher
                .media()
                .open()
                .whenComplete((running, failure) ->
                        line.loop().execute(() -> opened(publication, running, failure, outcome)));
    }

    private void opened(
            Publication publication,
            PublisherMedia.@Nullable Running running,
            @Nullable Throwable failure,
            PendingResult outcome) {
        if (publication.isCancelled()) {
            outcome.fail(new SessionException(ErrorCode.NOT_CONNECTED, "unpublished before it was published"));
            return;
        }
        if (running == null) {
            abandon(publication, mediaError(failure), outcome);
            return;
        }
        publication.opened(running);
        PublisherMedia media = publication.publisher().media();
        VideoType type = media.videoType();
        Dimensions size = PublisherMedia.dimensions(running);
        publication.announced(type, size);
        boolean audio = media.audioEnabled();
        line.request(
                id -> new ClientMessage.Publish(
                        id, publication.publisher().name(), audio, media.videoEnabled(), type, size),
                reply -> answered(publication, audio, reply, outcome));
    }

    private static SessionException mediaError(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause == null || cause.getMessage() == null ? "media is unavailable" : cause.getMessage();
        return cause instanceof MediaUnavailableException
                ? new SessionException(1500, "OT_HARDWARE_UNAVAILABLE", message, true, cause)
                : new SessionException(1500, "OT_UNABLE_TO_CAPTURE_MEDIA", message, false, cause);
    }

    private void answered(Publication publication, boolean audio, ServerMessage.Reply reply, PendingResult outcome) {
        if (reply instanceof ServerMessage.Published published) {
            if (publication.isCancelled()) {
                StreamId id = published.stream().streamId();
                line.request(request -> new ClientMessage.Unpublish(request, id, null), ignoredReply -> {});
                outcome.fail(new SessionException(ErrorCode.NOT_CONNECTED, "unpublished before it was published"));
                return;
            }
            Stream stream = roster.add(published.stream());
            if (stream == null) {
                abandon(
                        publication,
                        new SessionException(ErrorCode.INTERNAL_ERROR, "own connection is unknown"),
                        outcome);
                return;
            }
            publication.published(stream);
            publication.publisher().published(stream);
            if (audio && !stream.hasAudio()) {
                publication.publisher().forceMuted();
            }
            catchUp(publication, audio && stream.hasAudio());
            outcome.succeed();
        } else if (reply instanceof ServerMessage.Failed failed) {
            abandon(publication, SessionErrors.of(failed), outcome);
        }
    }

    /** Tells the server what the application changed while the request to publish was under way. */
    private void catchUp(Publication publication, boolean announcedAudio) {
        PublisherMedia media = publication.publisher().media();
        Stream stream = publication.stream();
        if (stream == null) {
            return;
        }
        Boolean audio = media.audioEnabled() == announcedAudio ? null : media.audioEnabled();
        Boolean video = media.videoEnabled() == stream.hasVideo() ? null : media.videoEnabled();
        StreamChange change = new StreamChange(audio, video, null, null);
        if (!change.isEmpty()) {
            changed(publication.publisher(), change);
        }
        videoChanged(publication.publisher());
    }

    private void abandon(Publication publication, SessionException error, PendingResult outcome) {
        publication.close();
        // an earlier publication of a publisher that has been published again since has no say in that
        if (publications.remove(publication.publisher(), publication)) {
            publication.publisher().detach();
            publication.publisher().failed(error);
        }
        outcome.fail(error);
    }

    public void unpublish(LocalPublisher publisher, StreamDestroyReason reason, PendingResult outcome) {
        Publication publication = publications.get(publisher);
        if (publication == null) {
            outcome.fail(new SessionException(ErrorCode.INVALID_PARAMETER, "the publisher is not published"));
            return;
        }
        Stream stream = publication.stream();
        if (stream == null) {
            publication.close();
            publications.remove(publisher);
            publisher.detach();
            if (reason == StreamDestroyReason.MEDIA_STOPPED) {
                publisher.destroy(); // as after the end of its stream, which never was
            }
            outcome.succeed();
            return;
        }
        publication.endRequested(reason);
        line.request(id -> new ClientMessage.Unpublish(id, stream.id(), reason), reply -> {
            if (publications.get(publisher) == publication) {
                outcome.settle(reply);
            } else {
                outcome.succeed(); // ended by another cause meanwhile
            }
        });
    }

    /** The application destroyed a publisher that is in the session. */
    @Nullable
    public Stream drop(LocalPublisher publisher) {
        Publication publication = publications.remove(publisher);
        Stream stream = publication == null ? null : publication.stream();
        if (publication != null) {
            publication.close();
            publisher.detach();
        }
        if (stream != null && !closed) {
            line.request(id -> new ClientMessage.Unpublish(id, stream.id(), null), ignoredReply -> {});
        }
        return stream;
    }

    public void changed(LocalPublisher publisher, StreamChange change) {
        Publication publication = publications.get(publisher);
        Stream stream = publication == null ? null : publication.stream();
        if (publication != null && stream != null) {
            boolean audio = change.hasAudio() != null;
            if (audio) {
                publication.audioUpdateSent();
            }
            line.request(id -> new ClientMessage.UpdateStream(id, stream.id(), change), reply -> {
                if (audio) {
                    publication.audioUpdateAnswered();
                    clearUp(publication, stream.id());
                }
            });
        }
    }

    /** The server says that an own stream has sound: an order to mute it may have crossed that. */
    void audioAnnounced(StreamId id) {
        find(id).ifPresent(publication -> {
            if (publication.isAudioBeingUpdated()) {
                publication.audioUnclear();
            } else if (!publication.publisher().media().audioEnabled()) {
                changed(publication.publisher(), new StreamChange(false, null, null, null));
            }
        });
    }

    /** The server's list says that an own stream has no sound: if nobody here has turned it off, a moderator has. */
    void foundSilent(StreamId id) {
        find(id).ifPresent(publication -> {
            if (publication.isAudioBeingUpdated()) {
                publication.audioUnclear();
            } else if (publication.publisher().media().audioEnabled()) {
                publication.publisher().forceMuted();
            }
        });
    }

    /**
     * What the server said of the sound during an update may be older than the update or newer, when that was sent again
     * after a resume. The answer to an update of nothing comes after the event of the last one, if there is any.
     */
    private void clearUp(Publication publication, StreamId id) {
        if (publication.isAudioBeingUpdated() || !publication.takeAudioUnclear()) {
            return;
        }
        line.request(number -> new ClientMessage.UpdateStream(number, id, NOTHING), reply -> {
            Stream stream = roster.stream(id);
            if (stream == null || publications.get(publication.publisher()) != publication) {
                return;
            }
            if (stream.hasAudio()) {
                audioAnnounced(id);
            } else {
                foundSilent(id);
            }
        });
    }

    /** Source, size or limits of a picture may be other than before: tells the server and the links what is new. */
    public void videoChanged(LocalPublisher publisher) {
        Publication publication = publications.get(publisher);
        if (publication != null && publication.stream() != null) {
            StreamChange news = publication.news();
            if (!news.isEmpty()) {
                changed(publisher, news);
            }
            publication.reapply();
        }
    }

    /** An own stream ended; false if it is none, or was ended by this side already. */
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
        return true;
    }

    void muted(List<StreamId> ids) {
        ids.forEach(
                id -> find(id).ifPresent(publication -> publication.publisher().forceMuted()));
    }

    public void linkOpened(ServerMessage.LinkOpened opened) {
        find(opened.streamId()).ifPresent(publication -> publication.open(opened));
    }

    public void linkUpdated(ServerMessage.LinkUpdated updated) {
        publications.values().forEach(publication -> publication.update(updated.linkId(), updated.subscription()));
    }

    public boolean deliver(LinkMessage message) {
        Optional<Publication> owner = owner(message.linkId());
        owner.ifPresent(publication -> publication.deliver(message));
        return owner.isPresent();
    }

    public boolean linkClosed(LinkId id) {
        Optional<Publication> owner = owner(id);
        owner.ifPresent(publication -> publication.closeLink(id));
        return owner.isPresent();
    }

    public List<LinkState> linkStates() {
        return publications.values().stream()
                .flatMap(publication -> publication.linkStates().stream())
                .toList();
    }

    public void resumed(Set<LinkId> known) {
        publications.values().forEach(publication -> publication.retainLinks(known));
    }

    @Nullable
    public Publication publication(LocalPublisher publisher) {
        return publications.get(publisher);
    }

    /** What was in the session when it ended: a publisher, and its stream if it had one. */
    public record Detached(
            LocalPublisher publisher, @Nullable Stream stream) {}

    /** Ends every publication; the publishers go on capturing and are free to be published again. */
    public List<Detached> detachAll() {
        closed = true;
        List<Detached> detached = new ArrayList<>();
        for (Publication publication : publications.values()) {
            publication.close();
            publication.publisher().detach();
            detached.add(new Detached(publication.publisher(), publication.stream()));
        }
        publications.clear();
        returning.forEach(publisher -> detached.add(new Detached(publisher, null)));
        returning.clear();
        return detached;
    }

    /**
     * The streams are gone with a connection that a new one replaces. Their publishers are told, and published again unless
     * the application prevents it; requests to publish that were not answered go on.
     */
    void startOver() {
        for (Publication publication : List.copyOf(publications.values())) {
            Stream stream = publication.stream();
            if (stream != null) {
                LocalPublisher publisher = publication.publisher();
                publication.close();
                publications.remove(publisher);
                publisher.detach();
                StreamDestroyReason wanted = publication.endRequested();
                if (wanted == null) {
                    returning.add(publisher);
                    publisher.startOver(stream, again -> line.loop().execute(() -> resumePublishing(publisher, again)));
                } else {
                    publisher.ended(stream, wanted);
                }
            }
        }
    }

    private void resumePublishing(LocalPublisher publisher, boolean wanted) {
        if (returning.remove(publisher) && wanted && publisher.reattach() == null) {
            publish(publisher, new PendingResult(line.callbacks()));
        }
    }

    private Optional<Publication> find(StreamId id) {
        return publications.values().stream()
                .filter(each -> each.stream() != null && each.stream().id().equals(id))
                .findFirst();
    }

    private Optional<Publication> owner(LinkId id) {
        return publications.values().stream().filter(each -> each.owns(id)).findFirst();
    }
}

package dev.videosession.session.internal.stream;

import dev.videosession.media.internal.link.LinkState;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The media links of all publications of one connection. Used on the loop. */
public final class LocalLinks {
    private final Collection<Publication> publications;

    /** The publications are a live view. */
    LocalLinks(Collection<Publication> publications) {
        this.publications = publications;
    }

    public void open(ServerMessage.LinkOpened opened) {
        publications.stream()
                .filter(publication -> publication.has(opened.streamId()))
                .findFirst()
                .ifPresent(publication -> publication.links().open(opened));
    }

    public void update(ServerMessage.LinkUpdated updated) {
        publications.forEach(publication -> publication.links().update(updated));
    }

    /** {@return whether a publication has the link of a message and received it} */
    public boolean deliver(LinkMessage message) {
        Optional<PublicationLinks> owner = owner(message.linkId());
        owner.ifPresent(links -> links.deliver(message));
        return owner.isPresent();
    }

    /** {@return whether a publication had a link that the server closed} */
    public boolean close(LinkId id) {
        Optional<PublicationLinks> owner = owner(id);
        owner.ifPresent(links -> links.close(id));
        return owner.isPresent();
    }

    /** Gives the links other ICE servers for their next ICE restart. */
    public void setIceServers(List<IceServer> servers) {
        publications.forEach(publication -> publication.links().setIceServers(servers));
    }

    public List<LinkState> states() {
        return publications.stream()
                .flatMap(publication -> publication.links().states().stream())
                .toList();
    }

    /** The connection was resumed; the server knows these links. */
    public void resumed(Set<LinkId> known) {
        publications.forEach(publication -> publication.links().resumed(known));
    }

    private Optional<PublicationLinks> owner(LinkId id) {
        return publications.stream()
                .map(Publication::links)
                .filter(each -> each.owns(id))
                .findFirst();
    }
}

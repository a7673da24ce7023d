package dev.videosession.media.internal.link;

import dev.videosession.media.fixture.LoopbackSignaling;
import dev.videosession.protocol.ice.IceCandidate;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Signaling in which every candidate is led over a {@link UdpPath}; the one that is there when the candidate comes. */
final class PathSignaling extends LoopbackSignaling {
    private final Supplier<UdpPath> path;

    PathSignaling(Supplier<UdpPath> path) {
        this.path = path;
    }

    @Override
    public void to(Supplier<? extends PeerLink> other) {
        toDescription = description -> other.get().remoteDescription(withoutCandidates(description));
        toCandidate =
                candidate -> rewritten(candidate).ifPresent(each -> other.get().remoteCandidate(each));
    }

    private static LinkDescription withoutCandidates(LinkDescription description) {
        return new LinkDescription(
                description.negotiation(), description.description().filterCandidates(candidate -> false));
    }

    private Optional<LinkCandidate> rewritten(LinkCandidate candidate) {
        List<String> fields = List.of(candidate.candidate().toSdp().split(" ", -1));
        boolean ipv4 = fields.size() > 5 && fields.get(4).matches("[0-9.]+");
        if (!ipv4 || !fields.get(2).equalsIgnoreCase("udp")) {
            return Optional.empty();
        }
        InetSocketAddress standIn =
                path.get().standIn(new InetSocketAddress(fields.get(4), Integer.parseInt(fields.get(5))));
        List<String> rewritten = new java.util.ArrayList<>(fields);
        rewritten.set(4, standIn.getAddress().getHostAddress());
        rewritten.set(5, Integer.toString(standIn.getPort()));
        return Optional.of(new LinkCandidate(
                candidate.negotiation(),
                candidate.mid(),
                candidate.index(),
                IceCandidate.parse(String.join(" ", rewritten))));
    }
}

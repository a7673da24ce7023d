package dev.videosession.media;

import dev.videosession.media.link.IceCandidate;
import dev.videosession.media.link.SessionDescription;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Signaling in which every candidate is led over a {@link UdpPath}; the one that is there when the candidate comes. */
final class PathWire extends Wire {
    private final Supplier<UdpPath> path;

    PathWire(Supplier<UdpPath> path) {
        this.path = path;
    }

    @Override
    void to(Supplier<? extends PeerLink> other) {
        toDescription = description -> other.get().remoteDescription(withoutCandidates(description));
        toCandidate =
                candidate -> rewritten(candidate).ifPresent(each -> other.get().remoteCandidate(each));
    }

    private static SessionDescription withoutCandidates(SessionDescription description) {
        return new SessionDescription(
                description.number(), description.type(), description.sdp().replaceAll("(?m)^a=candidate.*\r?\n", ""));
    }

    private Optional<IceCandidate> rewritten(IceCandidate candidate) {
        List<String> fields = List.of(candidate.candidate().split(" ", -1));
        boolean ipv4 = fields.get(4).matches("[0-9.]+");
        if (!fields.get(2).equalsIgnoreCase("udp") || !ipv4) {
            return Optional.empty();
        }
        InetSocketAddress standIn =
                path.get().standIn(new InetSocketAddress(fields.get(4), Integer.parseInt(fields.get(5))));
        List<String> rewritten = new java.util.ArrayList<>(fields);
        rewritten.set(4, standIn.getAddress().getHostAddress());
        rewritten.set(5, Integer.toString(standIn.getPort()));
        return Optional.of(new IceCandidate(
                candidate.number(), candidate.sdpMid(), candidate.sdpMLineIndex(), String.join(" ", rewritten)));
    }
}

package dev.videosession.session.internal.connection;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.rtc.IceConfig;
import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.Connection;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.roster.SessionRoster;
import dev.videosession.session.internal.stream.LocalPublisher;
import dev.videosession.session.internal.stream.LocalStreams;
import dev.videosession.session.internal.stream.RemoteStreams;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import dev.videosession.session.internal.stream.RosterUpdater;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One established connection, and the parts that end with it. Changed on the loop only. */
public final class EstablishedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(EstablishedConnection.class);

    private final Connection connection;
    private final Capabilities capabilities;
    private final Timings timings;
    private final LocalStreams local;
    private final RemoteStreams remote;
    private final RosterUpdater updates;
    private final AudioLevels audioLevels;
    private final LinkConfig links;
    private final SignalingPort port;
    private final String token;
    private final @Nullable List<String> features;
    private String resumeKey;
    private LinkConfig linkConfig;

    public EstablishedConnection(
            ServerMessage.Connected connected,
            String token,
            LocalStreams local,
            RemoteStreams remote,
            RosterUpdater updates,
            AudioLevels audioLevels,
            LinkConfig links,
            SignalingPort port) {
        this.connection = SessionRoster.connectionOf(connected.connection());
        this.port = port;
        this.token = token;
        this.capabilities = connected.capabilities();
        this.timings = connected.timings();
        this.local = local;
        this.remote = remote;
        this.updates = updates;
        this.audioLevels = audioLevels;
        this.links = links;
        this.features = connected.features();
        this.resumeKey = connected.resumeKey();
        this.linkConfig = linkConfig(connected.iceServers());
    }

    /** {@return the new connection that replaces this one; publishers and subscribers move to it} */
    public EstablishedConnection startOver(ServerMessage.Connected connected, RosterUpdater newUpdates) {
        return new EstablishedConnection(connected, token, local, remote, newUpdates, audioLevels, links, port);
    }

    public Connection connection() {
        return connection;
    }

    public ConnectionId id() {
        return connection.id();
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    public Timings timings() {
        return timings;
    }

    public LocalStreams local() {
        return local;
    }

    public RemoteStreams remote() {
        return remote;
    }

    /** Sends a request. The answer is passed exactly once, on the loop. */
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        port.request(maker, answer);
    }

    /** Publishes a stream. */
    public void publish(LocalPublisher publisher, PendingResult result) {
        local.publish(publisher, result);
        audioLevels.wake();
    }

    public void subscribe(RemoteSubscriber subscriber) {
        remote.subscribe(subscriber);
        audioLevels.wake();
    }

    public RosterUpdater updates() {
        return updates;
    }

    /** {@return the token with which the connection was made} */
    String token() {
        return token;
    }

    /** {@return whether there are media links and none of them is connected} */
    boolean isMediaLost() {
        List<LinkState> links = new ArrayList<>(local.links().states());
        links.addAll(remote.linkStates());
        return !links.isEmpty() && !links.contains(LinkState.CONNECTED);
    }

    String resumeKey() {
        return resumeKey;
    }

    public LinkConfig linkConfig() {
        return linkConfig;
    }

    public boolean serverUnderstands(Feature feature) {
        return feature.isIn(features);
    }

    public void linkClosed(ServerMessage.LinkClosed closed) {
        if (!local.links().close(closed.linkId())) {
            remote.linkClosed(closed);
        }
    }

    public void deliver(LinkMessage message) {
        if (!local.links().deliver(message)) {
            remote.deliver(message);
        }
    }

    /** Applies the server's state after a resume, and closes the links that the server no longer has. */
    public void resumed(ServerMessage.Resumed resumed) {
        resumeKey = resumed.resumeKey();
        renewIceServers(resumed.iceServers());
        if (resumed.roster() != null) {
            updates.reconcile(resumed.roster());
        }
        Set<LinkId> links = Set.copyOf(resumed.links());
        local.links().resumed(links);
        remote.resumed(links);
    }

    /** Uses these ICE servers and credentials from now on. */
    public void renewIceServers(List<IceServer> servers) {
        LinkConfig renewed = linkConfig(servers);
        if (!renewed.equals(linkConfig)) {
            linkConfig = renewed;
            local.links().setIceServers(renewed.iceServers());
            remote.setIceServers(renewed.iceServers());
        }
    }

    private LinkConfig linkConfig(List<IceServer> servers) {
        return links.withIceServers(
                servers.stream().flatMap(server -> usable(server).stream()).toList());
    }

    private static Optional<IceServer> usable(IceServer server) {
        try {
            return Optional.of(IceConfig.requireUsable(server));
        } catch (IllegalArgumentException e) {
            LOG.warn("event=iceServerIgnored reason=\"{}\"", e.getMessage());
            return Optional.empty();
        }
    }
}

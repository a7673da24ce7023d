package dev.videosession.session.model;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.session.Connection;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionState;
import dev.videosession.session.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold when nothing is under way any more. */
final class ModelChecks {
    /** Something does not hold yet. */
    private static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotYet(String what) {
            super(what, null, false, false);
        }
    }

    private final ModelWorld world;
    private final ModelLog log;
    private boolean patient;

    ModelChecks(ModelWorld world) {
        this.world = world;
        this.log = world.server.log;
    }

    private RuntimeException fail(String what) {
        if (patient) {
            return new NotYet(what);
        }
        throw world.fail(what);
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw fail(what);
        }
    }

    private void same(Object server, Object client, String what) {
        require(
                Objects.equals(server, client),
                what + " differ:\n   at the server " + server + "\n   at the client " + client);
    }

    /** The network is well and everything has come to rest. */
    void quiet() {
        agree(world.server.snapshot());
        world.server.checkStored();
    }

    /** {@return whether both ends agree already, as far as that can be seen while time does not pass} */
    boolean isQuiet() {
        if (world.allClients().stream().anyMatch(client -> client.session.state() == SessionState.RECONNECTING)) {
            return false;
        }
        patient = true;
        try {
            agree(world.server.applied());
            return true;
        } catch (NotYet e) {
            return false;
        } finally {
            patient = false;
        }
    }

    private void agree(Roster roster) {
        Set<ConnectionId> here = new HashSet<>();
        int outgoing = 0;
        int incoming = 0;
        long sending = 0;
        long receiving = 0;
        for (ModelClient client : world.allClients()) {
            standing(client);
            ModelListener.Stay stay = client.listener.stay();
            if (stay != null) {
                here.add(stay.own);
                rosters(client, stay, roster);
                publishers(client, stay, roster);
            }
            outgoing += client.media.outgoing.size();
            incoming += client.media.incoming.size();
            sending += client.media.outgoing.stream()
                    .filter(client.media.withVideo::contains)
                    .count();
            receiving += client.media.incoming.stream()
                    .filter(client.media.withVideo::contains)
                    .count();
            outcomes(client);
            client.listener.stays.forEach(each -> events(client, each));
            client.ends.forEach(end -> reasons(client, end));
        }
        Set<ConnectionId> known = new HashSet<>();
        roster.connections().forEach(info -> known.add(info.connectionId()));
        same(known, here, "connections in the session");
        if (world.server.cluster == null) {
            same(world.server.links(), incoming, "links of subscribers");
        }
        require(incoming == outgoing, incoming + " links of subscribers, " + outgoing + " of publishers");
        require(
                receiving == sending,
                receiving + " subscribers want video, publishers send it to " + sending + " subscribers");
        log.signals.forEach((data, count) -> require(count == 1, "signal carried out twice: " + data));
    }

    private void standing(ModelClient client) {
        SessionState state = client.session.state();
        boolean in = client.listener.stay() != null;
        require(
                state == (in ? SessionState.CONNECTED : SessionState.DISCONNECTED),
                client.name + " is " + state + ", but heard that it is " + (in ? "in" : "out"));
        require(!in || !client.listener.isReconnecting(), client.name + " never received that it is connected again");
        require(client.wantsIn || !in, client.name + " is in although it left");
    }

    private void rosters(ModelClient client, ModelListener.Stay stay, Roster truth) {
        Map<String, String> connections = new TreeMap<>();
        for (ConnectionInfo info : truth.connections()) {
            if (!client.suppressed || info.connectionId().equals(stay.own)) {
                connections.put(
                        info.connectionId().value(), info.data() + " " + info.role() + " " + info.creationTime());
            }
        }
        Map<String, String> known = new TreeMap<>();
        for (Connection each : client.session.connections()) {
            known.put(
                    each.id().value(),
                    each.data() + " " + each.role() + " " + each.creationTime().toEpochMilli());
        }
        same(connections, known, "connections as " + client.name + " sees them");
        Map<String, StreamInfo> streams = new TreeMap<>();
        Map<String, Map<String, String>> heardOf = new TreeMap<>(stay.streams);
        Map<String, Map<String, String>> remote = new TreeMap<>();
        client.session.streams().forEach(stream -> {
            streams.put(stream.id().value(), info(stream));
            if (!client.isOwn(stream)) {
                remote.put(stream.id().value(), ModelListener.properties(stream));
            }
        });
        Map<String, StreamInfo> trueStreams = new TreeMap<>();
        truth.streams().forEach(info -> trueStreams.put(info.streamId().value(), info));
        same(trueStreams, streams, "streams as " + client.name + " sees them");
        same(remote, heardOf, "streams that " + client.name + " heard of");
        if (!client.suppressed) {
            same(
                    known.keySet(),
                    new TreeSet<>(stay.connections.keySet()),
                    "connections that " + client.name + " heard of");
        }
    }

    private static StreamInfo info(Stream stream) {
        return new StreamInfo(
                stream.id(),
                stream.connection().id(),
                stream.name(),
                stream.creationTime().toEpochMilli(),
                stream.hasAudio(),
                stream.hasVideo(),
                stream.videoType().orElse(null),
                stream.videoDimensions().orElse(null));
    }

    private void publishers(ModelClient client, ModelListener.Stay stay, Roster truth) {
        if (!world.harder && log.forked.contains(stay.own)) {
            return; // what a publisher changed last may be lost
        }
        Map<String, StreamInfo> streams = new HashMap<>();
        truth.streams().stream()
                .filter(info -> info.connectionId().equals(stay.own))
                .forEach(info -> streams.put(info.streamId().value(), info));
        for (Publisher publisher : client.publishers) {
            if (publisher.session().isEmpty()) {
                continue;
            }
            String what = "publisher " + publisher.name() + " of " + client.name;
            Stream stream = publisher.stream().orElseThrow(() -> fail(what + " has no stream"));
            StreamInfo info = streams.remove(stream.id().value());
            require(info != null, what + " publishes what is not in the session");
            if (info != null) {
                same(info.hasAudio(), publisher.publishesAudio(), "sound of " + what);
                same(info.hasVideo(), publisher.publishesVideo(), "video of " + what);
            }
        }
        require(streams.isEmpty(), "streams of " + client.name + " without a publisher: " + streams);
    }

    private void outcomes(ModelClient client) {
        for (ModelClient.Call call : client.calls) {
            require(
                    call.outcomes == 1 || mayStillWait(client, call),
                    "no outcome of " + call.name + " of " + client.name);
            if (call.name.startsWith("signal ")) {
                boolean happened = log.signals.containsKey(call.name.substring("signal ".length()));
                boolean unsure =
                        !log.forked.isEmpty() || (call.error instanceof SessionException e && e.code() == 1010);
                require(
                        unsure || happened == (call.error == null),
                        call.name + " of " + client.name + (happened ? " happened" : " did not happen")
                                + ", its outcome was " + call.error);
            }
        }
    }

    /** The first frame of a subscriber has no time limit. */
    private static boolean mayStillWait(ModelClient client, ModelClient.Call call) {
        return call.name.startsWith("subscribe ")
                && client.subscribers.stream()
                        .anyMatch(each -> !each.isDestroyed()
                                && call.name.equals("subscribe " + each.stream().name()));
    }

    /** Each change was received once and in order, unless a roster reported it. */
    private void events(ModelClient client, ModelListener.Stay stay) {
        if (log.forked.contains(stay.own)) {
            return;
        }
        ModelLog.Life life = log.lifeOf.get(stay.own);
        long entered = Objects.requireNonNull(log.entered.get(stay.own));
        List<String> expected = new ArrayList<>();
        for (ModelLog.Happened happened : Objects.requireNonNull(life).events) {
            long at = happened.sequence();
            if (at > entered && stay.gaps.stream().noneMatch(gap -> gap[0] < at && at <= gap[1])) {
                expected.addAll(happened.heardBy(stay.own, client.suppressed));
            }
        }
        boolean over = stay != client.listener.stay();
        List<String> due = over ? expected.subList(0, Math.min(stay.lines.size(), expected.size())) : expected;
        if (!due.equals(stay.lines)) {
            int at = 0;
            while (at < due.size() && at < stay.lines.size() && due.get(at).equals(stay.lines.get(at))) {
                at++;
            }
            throw fail(client.name + " heard something else than what happened, from event " + at + " of its stay "
                    + stay.own + " on\n   happened " + tail(due, at) + "\n   heard    " + tail(stay.lines, at));
        }
    }

    private static List<String> tail(List<String> lines, int from) {
        return lines.subList(from, Math.min(lines.size(), from + 6));
    }

    /** Both sides report the same end, unless the client could not receive it. */
    private void reasons(ModelClient client, ModelClient.End end) {
        DisconnectReason server = log.left.get(end.stay().own);
        String what = client.name + " left: " + end.reason() + ", for the server " + server;
        if (log.forgotten.contains(end.stay().own) || log.forked.contains(end.stay().own)) {
            return; // the server died before it ended, or its log lost the end
        }
        require(server != null, what);
        boolean gaveUp = end.lostForMillis() >= world.settings.timings().resumeWindowMillis();
        switch (end.reason()) {
            case FORCE_DISCONNECTED -> require(server == DisconnectReason.FORCE_DISCONNECTED, what);
            case CLIENT_DISCONNECTED -> require(end.wished(), what + ", but the client did not request it");
            case NETWORK_DISCONNECTED -> require(server == DisconnectReason.NETWORK_DISCONNECTED || gaveUp, what);
        }
    }

    /** After all clients have left, no state remains. */
    void empty() {
        same("", world.server.leftovers(), "what is left in the server");
        for (ModelClient client : world.allClients()) {
            require(client.process.waiting() == 0, client.name + " still has timers");
            require(
                    client.media.outgoing.isEmpty() && client.media.incoming.isEmpty(),
                    client.name + " still has links");
        }
        world.server.stop();
        world.time.pass(1000);
        require(world.time.isOver(), "something still waits for its time");
    }
}

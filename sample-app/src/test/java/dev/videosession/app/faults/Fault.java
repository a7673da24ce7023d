package dev.videosession.app.faults;

import static dev.videosession.app.faults.Tale.back;
import static dev.videosession.app.faults.Tale.gone;
import static dev.videosession.app.faults.Tale.lost;
import static dev.videosession.app.faults.Tale.nothing;
import static dev.videosession.app.faults.Tale.seenBack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The faults that befall a call, what everybody is told, and how long it may take. docs/FAULTS.md shows them. */
enum Fault {
    CLEAN_LEAVE(
            "clean leave",
            "the client calls `disconnect()`",
            Tale.of("sessionDisconnected clientDisconnected left"),
            gone("clientDisconnected", "left"),
            within("client told", 1_000, "others told", 1_000),
            Departures::cleanLeave),
    KICK(
            "kick",
            "a moderator removes the client",
            Tale.of("sessionDisconnected forceDisconnected kicked"),
            gone("forceDisconnected", "kicked"),
            within("client told", 1_000, "others told", 1_000, "last picture at the others", 1_000),
            Departures::kick),
    KICK_IN_GRACE(
            "kick during the grace",
            "the client's network is cut; when the others know, a moderator removes it; the network comes back",
            Tale.of("sessionReconnecting", "sessionDisconnected forceDisconnected kicked"),
            Tale.of(
                    "connectionReconnecting",
                    "streamDestroyed forceDisconnected",
                    "connectionDestroyed forceDisconnected kicked"),
            within("others told", 1_000, "last picture at the others", 1_000, "client told after the return", 4_500),
            Departures::kickInGrace),
    KICK_OF_GHOST(
            "kick of a ghost",
            "the client's network swallows everything, its process is killed; before anybody notices, it is removed",
            nothing(),
            gone("forceDisconnected", "kicked"),
            within("others told", 1_000),
            Departures::kickOfGhost),
    KICK_RACES_LEAVE(
            "kick races leave",
            "a moderator removes the client while it calls `disconnect()`, five times",
            Tale.of("sessionDisconnected forceDisconnected kicked")
                    .or(Tale.of("sessionDisconnected clientDisconnected left")),
            gone("forceDisconnected", "kicked").or(gone("clientDisconnected", "left")),
            within("client told", 1_000, "others told", 1_000),
            Departures::kickRacesLeave),
    CLIENT_CRASH(
            "client SIGKILL",
            "the client's process is killed",
            nothing(),
            lost("socket-lost"),
            within("others told of the loss", 1_000, "ghost gone", 13_000),
            Departures::crash),

    RST("RST", "both ends of the socket are reset", back(), seenBack(), within("recovered", 1_000), Sockets::reset),
    FIN(
            "FIN without close frame",
            "both ends of the socket get FIN",
            back(),
            seenBack(),
            within("recovered", 1_000),
            Sockets::finish),
    HALF_CLOSE(
            "half close",
            "the server's end of the socket gets FIN, the client's does not",
            back(),
            seenBack(),
            within("recovered", 1_500),
            Sockets::halfClose),
    FLAP(
            "1 s flap, 5 times",
            "nothing of the signaling passes for 1 s, the socket survives",
            nothing(),
            nothing(),
            within("signal through after the return", 1_000),
            Sockets::flap),
    FLAP_WITH_RST(
            "1 s flap with RST, 5 times",
            "the socket is reset, and every new one for 1 s",
            back().times(5),
            seenBack().times(5),
            within("recovered after the return", 1_000),
            Sockets::flapWithReset),
    UNNOTICED_LOSS(
            "resume before the loss is noticed, old socket ends after the new one",
            "the client's end is reset, the server's only when the client is back",
            back(),
            nothing().or(seenBack()),
            within("recovered", 1_000),
            Sockets::unnoticedLoss),

    BLACKHOLE_UP(
            "blackhole from the client",
            "nothing that the client sends arrives",
            Tale.of("sessionReconnecting", "sessionDisconnected networkDisconnected silent"),
            lost("silent"),
            within("others told of the loss", 11_000, "ghost gone", 23_000, "client gives up", 23_000),
            Blackholes::up),
    BLACKHOLE_DOWN(
            "blackhole to the client",
            "nothing that is sent to the client arrives",
            Tale.of("sessionReconnecting", "sessionDisconnected networkDisconnected socket-lost"),
            lost("socket-lost"),
            within("client notices", 11_000, "client gives up", 23_000, "ghost gone", 23_000),
            Blackholes::down),
    BLACKHOLE(
            "blackhole both ways",
            "nothing passes",
            Tale.of("sessionReconnecting", "sessionDisconnected networkDisconnected socket-lost"),
            lost("silent"),
            within(
                    "client notices",
                    11_000,
                    "others told of the loss",
                    11_000,
                    "client gives up",
                    23_000,
                    "ghost gone",
                    23_000),
            Blackholes::both),
    BLACKHOLE_HEALED(
            "blackhole for 14 s",
            "nothing passes until after both sides have noticed",
            back(),
            seenBack(),
            within("recovered after the return", 4_500, "pictures after the return", 10_000),
            Blackholes::healed),

    LOSS_5(
            "loss 5 %",
            "every 20th datagram is lost each way, for 8 s",
            nothing(),
            nothing(),
            within(),
            scene -> Weather.loss(scene, 0.05)),
    LOSS_30(
            "loss 30 %",
            "three of ten datagrams are lost each way, for 8 s",
            nothing(),
            nothing(),
            within(),
            scene -> Weather.loss(scene, 0.3)),
    RATE_50(
            "rate 50 kbps",
            "no more than 50 kbit/s each way, signaling and media together, for 15 s",
            nothing(),
            nothing(),
            within("slowest number", 8_000, "pictures after the return", 10_000),
            Weather::rate),
    DELAY(
            "delay 500 ms",
            "everything takes 500 ms longer each way, for 8 s",
            nothing(),
            nothing(),
            within("slowest number", 2_000),
            Weather::delay),

    CLIENT_SLEEP_SHORT(
            "client SIGSTOP 5 s",
            "the client's process sleeps for less than the silence limit",
            nothing(),
            nothing(),
            within("first number after waking", 1_000),
            Sleeps::shortly),
    CLIENT_SLEEP(
            "client SIGSTOP 14 s",
            "the client's process sleeps until it is taken for lost",
            back(),
            seenBack(),
            within("others told of the loss", 11_000, "recovered after waking", 2_000),
            Sleeps::untilLost),
    CLIENT_SLEEP_LONG(
            "client SIGSTOP 30 s",
            "the client's process sleeps until it is gone",
            Tale.of("sessionReconnecting", "sessionDisconnected networkDisconnected socket-lost"),
            lost("silent"),
            within("ghost gone", 23_000, "client told after waking", 2_000),
            Sleeps::untilGone);

    private final String title;
    private final String action;
    private final Tale client;
    private final Tale others;
    private final Map<String, Long> bounds;
    private final Play play;

    /** Brings a fault about, and waits until it has had its effect. */
    interface Play {
        void run(Scene scene) throws Exception;
    }

    Fault(String title, String action, Tale client, Tale others, Map<String, Long> bounds, Play play) {
        this.title = title;
        this.action = action;
        this.client = client;
        this.others = others;
        this.bounds = bounds;
        this.play = play;
    }

    private static Map<String, Long> within(Object... namesAndMillis) {
        Map<String, Long> bounds = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMillis.length; i += 2) {
            bounds.put((String) namesAndMillis[i], ((Integer) namesAndMillis[i + 1]).longValue());
        }
        return bounds;
    }

    Tale client() {
        return client;
    }

    Tale others() {
        return others;
    }

    Map<String, Long> bounds() {
        return bounds;
    }

    boolean isEverybodys() {
        return others == null;
    }

    void play(Scene scene) throws Exception {
        play.run(scene);
    }

    /** The row of the document, up to what was measured. */
    String row() {
        return "| " + title + " | " + action + " | " + client + " | "
                + (others == null ? "the same, each of itself" : others) + " | "
                + bounds.entrySet().stream()
                        .map(bound -> bound.getKey() + " " + seconds(bound.getValue()))
                        .collect(Collectors.joining("; "))
                + " |";
    }

    static String seconds(long millis) {
        return millis < 1_000 ? millis + " ms" : Math.round(millis / 100.0) / 10.0 + " s";
    }
}

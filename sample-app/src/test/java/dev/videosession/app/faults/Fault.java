package dev.videosession.app.faults;

import static dev.videosession.app.faults.ExpectedEvents.back;
import static dev.videosession.app.faults.ExpectedEvents.gone;
import static dev.videosession.app.faults.ExpectedEvents.lost;
import static dev.videosession.app.faults.ExpectedEvents.nothing;
import static dev.videosession.app.faults.ExpectedEvents.seenBack;
import static dev.videosession.app.faults.ExpectedEvents.startedOver;
import static dev.videosession.app.faults.Times.within;

/** The faults, the events that each participant receives, and how long they may take. docs/FAULTS.md shows them. */
enum Fault {
    CLEAN_LEAVE(
            "clean leave",
            "the client calls `disconnect()`",
            ExpectedEvents.of("sessionDisconnected clientDisconnected left"),
            gone("clientDisconnected", "left"),
            within("client notified", 1_000, "participants notified", 1_000),
            Departures::cleanLeave),
    KICK(
            "kick",
            "a moderator removes the client",
            ExpectedEvents.of("sessionDisconnected forceDisconnected kicked"),
            gone("forceDisconnected", "kicked"),
            within("client notified", 1_000, "participants notified", 1_000, "last frame at the participants", 1_000),
            Departures::kick),
    KICK_IN_GRACE(
            "kick during the grace",
            "the client's network is cut; after the other participants are notified, a moderator removes the client; the network returns",
            ExpectedEvents.of("sessionReconnecting", "sessionDisconnected forceDisconnected kicked"),
            ExpectedEvents.of(
                    "connectionReconnecting",
                    "streamDestroyed forceDisconnected",
                    "connectionDestroyed forceDisconnected kicked"),
            within(
                    "participants notified",
                    1_000,
                    "last frame at the participants",
                    1_000,
                    "client notified after the return",
                    4_500),
            Departures::kickInGrace),
    KICK_OF_GHOST(
            "kick of a ghost",
            "the client's network drops all packets and its process is killed; before the loss is detected, the client is removed",
            nothing(),
            gone("forceDisconnected", "kicked"),
            within("participants notified", 1_000),
            Departures::kickOfGhost),
    KICK_RACES_LEAVE(
            "kick races leave",
            "a moderator removes the client while it calls `disconnect()`, five times",
            ExpectedEvents.of("sessionDisconnected forceDisconnected kicked")
                    .or(ExpectedEvents.of("sessionDisconnected clientDisconnected left")),
            gone("forceDisconnected", "kicked").or(gone("clientDisconnected", "left")),
            within("client notified", 1_000, "participants notified", 1_000),
            Departures::kickRacesLeave),
    CLIENT_CRASH(
            "client SIGKILL",
            "the client's process is killed",
            nothing(),
            lost("socket-lost"),
            within("participants notified of the loss", 1_000, "ghost removed", 13_000),
            Departures::crash),

    RST("RST", "both ends of the socket are reset", back(), seenBack(), within("recovered", 1_000), Sockets::reset),
    FIN(
            "FIN without close frame",
            "both ends of the socket receive FIN",
            back(),
            seenBack(),
            within("recovered", 1_000),
            Sockets::finish),
    HALF_CLOSE(
            "half close",
            "the server's end of the socket receives FIN, the client's does not",
            back(),
            seenBack(),
            within("recovered", 1_500),
            Sockets::halfClose),
    FLAP(
            "1 s flap, 5 times",
            "no signaling passes for 1 s, the socket survives",
            nothing(),
            nothing(),
            within("signal delivered after the return", 1_000),
            Sockets::flap),
    FLAP_WITH_RST(
            "1 s flap with RST, 5 times",
            "the socket is reset, and every new socket for 1 s",
            back().times(5),
            seenBack().times(5),
            within("recovered after the return", 1_000),
            Sockets::flapWithReset),
    UNNOTICED_LOSS(
            "resume before the loss is detected, old socket closes after the new one",
            "the client's end is reset, the server's only after the resume",
            back(),
            nothing(),
            within("recovered", 1_000),
            Sockets::unnoticedLoss),

    BLACKHOLE_UP(
            "blackhole from the client",
            "all packets from the client are dropped",
            ExpectedEvents.of("sessionReconnecting", "sessionDisconnected networkDisconnected silent"),
            lost("silent"),
            within("participants notified of the loss", 11_000, "ghost removed", 23_000, "client disconnects", 23_000),
            Blackholes::up),
    BLACKHOLE_DOWN(
            "blackhole to the client",
            "all packets to the client are dropped",
            ExpectedEvents.of("sessionReconnecting", "sessionDisconnected networkDisconnected silent"),
            lost("socket-lost"),
            within("client detects the loss", 11_000, "client disconnects", 23_000, "ghost removed", 23_000),
            Blackholes::down),
    BLACKHOLE(
            "blackhole both ways",
            "all packets are dropped",
            ExpectedEvents.of("sessionReconnecting", "sessionDisconnected networkDisconnected silent"),
            lost("silent"),
            within(
                    "client detects the loss",
                    11_000,
                    "participants notified of the loss",
                    11_000,
                    "client disconnects",
                    23_000,
                    "ghost removed",
                    23_000),
            Blackholes::both),
    BLACKHOLE_HEALED(
            "blackhole for 14 s",
            "all packets are dropped until both sides have detected it",
            back(),
            seenBack(),
            within("recovered after the return", 4_500, "frames after the return", 10_000),
            Blackholes::healed),

    LOSS_5(
            "loss 5 %",
            "every 20th datagram is lost each way, for 8 s",
            nothing(),
            nothing(),
            within(),
            run -> Weather.loss(run, 0.05)),
    LOSS_30(
            "loss 30 %",
            "three of ten datagrams are lost each way, for 8 s",
            nothing(),
            nothing(),
            within(),
            run -> Weather.loss(run, 0.3)),
    RATE_50(
            "rate 50 kbps",
            "no more than 50 kbit/s each way, signaling and media together, for 15 s",
            nothing(),
            nothing(),
            within("slowest number", 8_000, "frames after the return", 10_000),
            Weather::rate),
    DELAY(
            "delay 500 ms",
            "every packet is delayed by 500 ms each way, for 8 s",
            nothing(),
            nothing(),
            within("slowest number", 2_000),
            Weather::delay),

    CLIENT_SLEEP_SHORT(
            "client SIGSTOP 5 s",
            "the client's process is suspended for less than the silence time",
            nothing(),
            nothing(),
            within("first number after the suspension", 1_000),
            Sleeps::shortly),
    CLIENT_SLEEP(
            "client SIGSTOP 14 s",
            "the client's process is suspended until the server has detected the loss",
            back(),
            seenBack(),
            within("participants notified of the loss", 11_000, "recovered after the suspension", 2_000),
            Sleeps::untilLost),
    CLIENT_SLEEP_LONG(
            "client SIGSTOP 30 s",
            "the client's process is suspended until its connection has ended",
            ExpectedEvents.of("sessionReconnecting", "sessionDisconnected networkDisconnected silent"),
            lost("silent"),
            within("ghost removed", 23_000, "client notified after the suspension", 2_000),
            Sleeps::untilEnded),

    SERVER_FREEZE_SHORT(
            "server SIGSTOP 2 s",
            "the server's process is suspended for less than the silence time",
            nothing(),
            null,
            within("first number after the suspension", 1_000),
            ServerFaults::shortFreeze),
    SERVER_FREEZE(
            "server SIGSTOP 15 s",
            "the server's process is suspended until all clients have detected it",
            back(),
            null,
            within("recovered after the suspension", 4_500, "frames after the suspension", 10_000),
            ServerFaults::freeze),
    SERVER_FREEZE_LONG(
            "server SIGSTOP 30 s",
            "the server's process is suspended for longer than silence time and window together",
            back(),
            null,
            within("recovered after the suspension", 9_000),
            ServerFaults::longFreeze),
    SERVER_DRAIN(
            "server SIGTERM, restart",
            "the server drains, stops and is started again without its state",
            startedOver(),
            null,
            within("server stopped", 6_000, "recovered after the restart", 6_000),
            ServerFaults::drain),
    SERVER_CRASH(
            "server SIGKILL, restart",
            "the server is killed and started again without its state",
            startedOver(),
            null,
            within("recovered after the restart", 6_000),
            ServerFaults::crash),
    SERVER_CRASH_WITH_CROWD(
            "server SIGKILL, restart with 1,000 clients",
            "as above, with 1,000 protocol clients in another session, which also connect again",
            startedOver(),
            null,
            within("all rosters complete again", 10_000),
            ServerFaults::crashWithCrowd),

    SAME_TOKEN(
            "duplicate identity",
            "a second client connects with the client's token: two connections; a moderator removes the second",
            ExpectedEvents.of("disconnected forceDisconnected kicked", "close 4000"),
            ExpectedEvents.of("connectionDestroyed forceDisconnected kicked"),
            within("participants notified", 1_000),
            Misbehavior::sameToken),
    EXPIRED_TOKEN(
            "expired token in the grace",
            "a client loses its network; after its token has expired, it resumes, then leaves",
            ExpectedEvents.of("disconnected clientDisconnected left", "close 1000"),
            ExpectedEvents.of(
                    "connectionReconnecting", "connectionReconnected", "connectionDestroyed clientDisconnected left"),
            within("participants notified of the return", 1_000),
            Misbehavior::expiredToken),
    SLOW_READER(
            "slow reader",
            "a client does not read while 17 MB are sent to it: more than its outbox and its parked messages can hold",
            nothing(),
            ExpectedEvents.of("connectionReconnecting", "connectionDestroyed networkDisconnected slow-consumer"),
            within("participants notified of the loss", 5_000, "ghost removed", 5_000),
            Misbehavior::slowReader),
    OVERSIZED(
            "oversized message",
            "a client sends 70,000 bytes at once",
            ExpectedEvents.of("disconnected forceDisconnected protocol-error", "close 1009"),
            ExpectedEvents.of("connectionDestroyed forceDisconnected protocol-error"),
            within("participants notified", 1_000),
            Misbehavior::oversized),
    MALFORMED(
            "malformed messages",
            "a client sends broken JSON until it is removed",
            ExpectedEvents.of("disconnected forceDisconnected protocol-error", "close 4012"),
            ExpectedEvents.of("connectionDestroyed forceDisconnected protocol-error"),
            within("participants notified", 1_000),
            Misbehavior::malformed),
    BROKEN_FRAME(
            "broken WebSocket frame",
            "a client sends a frame with an unknown opcode",
            ExpectedEvents.of("disconnected forceDisconnected protocol-error", "close 1002"),
            ExpectedEvents.of("connectionDestroyed forceDisconnected protocol-error"),
            within("participants notified", 1_000),
            Misbehavior::brokenFrame);

    private final String title;
    private final String action;
    private final ExpectedEvents client;
    private final ExpectedEvents others;
    private final Times bounds;
    private final Play play;

    /** Brings a fault about, and waits until it has had its effect. */
    interface Play {
        void run(FaultRun run) throws Exception;
    }

    Fault(String title, String action, ExpectedEvents client, ExpectedEvents others, Times bounds, Play play) {
        this.title = title;
        this.action = action;
        this.client = client;
        this.others = others;
        this.bounds = bounds;
        this.play = play;
    }

    ExpectedEvents client() {
        return client;
    }

    ExpectedEvents others() {
        return others;
    }

    Times bounds() {
        return bounds;
    }

    boolean affectsAll() {
        return others == null;
    }

    void play(FaultRun run) throws Exception {
        play.run(run);
    }

    /** The row of the document, up to what was measured. */
    String row() {
        return "| " + title + " | " + action + " | " + client + " | "
                + (others == null ? "the same, each of itself" : others) + " | "
                + bounds + " |";
    }
}

package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.library.NativeRefs;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.IceCandidate;
import dev.videosession.protocol.sdp.MalformedSdpException;
import dev.videosession.protocol.sdp.MediaKind;
import dev.videosession.protocol.sdp.MediaSection;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native peer connection with everything native that belongs to it. Open until {@link #close()}.
 *
 * <p>All calls come from the tasks of one executor, which also runs every callback; no callback runs after close. Only parsed
 * descriptions and candidates are accepted, so that the native library reads nothing but what their {@code toSdp} writes. One
 * exchange step at a time: the next one begins after the callback of the last one.
 */
public final class RtcConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RtcConnection.class);

    /** What a connection reports. */
    public interface Events {
        /**
         * An address of this end was found.
         *
         * @param mid the media id of its section
         * @param index the position of its section
         * @param candidate the address
         */
        void candidate(String mid, int index, IceCandidate candidate);

        /**
         * The state of ICE and DTLS changed.
         *
         * @param state the new state
         */
        void stateChanged(State state);
    }

    /** States of ICE and DTLS together (W3C RTCPeerConnectionState). */
    public enum State {
        /** No description was applied yet. */
        NEW,
        /** ICE or DTLS is being set up. */
        CONNECTING,
        /** Media can flow. */
        CONNECTED,
        /** The path was lost and may recover. */
        DISCONNECTED,
        /** No path was found. */
        FAILED,
        /** Closed. */
        CLOSED;

        static State of(RTCPeerConnectionState state) {
            return switch (state) {
                case NEW -> NEW;
                case CONNECTING -> CONNECTING;
                case CONNECTED -> CONNECTED;
                case DISCONNECTED -> DISCONNECTED;
                case FAILED -> FAILED;
                case CLOSED -> CLOSED;
            };
        }
    }

    private final RtcFactory factory;
    private final Executor executor;
    private final Events events;
    private final List<RtcSender> senders = new ArrayList<>();
    private final List<Consumer<@Nullable LinkStats>> awaitingStats = new ArrayList<>();
    private @Nullable RemoteTracks remote;
    private @Nullable RTCPeerConnection connection;
    private boolean damaged;

    /**
     * Opens a connection.
     *
     * @param factory makes it and all that belongs to it
     * @param iceServers STUN and TURN servers
     * @param relayOnly whether only relay candidates are used
     * @param executor runs callbacks, one at a time; the caller is one of its tasks
     * @param events hears of candidates and states
     */
    public RtcConnection(
            RtcFactory factory, List<IceServer> iceServers, boolean relayOnly, Executor executor, Events events) {
        this.factory = factory;
        this.executor = executor;
        this.events = events;
        connection =
                factory.connection(NativeConfig.of(iceServers, relayOnly), new NativeEvents.ConnectionObserver(this));
    }

    /**
     * Whether a description could not be applied. The native library refuses every later one then: the connection must be
     * replaced.
     *
     * @return false while exchanges succeed
     */
    public boolean isDamaged() {
        return damaged;
    }

    /**
     * Sends a track, before the first exchange.
     *
     * @param track of the same factory
     * @param kind what it carries
     * @return controls the encoder
     */
    public RtcSender send(LocalTrack track, MediaKind kind) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
        init.streamIds = List.of("media");
        // before the track is idle: this takes a lock that dispose() holds while it waits for the track
        MediaStreamTrack raw = track.track();
        List<RTCRtpTransceiver> made = new ArrayList<>();
        track.whileIdle(() -> made.add(open().addTransceiver(raw, init)));
        RTCRtpTransceiver transceiver = made.get(0);
        RtcSender sender = new RtcSender(transceiver, track);
        senders.add(sender);
        transceiver.setCodecPreferences(factory.codecs(kind));
        return sender;
    }

    /**
     * Delivers received media from the next exchange on, on native threads.
     *
     * @param video takes the frames
     * @param audio takes the samples
     */
    public void receive(VideoSink video, AudioSink audio) {
        remote = new RemoteTracks(video, audio);
    }

    /**
     * Plays received audio, or drops it.
     *
     * @param enabled true at first
     */
    public void setRemoteAudioEnabled(boolean enabled) {
        if (remote != null && connection != null) {
            remote.setAudioEnabled(enabled);
        }
    }

    /**
     * Makes an offer.
     *
     * @param iceRestart whether it has new ICE credentials
     * @param done gets it
     * @param failed gets the reason
     */
    public void createOffer(boolean iceRestart, Consumer<LocalDescription> done, Consumer<String> failed) {
        RTCOfferOptions options = new RTCOfferOptions();
        options.iceRestart = iceRestart;
        step(
                "Making an offer",
                failed,
                fail -> open().createOffer(options, new NativeEvents.Created(this, created(done, fail), fail)));
    }

    /**
     * Answers the offer that was applied last.
     *
     * @param done gets the answer
     * @param failed gets the reason
     */
    public void createAnswer(Consumer<LocalDescription> done, Consumer<String> failed) {
        step(
                "Making an answer",
                failed,
                fail -> open().createAnswer(
                                new RTCAnswerOptions(), new NativeEvents.Created(this, created(done, fail), fail)));
    }

    private static Consumer<RTCSessionDescription> created(Consumer<LocalDescription> done, Consumer<String> failed) {
        return made -> {
            DescriptionKind kind = made.sdpType == RTCSdpType.OFFER ? DescriptionKind.OFFER : DescriptionKind.ANSWER;
            SessionDescription parsed;
            try {
                parsed = SessionDescription.parse(kind, made.sdp);
            } catch (MalformedSdpException e) {
                failed.accept("the native library made a description that the grammar refuses: " + e.getMessage());
                return;
            }
            done.accept(new LocalDescription(made, parsed));
        };
    }

    /**
     * Applies a description made here.
     *
     * @param description of this connection
     * @param done runs when it is applied
     * @param failed gets the reason
     */
    public void applyLocal(LocalDescription description, Runnable done, Consumer<String> failed) {
        exchange(
                "Applying a local description",
                description.description(),
                done,
                failed,
                observer -> open().setLocalDescription(description.made(), observer));
    }

    /**
     * Applies the peer's description.
     *
     * @param description the offer or answer
     * @param done runs when it is applied
     * @param failed gets the reason
     */
    public void applyRemote(SessionDescription description, Runnable done, Consumer<String> failed) {
        RTCSdpType type = description.kind() == DescriptionKind.OFFER ? RTCSdpType.OFFER : RTCSdpType.ANSWER;
        RTCSessionDescription rebuilt = new RTCSessionDescription(type, description.toSdp());
        exchange(
                "Applying a remote description",
                description,
                done,
                failed,
                observer -> open().setRemoteDescription(rebuilt, observer));
    }

    /** Runs a step that may delete received tracks and drop sent ones. */
    private void exchange(
            String what,
            SessionDescription description,
            Runnable done,
            Consumer<String> failed,
            Consumer<NativeEvents.Applied> step) {
        step(what, failed, fail -> {
            if (remote != null) {
                remote.detach();
            }
            NativeEvents.Applied observer = new NativeEvents.Applied(this, () -> applied(what, done, fail), fail);
            if (description.sections().stream().anyMatch(MediaSection::isRejected)) {
                whileIdle(0, () -> step.accept(observer)); // drops the track from its source
            } else {
                step.accept(observer);
            }
        });
    }

    private void applied(String what, Runnable done, Consumer<String> fail) {
        if (remote != null) {
            try {
                remote.attach(open());
            } catch (Exception | Error e) { // likewise
                LOG.debug("{}: received tracks could not be attached", what, e);
                fail.accept("received tracks could not be attached: " + e.getMessage());
                return;
            }
        }
        done.run();
    }

    /** Keeps every source of sent tracks idle, from the given sender on. */
    private void whileIdle(int from, Runnable work) {
        if (from == senders.size()) {
            work.run();
        } else {
            senders.get(from).track().whileIdle(() -> whileIdle(from + 1, work));
        }
    }

    /** Begins a step; whatever makes it fail reaches the callback once. */
    private void step(String what, Consumer<String> failed, Consumer<Consumer<String>> begin) {
        Consumer<String> fail = reason -> {
            damaged = true;
            failed.accept(what + " failed: " + reason);
        };
        try {
            begin.accept(fail);
        } catch (Exception | Error e) { // the native side throws checked exceptions and Errors without declaring them
            LOG.debug("{} failed", what, e);
            fail.accept(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Adds an address of the peer.
     *
     * @param mid the media id of its section, empty if only the index is known
     * @param index the position of its section
     * @param candidate the address
     */
    public void addCandidate(String mid, int index, IceCandidate candidate) {
        try {
            open().addIceCandidate(new RTCIceCandidate(mid, index, candidate.toSdp()));
        } catch (Exception | Error e) { // likewise
            LOG.debug("The native library refused a candidate", e);
        }
    }

    /**
     * Asks for the counters.
     *
     * @param done gets them, or null if the connection was closed first
     */
    public void stats(Consumer<@Nullable LinkStats> done) {
        awaitingStats.add(done);
        open().getStats(report -> execute(() -> {
            if (awaitingStats.remove(done)) {
                done.accept(StatsReader.read(report));
            }
        }));
    }

    /** Closes the connection and releases what belongs to it, but not the tracks that were sent. A second call does nothing. */
    public void close() {
        RTCPeerConnection last = connection;
        if (last == null) {
            return;
        }
        long handle = NativeRefs.handle(last);
        connection = null;
        if (remote != null) {
            releasing("detaching received tracks", remote::detach);
        }
        for (RtcSender each : senders) {
            each.track().whileIdle(() -> releasing("detaching a sent track", each::detach));
        }
        releasing("closing", last::close);
        releasing("releasing the connection", () -> NativeRefs.release(handle));
        senders.forEach(each -> releasing("releasing a sender", each::release));
        List.copyOf(awaitingStats).forEach(each -> each.accept(null));
        awaitingStats.clear();
    }

    /** What one step throws must not keep the next ones from being done. */
    private static void releasing(String what, Runnable step) {
        try {
            step.run();
        } catch (Exception | Error e) { // likewise
            LOG.warn("A native connection was not released completely: {} failed", what, e);
        }
    }

    /**
     * Whether the process is ending because a sink of received media called {@link System#exit}. Its native thread never returns then,
     * and closing a connection would wait for it.
     *
     * @return true only while the process ends
     */
    public static boolean isProcessEndedBySink() {
        return Thread.getAllStackTraces().values().stream().anyMatch(RemoteTracks::isExit);
    }

    private RTCPeerConnection open() {
        if (connection == null) {
            throw new IllegalStateException("The native connection is closed");
        }
        return connection;
    }

    /** Runs a callback on the executor, unless the connection is closed by then. */
    void execute(Runnable callback) {
        executor.execute(() -> {
            if (connection != null) {
                callback.run();
            }
        });
    }

    Events events() {
        return events;
    }
}

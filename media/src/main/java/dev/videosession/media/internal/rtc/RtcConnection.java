package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.encoding.SimulcastSizes;
import dev.videosession.media.internal.rtc.library.NativeRefs;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.RtcStats;
import dev.videosession.protocol.ice.IceCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native peer connection and the native objects that belong to it. Open until {@link #close()}.
 *
 * <p>All calls are made by tasks of one executor, which also runs all callbacks. No callback runs after close.
 */
public final class RtcConnection {
    private static final Logger LOG = LoggerFactory.getLogger(RtcConnection.class);

    /** Receives the events of a connection. */
    public interface Events {
        /**
         * Called when an address of this end is found.
         *
         * @param mid the media id of its section
         * @param index the position of its section
         * @param candidate the address
         */
        void onCandidate(String mid, int index, IceCandidate candidate);

        /**
         * Called when the state of ICE and DTLS changes.
         *
         * @param state the new state
         */
        void onState(State state);
    }

    /** States of ICE and DTLS together (W3C RTCPeerConnectionState). */
    public enum State {
        /** No description is applied. */
        NEW,
        /** ICE or DTLS is being set up. */
        CONNECTING,
        /** Media can flow. */
        CONNECTED,
        /** The path is lost and may recover. */
        DISCONNECTED,
        /** No path was found. */
        FAILED,
        /** The connection is closed. */
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
    private final SdpExchange exchange = new SdpExchange(this);
    private final List<RtcSender> senders = new ArrayList<>();
    private final List<Consumer<@Nullable RTCStatsReport>> awaitingStats = new ArrayList<>();
    private @Nullable RemoteTracks remote;
    private @Nullable RTCPeerConnection connection;

    /**
     * Opens a connection.
     *
     * @param factory creates it
     * @param ice STUN and TURN servers
     * @param executor runs callbacks, one at a time; the caller is one of its tasks
     * @param events receives candidates and states
     */
    public RtcConnection(RtcFactory factory, IceConfig ice, Executor executor, Events events) {
        this.factory = factory;
        this.executor = executor;
        this.events = events;
        connection = factory.connection(ice.toNative(), new NativeEvents.ConnectionObserver(this));
    }

    /**
     * Replaces the servers. Paths in use stay; the next offer restarts ICE and looks for addresses with the new servers.
     *
     * @param ice STUN and TURN servers; the rest as at the beginning
     */
    public void setIce(IceConfig ice) {
        open().setConfiguration(ice.toNative());
    }

    /** {@return what creates and applies the descriptions of this connection} */
    public SdpExchange exchange() {
        return exchange;
    }

    /**
     * Sends audio, before the first exchange.
     *
     * @param track of the same factory
     * @return controls the encoder
     */
    public RtcSender sendAudio(LocalTrack track) {
        return send(track, factory.audioCodecs(), 1);
    }

    /**
     * Sends video in one or several encodings, before the first exchange.
     *
     * @param track of the same factory
     * @param codec how it is encoded
     * @param encodings how many, see {@link SimulcastSizes}; more than one only to a peer that takes them. The native library cannot
     *     change several encodings afterwards
     * @return controls the encoder
     */
    public RtcSender sendVideo(LocalTrack track, VideoCodec codec, int encodings) {
        return send(track, factory.videoCodecs(codec), encodings);
    }

    private RtcSender send(LocalTrack track, List<RTCRtpCodecCapability> codecs, int encodings) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        for (int i = 0; encodings > 1 && i < encodings; i++) {
            RTCRtpEncodingParameters encoding = new RTCRtpEncodingParameters();
            encoding.active = true;
            encoding.scaleResolutionDownBy = (double) SimulcastSizes.divisor(i, encodings);
            init.sendEncodings.add(encoding);
        }
        init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
        init.streamIds = List.of("media");
        // outside of whileIdle: this takes a lock that dispose() holds while it waits for the source
        MediaStreamTrack raw = track.track();
        List<RTCRtpTransceiver> created = new ArrayList<>();
        track.whileIdle(() -> created.add(open().addTransceiver(raw, init)));
        RTCRtpTransceiver transceiver = created.get(0);
        RtcSender sender = new RtcSender(transceiver, track);
        senders.add(sender);
        transceiver.setCodecPreferences(codecs);
        return sender;
    }

    /**
     * Delivers received media from the next exchange on, on native threads.
     *
     * @param video gets the frames
     * @param audio gets the samples
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

    /** Ends the delivery of received media until the next exchange. Nothing is delivered when this returns. */
    public void stopReceiving() {
        if (remote != null) {
            remote.detach();
        }
    }

    /** Delivers received media again. */
    void attachRemoteTracks() {
        if (remote != null) {
            remote.attach(open());
        }
    }

    /** Runs native work while nothing is pushed into the sources of sent tracks. */
    void whileSourcesAreIdle(Runnable work) {
        whileIdle(0, work);
    }

    private void whileIdle(int from, Runnable work) {
        if (from == senders.size()) {
            work.run();
        } else {
            senders.get(from).track().whileIdle(() -> whileIdle(from + 1, work));
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
        } catch (Exception | Error e) { // the native side throws both without declaring them
            LOG.debug("event=candidateRefused", e);
        }
    }

    /**
     * Asks for the statistics.
     *
     * @param done gets them, or null if the connection is closed first
     */
    public void stats(Consumer<@Nullable LinkStats> done) {
        report(report -> done.accept(report == null ? null : StatsReader.read(report)));
    }

    /**
     * Asks for the entries of the native report.
     *
     * @param done gets them, or null if the connection is closed first
     */
    public void entries(Consumer<@Nullable List<RtcStats>> done) {
        report(report -> done.accept(report == null ? null : StatsReader.entries(report)));
    }

    private void report(Consumer<@Nullable RTCStatsReport> done) {
        awaitingStats.add(done);
        open().getStats(report -> execute(() -> {
            if (awaitingStats.remove(done)) {
                done.accept(report);
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
            runStep("stopReceiving", remote::detach);
        }
        for (RtcSender each : senders) {
            each.track().whileIdle(() -> runStep("detachSender", each::detach));
        }
        runStep("close", last::close);
        runStep("release", () -> NativeRefs.release(handle));
        senders.forEach(each -> runStep("releaseSender", each::release));
        List.copyOf(awaitingStats).forEach(each -> each.accept(null));
        awaitingStats.clear();
    }

    /** Runs one step of closing; an exception does not prevent the next steps. */
    private static void runStep(String step, Runnable work) {
        try {
            work.run();
        } catch (Exception | Error e) { // likewise
            LOG.warn("event=connectionReleaseFailed step={}", step, e);
        }
    }

    /**
     * Checks whether the process is ending because a sink of received media called {@link System#exit}. Its native thread never returns
     * then, and closing a connection would wait for it.
     *
     * @return true only while the process is ending
     */
    public static boolean isProcessEndedBySink() {
        return Thread.getAllStackTraces().values().stream().anyMatch(RemoteTracks::isExit);
    }

    /** {@return the open native connection} */
    RTCPeerConnection open() {
        if (connection == null) {
            throw new IllegalStateException("The native connection is closed.");
        }
        return connection;
    }

    /** Runs a callback on the executor unless the connection is closed by then. */
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

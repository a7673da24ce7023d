package dev.videosession.media.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import dev.videosession.media.probe.ToneMeter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Properties of media that depend on single attributes still arrive when every description is rebuilt from its parsed form. */
class RebuiltMediaTest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final ScheduledExecutorService pushing = Executors.newSingleThreadScheduledExecutor();

    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    @AfterEach
    void stop() throws InterruptedException {
        pushing.shutdownNow();
        assertThat(pushing.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    private record Shown(int width, int height, int rotation) {}

    /** Without the extension the sender turns the pixels itself, and the size changes. */
    @Test
    void theRotationOfAFrameArrives() throws Exception {
        assertThat(shown(UnaryOperator.identity())).isEqualTo(new Shown(320, 180, 90));
        assertThat(shown(sdp -> sdp.replaceAll("a=extmap:\\d+ urn:3gpp:video-orientation\r\n", "")))
                .isEqualTo(new Shown(180, 320, 0));
    }

    private Shown shown(UnaryOperator<String> onTheWay) throws Exception {
        AtomicReference<Shown> last = new AtomicReference<>();
        try (RebuiltNativePair pair = new RebuiltNativePair(track -> {
            if (track instanceof VideoTrack video) {
                video.addSink(frame -> {
                    last.set(new Shown(frame.buffer.getWidth(), frame.buffer.getHeight(), frame.rotation));
                    frame.release();
                });
            }
        })) {
            CustomVideoSource source = new CustomVideoSource();
            pair.sender.addTrack(pair.sending.createVideoTrack("video", source), List.of("media"));
            pair.connect(UnaryOperator.identity(), onTheWay);
            var pushed = pushing.scheduleAtFixedRate(() -> push(source, 320, 180, 90), 0, 50, TimeUnit.MILLISECONDS);
            await("a frame").atMost(LIMIT).until(() -> last.get() != null);
            pushed.cancel(false);
            return last.get();
        }
    }

    private static void push(CustomVideoSource source, int width, int height, int rotation) {
        VideoFrame frame = new VideoFrame(NativeI420Buffer.allocate(width, height), rotation, System.nanoTime());
        source.pushFrame(frame);
        frame.release();
    }

    /** A different tone in each channel; mono would have the sum of both in one. */
    @Test
    void stereoAudioArrives() throws Exception {
        UnaryOperator<String> stereo = sdp -> sdp.replace("useinbandfec=1", "useinbandfec=1;stereo=1;sprop-stereo=1");
        ToneMeter left = new ToneMeter();
        ToneMeter right = new ToneMeter();
        try (RebuiltNativePair pair = new RebuiltNativePair(track -> {
            if (track instanceof AudioTrack audio) {
                audio.addSink((bytes, bits, rate, channels, frames) -> {
                    short[] samples = new short[channels * frames];
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.nativeOrder())
                            .asShortBuffer()
                            .get(samples);
                    left.onSamples(channel(samples, channels, 0), rate, 1, frames);
                    right.onSamples(channel(samples, channels, channels - 1), rate, 1, frames);
                });
            }
        })) {
            CustomAudioSource source = new CustomAudioSource();
            pair.sender.addTrack(pair.sending.createAudioTrack("audio", source), List.of("media"));
            pair.connect(stereo, UnaryOperator.identity());
            byte[][] blocks = tones(400, 1000);
            int[] next = {0};
            pushing.scheduleAtFixedRate(
                    () -> source.pushAudio(blocks[next[0]++ % blocks.length], 16, 48_000, 2, 480),
                    0,
                    10,
                    TimeUnit.MILLISECONDS);

            await("a tone on each side").atMost(LIMIT).untilAsserted(() -> {
                assertThat(left.hertz()).isCloseTo(400, within(10.0));
                assertThat(right.hertz()).isCloseTo(1000, within(25.0));
            });
        }
    }

    private static short[] channel(short[] samples, int channels, int wanted) {
        short[] result = new short[samples.length / channels];
        for (int i = 0; i < result.length; i++) {
            result[i] = samples[i * channels + wanted];
        }
        return result;
    }

    /** Blocks of 10 ms that repeat without a jump: both frequencies are whole in 100 ms. */
    private static byte[][] tones(int left, int right) {
        byte[][] blocks = new byte[10][];
        for (int block = 0; block < blocks.length; block++) {
            ByteBuffer bytes = ByteBuffer.allocate(480 * 4).order(ByteOrder.nativeOrder());
            for (int i = 0; i < 480; i++) {
                double second = (block * 480 + i) / 48_000.0;
                bytes.putShort((short) (8_000 * Math.sin(2 * Math.PI * left * second)));
                bytes.putShort((short) (8_000 * Math.sin(2 * Math.PI * right * second)));
            }
            blocks[block] = bytes.array();
        }
        return blocks;
    }

    /** The receiver answers as a media router does: it accepts every layer. */
    @Test
    void threeLayersAreSent() throws Exception {
        UnaryOperator<String> router = sdp -> sdp.contains("a=recvonly") && !sdp.contains("a=simulcast")
                ? sdp + "a=rid:0 recv\r\na=rid:1 recv\r\na=rid:2 recv\r\na=simulcast:recv 0;1;2\r\n"
                : sdp;
        try (RebuiltNativePair pair = new RebuiltNativePair(track -> {})) {
            CustomVideoSource source = new CustomVideoSource();
            RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
            init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
            init.streamIds = List.of("media");
            init.sendEncodings = layers();
            RTCRtpTransceiver transceiver =
                    pair.sender.addTransceiver(pair.sending.createVideoTrack("video", source), init);
            transceiver.setCodecPreferences(pair.sending.getRtpSenderCapabilities(MediaType.VIDEO).getCodecs().stream()
                    .filter(codec -> codec.getName().equalsIgnoreCase("VP8"))
                    .toList());

            String offer = pair.connect(UnaryOperator.identity(), router);
            pushing.scheduleAtFixedRate(() -> push(source, 1280, 720, 0), 0, 66, TimeUnit.MILLISECONDS);

            assertThat(offer).contains("a=rid:0 send", "a=rid:1 send", "a=rid:2 send", "a=simulcast:send 0;1;2");
            await("frames in each layer")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(sentLayers(pair)).hasSize(3));
        }
    }

    private static List<RTCRtpEncodingParameters> layers() {
        List<RTCRtpEncodingParameters> layers = new ArrayList<>();
        for (double scale : new double[] {4, 2, 1}) {
            RTCRtpEncodingParameters layer = new RTCRtpEncodingParameters();
            layer.active = true;
            layer.scaleResolutionDownBy = scale;
            layers.add(layer);
        }
        return layers;
    }

    private static Set<Object> sentLayers(RebuiltNativePair pair) throws Exception {
        CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
        pair.sender.getStats(report::complete);
        Set<Object> layers = new HashSet<>();
        for (RTCStats each : report.get(5, TimeUnit.SECONDS).getStats().values()) {
            Object frames = each.getAttributes().get("framesEncoded");
            if (each.getType() == RTCStatsType.OUTBOUND_RTP
                    && frames instanceof Number count
                    && count.longValue() > 2) {
                layers.add(each.getAttributes().get("rid"));
            }
        }
        return layers;
    }
}

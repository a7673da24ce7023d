package dev.videosession.media.internal.link;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A process that negotiates for real and takes every text from another process: what {@link
 * dev.videosession.media.internal.link.fuzz.SignalingFuzzTest} attacks. It opens pairs of links whose signaling passes through that
 * process, so
 * that it is a publisher and a subscriber at once, and one pair that is not attacked, whose frames it counts.
 *
 * <p>Commands on standard input and events on standard output are lines of words; texts are Base64.
 */
public final class FuzzVictim {
    private static final LinkConfig CONFIG = new LinkConfig(
            java.util.List.of(),
            LinkConfig.IcePolicy.ALL,
            new CandidatePolicy(true, true),
            LinkConfig.TurnCertificates.VERIFIED);

    private final Map<String, Ends> pairs = new ConcurrentHashMap<>();
    private final RtcEngine engine = new RtcEngine(new RtcFactories(true), TimeSource.system());
    private final LocalMedia video = engine.capture(VideoSources.pattern(new VideoFormat(160, 120, 10)), null);
    private final LocalMedia audio = engine.capture(null, AudioSources.tone(440));
    private final LocalMedia both =
            engine.capture(VideoSources.pattern(new VideoFormat(160, 120, 10)), AudioSources.tone(440));

    private record Ends(OutgoingLink sender, IncomingLink receiver) {}

    private FuzzVictim() {}

    /**
     * Runs until standard input ends.
     *
     * @param args none
     * @throws Exception what a broken test throws
     */
    public static void main(String[] args) throws Exception {
        FuzzVictim victim = new FuzzVictim();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            try (LinkPair witness = new LinkPair(victim.engine, victim.both)) {
                AtomicInteger frames = new AtomicInteger();
                witness.receiver
                        .video()
                        .addSink(frame -> FrameStamp.read(frame).ifPresent(stamp -> frames.incrementAndGet()));
                victim.run(in, frames);
            }
            victim.engine.close();
        }
        print("closed");
        System.out.close();
    }

    private void run(BufferedReader in, AtomicInteger frames) throws IOException {
        print("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("witness")) {
                print("witness " + frames.get());
            } else {
                command(words);
            }
        }
    }

    private void command(String[] words) {
        String id = words[1];
        switch (words[0]) {
            case "open" -> open(id, words[2]);
            case "description" -> description(id, words);
            case "candidate" -> candidate(id, words);
            case "offer" ->
                ifOpen(id, ends -> {
                    if (ends.sender.state() == LinkState.CONNECTED) {
                        ends.sender.restartIce();
                    } else {
                        ends.sender.resendOffer();
                    }
                });
            case "settings" ->
                ifOpen(id, ends -> {
                    ends.sender.setVideoActive(words[2].equals("on"));
                    ends.receiver.setAudioActive(words[2].equals("on"));
                    ends.receiver.audio().setVolume(words[2].equals("on") ? 100 : 0);
                    ends.sender.setMaxBitrate(words[2].equals("on") ? 0 : 30_000);
                });
            case "closeSender" -> ifOpen(id, ends -> ends.sender.close());
            case "closeReceiver" -> ifOpen(id, ends -> ends.receiver.close());
            case "close" -> {
                ifOpen(id, ends -> {
                    ends.sender.close();
                    ends.receiver.close();
                });
                pairs.remove(id);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void ifOpen(String id, java.util.function.Consumer<Ends> work) {
        Ends ends = pairs.get(id);
        if (ends != null) {
            work.accept(ends);
        }
    }

    private void open(String id, String media) {
        IncomingLink receiver = engine.receive(CONFIG, new Report(id, "in"));
        LocalMedia sent = media.equals("both") ? both : media.equals("video") ? video : audio;
        OutgoingLink sender = engine.send(sent, CONFIG, new Report(id, "out"));
        pairs.put(id, new Ends(sender, receiver));
    }

    /** {@code description ID END NUMBER KIND TEXT}. */
    private void description(String id, String[] words) {
        Ends ends = pairs.get(id);
        if (ends == null) {
            return;
        }
        PeerLink link = words[2].equals("in") ? ends.receiver : ends.sender;
        int number = Integer.parseInt(words[3]);
        DescriptionKind kind = words[4].equals("offer") ? DescriptionKind.OFFER : DescriptionKind.ANSWER;
        RemoteDescription description = RemoteDescription.parse(number, kind, decode(words[5]));
        link.remoteDescription(description);
        link.loop.execute(() -> report(link, id + " " + words[2] + " " + number, number));
    }

    /** Says what became of a description, once the exchange is over. */
    private static void report(PeerLink link, String about, int number) {
        NegotiationState state = link.negotiation().state();
        if (state.isBusy()) {
            link.loop.schedule(() -> report(link, about, number), 2, TimeUnit.MILLISECONDS);
        } else if (link.negotiation().number() != number) {
            print("took " + about + " ignored");
        } else if (state == NegotiationState.BROKEN) {
            print("took " + about + (link.connection().exchange().isDamaged() ? " failed" : " refused"));
        } else {
            print("took " + about + (state == NegotiationState.STABLE ? " applied" : " ignored"));
        }
    }

    /** {@code candidate ID END NUMBER MID INDEX TEXT}. */
    private void candidate(String id, String[] words) {
        Ends ends = pairs.get(id);
        if (ends != null) {
            String mid = words[4].isEmpty() ? null : decode(words[4]);
            RemoteCandidate candidate = RemoteCandidate.parse(
                    Integer.parseInt(words[3]), mid, Integer.parseInt(words[5]), decode(words[6]));
            (words[2].equals("in") ? ends.receiver : ends.sender).remoteCandidate(candidate);
        }
    }

    /** {@return a text as one word of a command or event, empty for null} */
    public static String encode(@Nullable String text) {
        return text == null ? "" : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("SystemOut") // what the parent reads
    private static void print(String line) {
        synchronized (System.out) {
            System.out.println("> " + line);
        }
    }

    private record Report(String id, String end) implements LinkSignaling {
        @Override
        public void sendDescription(LinkDescription description) {
            print("description " + id + " " + end + " " + description.negotiation() + " "
                    + description.kind().wireName() + " "
                    + encode(description.description().toSdp()));
        }

        @Override
        public void sendCandidate(LinkCandidate candidate) {
            print("candidate " + id + " " + end + " " + candidate.negotiation() + " " + encode(candidate.mid()) + " "
                    + candidate.index() + " " + encode(candidate.candidate().toSdp()));
        }

        @Override
        public void stateChanged(LinkState state) {
            print("state " + id + " " + end + " " + state);
        }
    }
}

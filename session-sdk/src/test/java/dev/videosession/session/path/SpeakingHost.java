package dev.videosession.session.path;

import dev.videosession.media.AudioSources;
import dev.videosession.media.CustomAudio;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Two participants who speak in turns, and their server. A program that ends with its standard input. */
final class SpeakingHost {
    private static final List<String> NAMES = List.of("ada", "bob");
    private static final int TURN_MILLIS = 3_000;
    private static final int WORD_MILLIS = 400;
    private static final int PAUSE_MILLIS = 200;

    private SpeakingHost() {}

    public static void main(String[] arguments) throws IOException {
        String host = arguments[0];
        LiveServer server = new LiveServer(
                new Timings(5_000, 15_000, 60_000),
                builder -> builder.host(host).router(new JanusSettings(Path.of("/usr/bin/janus"))));
        SessionId id = arguments[1].equals("routed") ? server.newRoutedSession() : server.newSession();
        List<CustomAudio> voices =
                NAMES.stream().map(name -> speaker(server, id, name)).toList();
        ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();
        short[] words = words();
        int[] turn = {0};
        turns.scheduleAtFixedRate(
                () -> {
                    int speaking = turn[0]++ % voices.size();
                    print("turn " + NAMES.get(speaking));
                    voices.get(speaking).push(words, 1);
                },
                TURN_MILLIS,
                TURN_MILLIS,
                TimeUnit.MILLISECONDS);
        System.out.println("call " + server.server.uri() + " " + id + " " + server.token(id, Role.SUBSCRIBER, "far"));
        while (System.in.read() >= 0) {
            // until the test ends
        }
        Runtime.getRuntime().halt(closed(server));
    }

    private static CustomAudio speaker(LiveServer server, SessionId id, String name) {
        CustomAudio voice = AudioSources.custom();
        Participant participant = server.join(id, Role.PUBLISHER, name);
        participant
                .session
                .publish(Publisher.builder().audio(voice).name(name).build())
                .blockingAwait();
        return voice;
    }

    /** Words with pauses, for one turn. */
    private static short[] words() {
        int perMilli = CustomAudio.SAMPLE_RATE / 1_000;
        short[] samples = new short[(TURN_MILLIS - PAUSE_MILLIS) * perMilli];
        for (int i = 0; i < samples.length; i++) {
            boolean word = i / perMilli % (WORD_MILLIS + PAUSE_MILLIS) < WORD_MILLIS;
            samples[i] = word ? (short) (8_000 * Math.sin(2 * Math.PI * 300 * i / CustomAudio.SAMPLE_RATE)) : 0;
        }
        return samples;
    }

    private static void print(String text) {
        System.out.println("at " + System.currentTimeMillis() + " " + text + " 0");
    }

    private static int closed(LiveServer server) {
        server.close();
        return 0;
    }
}

package dev.videosession.session.path;

import dev.videosession.session.ServerAddress;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.precall.PreCallResult;
import dev.videosession.session.precall.PreCallTest;

/** Runs a pre-call test at the end of a limited path and prints what it measures and recommends. */
final class LimitedPreCall {
    private LimitedPreCall() {}

    public static void main(String[] arguments) {
        PreCallResult result = PreCallTest.of(
                        ServerAddress.listOf(arguments[0]),
                        String.valueOf(LiveServer.API_KEY),
                        arguments[1],
                        arguments[2])
                .withRelay(false)
                .run(progress -> {})
                .blockingGet();
        result.measurement().ifPresent(measured -> {
            print("bitrate", measured.bitrate() / 1_000);
            print("loss", Math.round(measured.lossPercent()));
        });
        print("size " + result.recommended().map(Object::toString).orElse("audio"), 0);
        System.exit(0);
    }

    private static void print(String what, long number) {
        String[] words = what.split(" ", -1);
        System.out.println("at " + System.currentTimeMillis() + " precall-" + words[0] + " "
                + (words.length > 1 ? words[1] : "measured") + " " + number);
    }
}

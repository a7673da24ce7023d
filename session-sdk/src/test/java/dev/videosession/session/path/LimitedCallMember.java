package dev.videosession.session.path;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.QualityRating;
import dev.videosession.session.QualityScore;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.fixture.Participant;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/** A participant at the end of a limited path who sends and receives, and prints the ratings. Ends with its standard input. */
final class LimitedCallMember {
    private LimitedCallMember() {}

    public static void main(String[] arguments) throws IOException {
        Participant far = new Participant(URI.create(arguments[0]), new SessionId(arguments[1]), "far", null);
        far.session.addListener(new SessionListener() {
            @Override
            public void onStreamCreated(SessionEvent.StreamCreated event) { // the participant has subscribed before
                printReceived(far.received.get(event.stream().name()).subscriber);
            }
        });
        far.session.connect(arguments[2]).blockingAwait();
        Publisher camera = Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(640, 360, 30)))
                .audio(AudioSources.tone(660))
                .name("up")
                .build();
        AtomicReference<ConnectionId> reported = new AtomicReference<>();
        camera.addListener(new PublisherListener() {
            @Override
            public void onQualityScoreChanged(ConnectionId subscriber, QualityScore score) {
                if (subscriber.equals(reported.updateAndGet(first -> first == null ? subscriber : first))) {
                    print("sent", score); // one path only: in a relayed session there are two
                }
            }
        });
        far.session.publish(camera).blockingAwait();
        while (System.in.read() >= 0) {
            // until the test ends
        }
        Runtime.getRuntime().halt(0);
    }

    private static void printReceived(Subscriber subscriber) {
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onQualityScoreChanged(QualityScore score) {
                print("received", score);
            }
        });
    }

    private static void print(String path, QualityScore score) {
        score.audio().ifPresent(rating -> print(path + "-audio", rating));
        score.video().ifPresent(rating -> print(path + "-video", rating));
    }

    private static void print(String medium, QualityRating rating) {
        System.out.println("at " + System.currentTimeMillis() + " " + medium + " " + rating.cause() + "/"
                + rating.side() + " " + rating.score());
    }
}

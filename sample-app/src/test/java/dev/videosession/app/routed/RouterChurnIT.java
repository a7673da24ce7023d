package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.server.settings.JanusEndpoint;
import dev.videosession.session.Publisher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Publications and subscriptions with media, one after the other, leave nothing at the router, the server and the clients. */
class RouterChurnIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int WARM_UP = 50;
    private static final int PUBLICATIONS = 200;
    private static final int SUBSCRIPTIONS = 500;
    private static final double JANUS_MEGABYTES = 3;

    @TempDir
    private Path directory;

    @Test
    void publicationsAndSubscriptionsLeaveNothingAtTheRouter() throws Exception {
        try (OwnJanus janus = new OwnJanus(directory);
                LocalCall call = new LocalCall(
                        builder -> builder.router(new JanusEndpoint(janus.uri(), "", OwnJanus.ADMIN_KEY)))) {
            int control = janus.handles();
            for (int i = 0; i < 4; i++) {
                Publisher publisher = call.publish();
                call.subscribe().destroy();
                call.subscribe();
                call.unpublish(publisher);
            }
            await("the router is empty").atMost(LIMIT).until(() -> janus.handles() == control && janus.rooms() == 0);
            assertThat(call.gauge("publishers") + call.gauge("subscribers") + call.gauge("rooms"))
                    .isZero();
        }
    }

    @Test
    @Tag("faults")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void routerServerAndClientsReturnToTheirBaseline() throws Exception {
        try (OwnJanus janus = new OwnJanus(directory);
                LiveSession call = LiveSession.withResidentHeap(
                        directory,
                        "--router",
                        janus.uri().toString(),
                        "--router-admin-key-file",
                        janus.keyFile().toString())) {
            Child publisher = call.bot("publisher", call.token("publisher"), "--video", "320x180@15");
            Child subscriber = call.bot("subscriber", call.token("subscriber"), "--no-publish");
            subscriber.event("firstFrame", LIMIT);
            List<ProcessUse> processes = Stream.of(call.server(), publisher, subscriber)
                    .map(each -> new ProcessUse(each.pid()))
                    .toList();
            int handles = janus.handles();
            for (int i = 0; i < WARM_UP; i++) {
                publishAgain(publisher, subscriber);
                subscribeAgain(subscriber, LiveSession.stream(publisher, i + 1));
            }
            Memory warm = Memory.of(janus, processes);
            for (int i = 0; i < PUBLICATIONS; i++) {
                publishAgain(publisher, subscriber);
            }
            Memory published = Memory.of(janus, processes);
            String stream = LiveSession.stream(publisher, WARM_UP + PUBLICATIONS);
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                subscribeAgain(subscriber, stream);
            }
            Memory subscribed = Memory.of(janus, processes);
            System.out.println(PUBLICATIONS + " times published: from " + warm + " to " + published);
            System.out.println(SUBSCRIPTIONS + " times subscribed: to " + subscribed);
            await("no more handles than before").atMost(LIMIT).until(() -> janus.handles() == handles);
            assertThat(janus.rooms()).isEqualTo(1);
            assertThat(subscribed.janus - warm.janus).as("memory of Janus").isLessThan(JANUS_MEGABYTES);
            for (int i = 0; i < processes.size(); i++) {
                subscribed.processes.get(i).assertBaseline(warm.processes.get(i));
            }
            publisher.send("{\"do\":\"exit\"}");
            subscriber.send("{\"do\":\"exit\"}");
            await("no room is left").atMost(LIMIT).until(() -> janus.rooms() == 0);
            await("only the server's own handle is left").atMost(LIMIT).until(() -> janus.handles() == 1);
        }
    }

    /** What Janus, the server, the publisher and the subscriber hold. */
    private record Memory(double janus, List<MemoryUse> processes) {
        static Memory of(OwnJanus janus, List<ProcessUse> processes) {
            return new Memory(
                    janus.use().residentMegabytes(),
                    processes.stream().map(MemoryUse::of).toList());
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "Janus %.1f MB, server %s, publisher %s, subscriber %s",
                    janus,
                    processes.get(0),
                    processes.get(1),
                    processes.get(2));
        }
    }

    private static void publishAgain(Child publisher, Child subscriber) throws IOException {
        int seen = subscriber.events().size();
        command(publisher, "{\"do\":\"unpublish\"}", "unpublish");
        command(publisher, "{\"do\":\"publish\"}", "publish");
        subscriber.event("firstFrame", LIMIT, seen, event -> true);
    }

    private static void subscribeAgain(Child subscriber, String stream) throws IOException {
        int seen = subscriber.events().size();
        command(subscriber, "{\"do\":\"unsubscribe\",\"stream\":\"" + stream + "\"}", "unsubscribe");
        command(subscriber, "{\"do\":\"subscribe\",\"stream\":\"" + stream + "\"}", "subscribe");
        subscriber.event("firstFrame", LIMIT, seen, event -> true);
    }

    private static void command(Child bot, String line, String name) throws IOException {
        int seen = bot.events().size();
        bot.send(line);
        await(name)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> bot.events(seen).stream().anyMatch(event -> name.equals(event.get("do"))));
        assertThat(bot.events(seen)).noneMatch(event -> "error".equals(event.get("event")));
    }
}

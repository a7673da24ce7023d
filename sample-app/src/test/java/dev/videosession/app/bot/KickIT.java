package dev.videosession.app.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A moderator, a participant that is removed and an observer: three bots and a server, four processes. */
class KickIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final long SOON_MILLIS = 100;

    @TempDir
    private Path directory;

    private LiveSession session;

    @BeforeEach
    void startServer() throws IOException {
        session = new LiveSession(directory);
    }

    @AfterEach
    void endEverything() {
        session.close();
    }

    /**
     * The first removal loads classes in every process and shares the machine with other tests, so three are measured: each
     * must tell the right story, the fastest must be fast.
     */
    @Test
    void removedAndRemainingClientsReceiveTheEndQuickly() throws Exception {
        Child moderator = session.bot("moderator", session.token("moderator"));
        Child victim = session.bot("victim", session.token("publisher"), "--video", "320x180@30");
        Child third = session.bot("third", session.token("publisher"), "--video", "320x180@30");
        long fastest = Long.MAX_VALUE;
        long since = 0;
        for (int removal = 0; removal < 3; removal++) {
            if (removal > 0) {
                since = System.currentTimeMillis();
                victim.send("{\"do\":\"connect\"}");
                victim.event("sessionConnected", LIMIT, after(since));
                victim.send("{\"do\":\"publish\"}");
            }
            fastest = Math.min(fastest, remove(moderator, victim, third, since));
        }
        assertThat(fastest).isLessThanOrEqualTo(SOON_MILLIS);
        assertThat(types(victim)).doesNotContain("connectionDestroyed");
        assertThat(victim.terminate()).isZero();
        assertThat(third.terminate()).isZero();
        assertThat(moderator.terminate()).isZero();
        assertThat(types(victim).stream().filter("sessionDisconnected"::equals)).hasSize(3);
    }

    /** Removes the victim as it has been in the session since a moment; returns how long the slowest took to learn it. */
    private static long remove(Child moderator, Child victim, Child third, long since) throws IOException {
        Object connection =
                victim.event("sessionConnected", LIMIT, after(since)).get("connectionId");
        String stream = (String)
                victim.event("publisherStreamCreated", LIMIT, after(since)).get("streamId");
        Predicate<Map<String, Object>> ofVictim = event -> stream.equals(event.get("streamId"));
        third.event("media", LIMIT, ofVictim.and(event -> number(event, "frames") > 30));
        moderator.event("media", LIMIT, ofVictim.and(event -> number(event, "frames") > 30));

        long ordered = System.currentTimeMillis();
        moderator.send(
                "{\"do\":\"forceDisconnect\",\"connection\":\"" + connection + "\",\"message\":\"please leave\"}");
        Map<String, Object> done = moderator.event("done", LIMIT, after(ordered));
        Map<String, Object> told = victim.event("sessionDisconnected", LIMIT, after(ordered));
        Map<String, Object> streamGone = third.event("streamDestroyed", LIMIT, ofVictim);
        Map<String, Object> connectionGone =
                third.event("connectionDestroyed", LIMIT, event -> connection.equals(event.get("connectionId")));
        Map<String, Object> last = third.event("subscriberDestroyed", LIMIT, ofVictim);
        Map<String, Object> lastAtModerator = moderator.event("subscriberDestroyed", LIMIT, ofVictim);

        System.out.printf(
                "after the moderator's order: the victim received it after %d ms, another client the end of the stream after %d ms and of the connection"
                        + " %d ms, moderator answered %d ms, last frame at the third %d ms, at the moderator %d ms%n",
                at(told) - ordered,
                at(streamGone) - ordered,
                at(connectionGone) - ordered,
                at(done) - ordered,
                (long) number(last, "lastFrameAt") - ordered,
                (long) number(lastAtModerator, "lastFrameAt") - ordered);
        assertThat(told)
                .containsEntry("reason", "forceDisconnected")
                .containsEntry("detail", "kicked")
                .containsEntry("message", "please leave");
        assertThat(streamGone).containsEntry("reason", "forceDisconnected").containsEntry("connectionId", connection);
        assertThat(connectionGone).containsEntry("reason", "forceDisconnected").containsEntry("detail", "kicked");
        assertThat(third.events()).containsSubsequence(List.of(streamGone, connectionGone));
        assertNothingMoreOf(stream, third, at(streamGone), last);
        assertNothingMoreOf(stream, moderator, at(last) + SOON_MILLIS, lastAtModerator);
        return Math.max(at(told), at(connectionGone)) - ordered;
    }

    private static Predicate<Map<String, Object>> after(long millis) {
        return event -> at(event) >= millis;
    }

    /** No frame after the end; the reports of the second that follows no longer know the stream. */
    private static void assertNothingMoreOf(String stream, Child bot, long end, Map<String, Object> last) {
        assertThat((long) number(last, "lastFrameAt")).isLessThanOrEqualTo(end);
        bot.event("publisherMedia", LIMIT, event -> at(event) > at(last) + 1000);
        List<Map<String, Object>> events = bot.events();
        assertThat(events.subList(events.indexOf(last) + 1, events.size()))
                .noneMatch(event -> stream.equals(event.get("streamId")));
    }

    private static long at(Map<String, Object> event) {
        return (long) number(event, "at");
    }

    private static double number(Map<String, Object> event, String field) {
        return event.get(field) instanceof Double value ? value : -1;
    }

    private static List<Object> types(Child bot) {
        return bot.events().stream().map(event -> event.get("event")).toList();
    }
}

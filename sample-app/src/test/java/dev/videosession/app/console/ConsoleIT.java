package dev.videosession.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import dev.videosession.session.Session;
import java.awt.Rectangle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console on a display of its own, operated through its buttons; server and bots in processes of their own. */
class ConsoleIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final Path PICTURES = Path.of("target", "console");

    @TempDir
    private Path directory;

    private final List<Session> clients = new ArrayList<>();
    private Screen screen;
    private LiveSession session;
    private DrivenWindow window;

    @BeforeEach
    void openDisplay() throws IOException {
        Files.createDirectories(PICTURES);
        screen = new Screen(directory);
        session = new LiveSession(directory);
    }

    @AfterEach
    void endEverything() {
        try (Screen openScreen = screen;
                LiveSession openSession = session;
                DrivenWindow openWindow = window) {
            clients.forEach(
                    Session::close); // the window, the server and the screen follow, each one even if another fails
        }
    }

    private void open(String token) throws IOException {
        window = DrivenWindow.start(directory, screen, List.of("console", session.url(), session.id(), token));
    }

    private Child bot(String name, String... options) throws IOException {
        return session.bot(name, session.token("publisher", "name=" + name), options);
    }

    private void awaitParticipants(int number) {
        await(number + " participants are listed")
                .atMost(LIMIT)
                .until(() -> window.names("participant:"), names -> names.size() == number);
    }

    @Test
    void aParticipantIsRemovedWithAMessageAndLeavesTheList() throws Exception {
        Child ada = bot("Ada", "--tone", "440");
        Child ben = bot("Ben", "--video", "320x180@15");
        open(session.token("moderator"));
        window.awaitText("status", text -> text.equals("Connected as moderator, 2 other clients, 2 streams"));
        awaitParticipants(2);
        String adasStream = LiveSession.stream(ada);
        String bens = LiveSession.connection(ben);
        assertThat(window.text("name:" + bens)).isEqualTo("Ben");
        assertThat(window.text("role:" + bens)).startsWith("publisher, joined ");
        window.awaitMoves("thumbnail:" + adasStream);
        window.awaitMoves("thumbnail:" + LiveSession.stream(ben));
        window.lag(); // that of opening the window

        window.click("remove:" + bens);
        window.awaitText("action-message", String::isEmpty);
        window.write("action-message", "<html>Please come back on Monday");
        window.shot(PICTURES.resolve("before.png"));
        window.click("action-confirm");
        assertThat(ben.event("sessionDisconnected", LIMIT))
                .containsEntry("reason", "forceDisconnected")
                .containsEntry("detail", "kicked")
                .containsEntry("message", "<html>Please come back on Monday");
        ada.event("connectionDestroyed", LIMIT, event -> bens.equals(event.get("connectionId")));
        awaitParticipants(1);
        window.awaitText("timeline", text -> text.contains("Ben is no longer in the session: removed by a moderator"));
        assertThat(window.text("timeline"))
                .containsSubsequence(
                        "Ben no longer sends media, because a moderator ended the stream",
                        "Ben is no longer in the session: removed by a moderator");
        assertThat(window.text("status")).isEqualTo("Connected as moderator, 1 other client, 1 stream");
        window.awaitText("notice", text -> text.equals("Ben was removed"));
        window.shot(PICTURES.resolve("after.png"));
        window.awaitMoves("thumbnail:" + adasStream);

        Duration lag = window.lag();
        System.out.println("the Swing thread kept others waiting " + lag.toMillis() + " ms at most");
        assertThat(lag).isLessThan(LONGEST_DELAY);
        assertThat(window.process().terminate()).isZero();
        ada.event("connectionDestroyed", LIMIT, event -> "clientDisconnected".equals(event.get("reason")));
    }

    /** Names are chosen by participants: they must neither cover what the moderator needs nor rewrite it. */
    @Test
    void nameThatIsLongOrHostileCoversNothing() throws Exception {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        List<String> names = List.of(
                "Wilhelmina ".repeat(80),
                "W".repeat(900),
                "Ada\u202Erotaredom\u202C",
                "\u05D0\u05D3\u05D4 \u05DC\u05D0\u05D1\u05DC\u05D9\u05D9\u05E1 1",
                "Z" + "\u0335\u0321".repeat(450),
                family + " family");
        List<String> connections = new ArrayList<>();
        for (String name : names) {
            Session client = Session.builder(URI.create(session.url()), session.apiKey(), session.id())
                    .build();
            clients.add(client);
            client.connect(session.token("publisher", "name=" + name)).blockingAwait();
            connections.add(client.connection().orElseThrow().id().value());
        }
        open(session.token("moderator"));
        awaitParticipants(names.size());
        for (String connection : connections) {
            Rectangle card = window.bounds("participant:" + connection);
            Rectangle name = window.bounds("name:" + connection);
            Rectangle role = window.bounds("role:" + connection);
            Rectangle remove = window.bounds("remove:" + connection);
            assertThat(window.text("role:" + connection)).startsWith("publisher, joined ");
            assertThat(card.contains(name)).as("name %s in %s", name, card).isTrue();
            assertThat(card.contains(role)).as("role %s in %s", role, card).isTrue();
            assertThat(card.contains(remove))
                    .as("button %s in %s", remove, card)
                    .isTrue();
            assertThat(name.intersects(role))
                    .as("name %s covers role %s", name, role)
                    .isFalse();
            assertThat(name.intersects(remove) || role.intersects(remove)).isFalse();
            assertThat(role.width).isGreaterThan(40);
        }
        assertThat(window.text("name:" + connections.get(2))).isEqualTo("Adarotaredom");
        window.shot(PICTURES.resolve("names.png"));
        window.click("remove:" + connections.get(0));
        window.awaitText("action-message", String::isEmpty);
        window.shot(PICTURES.resolve("removal-of-a-long-name.png"));
        window.click("action-cancel");
        assertThat(window.process().terminate()).isZero();
    }

    @Test
    void aParticipantIsWarnedMutedAndBannedByKeyboardAlone() throws Exception {
        Child ben = bot("Ben", "--video", "320x180@15");
        String bens = LiveSession.stream(ben);
        open(session.token("moderator"));
        awaitParticipants(1);
        window.press("ctrl F");
        await("the search has the focus")
                .atMost(LIMIT)
                .until(() -> window.focus().equals("people-search"));
        window.write("people-search", "no such name");
        window.awaitText("no-participants", text -> text.equals("No participant matches the search"));
        window.write("people-search", "ben");
        window.press("ENTER");
        String card = "participant:" + LiveSession.connection(ben);
        await("the card has the focus").atMost(LIMIT).until(() -> window.focus().equals(card));

        window.press("W");
        await("the message has the focus")
                .atMost(LIMIT)
                .until(() -> window.focus().equals("action-message"));
        window.press("ENTER"); // a warning needs a message
        window.press("H", "I", "ENTER");
        assertThat(ben.event("signal", LIMIT, event -> "warning".equals(event.get("type"))))
                .containsEntry("data", "hi");
        window.awaitText("notice", text -> text.equals("Ben was warned"));

        await("the card has the focus again")
                .atMost(LIMIT)
                .until(() -> window.focus().equals(card));
        window.press("M");
        ben.event("publisherMuteForced", LIMIT);
        window.awaitText("stream-state:" + bens, text -> text.startsWith("muted"));

        window.press("B");
        await("the message has the focus")
                .atMost(LIMIT)
                .until(() -> window.focus().equals("action-message"));
        window.press("ENTER");
        assertThat(ben.event("sessionDisconnected", LIMIT))
                .containsEntry("message", null)
                .containsEntry("detail", "banned");
        awaitParticipants(0);
        window.awaitText(
                "timeline",
                text -> text.contains("Ben is no longer in the session: removed and banned by a moderator"));
        ben.send("{\"do\":\"connect\"}");
        assertThat(ben.event("error", LIMIT, event -> "connect".equals(event.get("do"))))
                .containsEntry("code", 1004.0);
    }

    @Test
    void streamsAreMutedAndEnded() throws Exception {
        Child ada = bot("Ada", "--video", "320x180@15");
        Child ben = bot("Ben", "--video", "320x180@15");
        String adas = LiveSession.stream(ada);
        String bens = LiveSession.stream(ben);
        open(session.token("moderator"));
        awaitParticipants(2);
        window.awaitText("stream-state:" + adas, text -> text.equals("audio on, 320 x 180"));

        window.click("mute:" + adas);
        ada.event("publisherMuteForced", LIMIT);
        window.awaitText("stream-state:" + adas, text -> text.startsWith("muted"));
        assertThat(window.isEnabled("mute:" + adas)).isFalse();
        assertThat(window.text("stream-state:" + bens)).startsWith("audio on");

        window.click("mute-all");
        window.awaitText("action-question", text -> text.startsWith("Mute every stream"));
        window.click("action-confirm");
        ben.event("publisherMuteForced", LIMIT);
        window.awaitText("stream-state:" + bens, text -> text.startsWith("muted"));
        window.awaitText("mute-forced", text -> !text.isEmpty());
        window.click("lift-mute");
        ben.event("muteForced", LIMIT, event -> Boolean.FALSE.equals(event.get("active")));
        window.awaitText("mute-forced", String::isEmpty);

        window.click("unpublish:" + bens);
        window.awaitText("action-question", text -> text.startsWith("End the stream of Ben?"));
        window.click("action-confirm");
        assertThat(ben.event("publisherStreamDestroyed", LIMIT)).containsEntry("reason", "forceUnpublished");
        await("no thumbnail of it").atMost(LIMIT).until(() -> !window.isShowing("stream:" + bens));
        assertThat(window.names("participant:")).hasSize(2);
        window.click("leave");
        assertThat(window.process().exitCode()).isZero();
    }

    @Test
    void refusalsAreShownWithCodeNameAndMessage() throws Exception {
        Child ben = bot("Ben", "--no-publish");
        open(session.token("moderator"));
        awaitParticipants(1);
        window.click("remove:" + LiveSession.connection(ben));
        window.awaitText("action-message", String::isEmpty);
        ben.send("{\"do\":\"exit\"}"); // leaves while the moderator is still writing
        awaitParticipants(0);
        window.click("action-confirm");
        window.awaitText(
                "notice",
                text -> text.startsWith("Removing Ben was refused. 1520 OT_NOT_FOUND: ") && text.length() > 50);
        window.shot(PICTURES.resolve("refused.png"));
        assertThat(window.process().terminate()).isZero();
    }

    @Test
    void clientWithoutTheRoleModeratorOnlyWatches() throws Exception {
        Child ada = bot("Ada", "--video", "320x180@15");
        String adas = LiveSession.stream(ada);
        open(session.token("subscriber"));
        awaitParticipants(1);
        window.awaitMoves("thumbnail:" + adas);
        assertThat(List.of("remove:", "mute:", "unpublish:", "mute-all", "lift-mute"))
                .noneMatch(window::isEnabled);
        assertThat(window.text("notice")).isEqualTo("This token lets you watch, but not moderate.");
        window.shot(PICTURES.resolve("watching.png"));
        ada.send("{\"do\":\"exit\"}");
        awaitParticipants(0);
        assertThat(window.process().terminate()).isZero();
    }

    @Test
    void refusedClientShowsTheReason() throws Exception {
        open("forged");
        window.awaitText("notice", text -> text.startsWith("Connecting was refused. 1004 OT_AUTHENTICATION_ERROR: "));
        assertThat(window.isShowing("rejoin")).isFalse();
        window.click("leave");
        assertThat(window.process().exitCode()).isZero();
    }
}

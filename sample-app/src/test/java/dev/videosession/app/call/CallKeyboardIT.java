package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.routed.ProcessUse;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import dev.videosession.app.window.ShownMarks;
import dev.videosession.session.ServerAddress;
import java.awt.Color;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call from the invitation to the way back, by keyboard alone, on a fine display of its own. */
class CallKeyboardIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int JOINED_AGAIN = 3;

    /** A fine display. */
    private static final int SCALE = 2;

    private static final Path PICTURES = Path.of("target", "call");

    @TempDir
    private Path directory;

    private Screen screen;
    private LiveSession session;
    private DrivenWindow window;

    @BeforeEach
    void openDisplay() throws IOException {
        Files.createDirectories(PICTURES);
        screen = new Screen(directory, 2560, 1600);
        session = new LiveSession(directory);
    }

    @AfterEach
    void endEverything() {
        try (Screen openScreen = screen;
                LiveSession openSession = session;
                DrivenWindow openWindow = window) {
            // closed in reverse order, each one even if another fails
        }
    }

    @Test
    void aCallFromTheInvitationToTheWayBack() throws Exception {
        Child ben = session.bot("Ben", session.token("moderator"), "--video", "320x180@15");
        Child watcher = session.bot("Watcher", session.token("subscriber"), "--no-publish");
        String link = new Invitation(new ServerAddress(session.url()), session.id(), session.token("publisher")).link();
        window = DrivenWindow.start(
                directory,
                screen,
                List.of("-Dsun.java2d.uiScale=" + SCALE),
                List.of("call", link, "--name", "Ada", "--synthetic"));

        window.awaitText(
                "lobby-host", text -> text.equals("Server: " + session.url().substring("http://".length())));
        assertThat(window.text("lobby-camera")).isEqualTo("Camera off");
        assertThat(window.text("lobby-microphone")).isEqualTo("Microphone off");
        assertThat(window.focus()).isEqualTo("lobby-name");
        window.shot(PICTURES.resolve("lobby.png"));
        window.press("alt S");
        window.awaitFocus("lobby-speakers");
        window.press("alt N");
        window.awaitFocus("lobby-name");
        window.click("lobby-microphone");
        window.awaitText("lobby-level", lit -> Integer.parseInt(lit) > 5);
        window.click("lobby-microphone");
        window.awaitText("lobby-level", "0"::equals);
        window.write("lobby-name", "Ada");
        window.press("ENTER");
        window.awaitText("status", text -> text.equals("Connected, 2 participants, 1 watching"));

        assertThat(window.focus()).isEqualTo("grid");
        window.awaitText("mute", text -> text.equals("Unmute"));
        window.hold("SPACE");
        window.awaitText("mute", text -> text.equals("Mute"));
        window.release("SPACE");
        window.awaitText("mute", text -> text.equals("Unmute"));
        window.press("V");
        window.awaitText("camera", text -> text.equals("Stop video"));
        window.awaitMoves("preview");

        window.press("TAB", "TAB");
        window.awaitText("mute", text -> text.equals("Unmute")); // TAB is no shortcut
        assertThat(window.focus()).startsWith("tile:");
        window.press("S");
        window.awaitFocus("share-confirm");
        window.press("ENTER");
        String whole = newScreen(ben, 0);
        Rectangle part = window.bounds("tile:"); // while the notice is shown that moves it
        window.press("S");
        ben.event("streamDestroyed", LIMIT, event -> whole.equals(event.get("streamId")));
        int seenBefore = ben.events().size();
        shareWhatIsInside(part);
        String screen = newScreen(ben, seenBefore);
        long shown = awaitNumber();
        window.shot(PICTURES.resolve("sharing.png"));
        Map<String, Object> seen = ben.event(
                "media",
                LIMIT,
                event -> screen.equals(event.get("streamId"))
                        && event.get("lastFrameNumber") instanceof Double number
                        && number > shown);
        assertThat(((Double) seen.get("width")).intValue()).isCloseTo(SCALE * part.width, within(2));
        window.press("S");
        ben.event("streamDestroyed", LIMIT, event -> screen.equals(event.get("streamId")));

        aTileIsPinned();
        devicesAreSwitchedAndRemembered(ben);
        window.press("I");
        window.awaitText("statistics-size", text -> text.startsWith("Video "));
        window.shot(PICTURES.resolve("statistics.png"));
        window.press("I");
        await("no statistics").atMost(LIMIT).until(() -> !window.isShowing("statistics-size"));
        await("the focus is back").atMost(LIMIT).until(() -> window.focus().matches("grid|tile:.*"));
        window.press("O");
        await("picture in picture").atMost(LIMIT).until(() -> window.isShowing("pip-view"));
        window.shot(PICTURES.resolve("picture-in-picture.png"));
        window.press("O");
        await("no picture in picture").atMost(LIMIT).until(() -> !window.isShowing("pip-view"));

        window.press("H");
        ben.event("signal", LIMIT, event -> says(event, "\"hand\":true"));
        window.press("C");
        window.awaitText("chat-input", String::isEmpty);
        window.press("H", "I", "ENTER");
        ben.event("signal", LIMIT, event -> "chat".equals(event.get("type")) && says(event, "hi"));
        ben.send("{\"do\":\"signal\",\"type\":\"chat\",\"data\":\"<html><b>hello\"}");
        window.awaitText("chat-history", text -> text.contains("hi ") && text.contains("<html><b>hello "));
        ben.send("{\"do\":\"signal\",\"type\":\"warning\",\"data\":\"Please speak up\"}");
        window.awaitText("notice", text -> text.equals("A moderator writes: Please speak up"));
        window.shot(PICTURES.resolve("chat.png"));
        window.click("dismiss");

        marksOfAParticipantAreShown(ben);
        window.click("people-button");
        assertThat(window.list("people-list")).startsWith("Ada\u00A0(you)").contains("Ben", "watching");
        window.shot(PICTURES.resolve("people.png"));
        window.write("people-search", "ben");
        assertThat(window.list("people-list")).isEqualTo("Ben");
        aParticipantWithoutAStreamHasAnAvatar(watcher);
        window.resize("call", 480, 360);
        assertThat(window.bounds("leave").getMaxX())
                .isLessThanOrEqualTo(window.bounds("call").getMaxX());
        assertThat(window.isShowing("notice")).isFalse();
        await("no pages of a hidden grid")
                .atMost(LIMIT)
                .until(() -> !window.isShowing("page-next") && !window.isShowing("view"));
        window.shot(PICTURES.resolve("smallest.png"));

        window.press("ctrl W");
        window.awaitText("end-title", text -> text.equals("You left the session"));
        ben.event("connectionDestroyed", LIMIT, event -> "clientDisconnected".equals(event.get("reason")));
        rejoin();
        joiningAgainLeavesNothing();
        assertThat(window.process().terminate()).isZero();
    }

    private void marksOfAParticipantAreShown(Child ben) throws IOException {
        Rectangle tile = window.bounds("tile:");
        await("the border of a speaker").atMost(LIMIT).until(() -> {
            Color border = new Color(window.shot().getRGB(tile.x + 1, tile.y + tile.height / 2));
            return border.getGreen() > border.getRed() + 80;
        });
        ben.send("{\"do\":\"publishVideo\",\"on\":false}");
        ben.send("{\"do\":\"signal\",\"type\":\"participant\","
                + "\"data\":\"{\\\"name\\\":\\\"Ben\\\",\\\"hand\\\":true}\"}");
        await("the marks of a tile")
                .atMost(LIMIT)
                .until(() -> window.state("tile:"), state -> state.contains("camera off, hand raised"));
        assertThat(window.stamp("tile:")).isEmpty();
        ben.send("{\"do\":\"publishVideo\"}");
        ben.send("{\"do\":\"signal\",\"type\":\"participant\",\"data\":\"{}\"}");
        await("no marks")
                .atMost(LIMIT)
                .until(() -> window.state("tile:"), state -> !state.contains("off") && !state.contains("hand"));
        awaitNumber();
    }

    /** The watcher announces itself, as a call window without devices does. */
    private void aParticipantWithoutAStreamHasAnAvatar(Child watcher) throws IOException {
        assertThat(window.names("avatar:")).as("a watcher has none").isEmpty();
        watcher.send("{\"do\":\"signal\",\"type\":\"participant\","
                + "\"data\":\"{\\\"name\\\":\\\"Cleo\\\",\\\"hand\\\":true}\"}");
        window.awaitText("status", text -> text.equals("Connected, 3 participants"));
        String avatar = "avatar:" + LiveSession.connection(watcher);
        window.awaitState(avatar, "Cleo, muted, camera off, hand raised");
        ShownMarks marks = new ShownMarks(window);
        marks.awaitCameraOff(avatar);
        marks.awaitMuted(avatar, true);
        marks.awaitHand(avatar, true);
        window.shot(PICTURES.resolve("avatar.png"));
        watcher.send("{\"do\":\"exit\"}");
        window.awaitText("status", text -> text.equals("Connected, 2 participants"));
        await("no avatar").atMost(LIMIT).until(() -> !window.isShowing("avatar:"));
    }

    private void joiningAgainLeavesNothing() {
        ProcessUse process = new ProcessUse(window.process().pid());
        String windows = window.windows();
        long threads = process.threads();
        long descriptors = process.descriptors();
        for (int i = 0; i < JOINED_AGAIN; i++) {
            window.press("ctrl W");
            window.awaitText("end-title", text -> text.equals("You left the session"));
            rejoin();
        }
        await("threads of the last calls have ended").atMost(LIMIT).until(() -> process.threads() <= threads + 3);
        await("descriptors of the last calls are closed")
                .atMost(LIMIT)
                .until(() -> process.descriptors() - descriptors < 8);
        assertThat(window.windows()).isEqualTo(windows);
    }

    /** Joins by keyboard, and waits until video is received: threads and descriptors of media exist from then on. */
    private void rejoin() {
        window.awaitFocus("rejoin");
        window.press("SPACE");
        window.awaitText("status", text -> text.startsWith("Connected, 2 participants"));
        awaitNumber();
    }

    /** The number in the video of the other participant: a frame that was compressed hard has none that can be read. */
    private long awaitNumber() {
        return await("a number in the tile")
                .atMost(LIMIT)
                .until(() -> window.stamp("tile:"), OptionalLong::isPresent)
                .getAsLong();
    }

    private static String newScreen(Child bot, int skipped) {
        return String.valueOf(
                bot.event("streamCreated", LIMIT, skipped, event -> "screen".equals(event.get("videoType")))
                        .get("streamId"));
    }

    /** Enters a part of the screen: a bot reads its own number in what it gets back. */
    private void shareWhatIsInside(Rectangle part) {
        window.press("S");
        window.awaitFocus("share-confirm");
        for (int number : new int[] {part.height, part.width, part.y, part.x}) {
            window.press("shift TAB", "ctrl A");
            String.valueOf(number).chars().forEach(digit -> window.press(String.valueOf((char) digit)));
        }
        window.press("TAB", "ENTER");
    }

    private void aTileIsPinned() {
        await("the grid has the focus again")
                .atMost(LIMIT)
                .until(() ->
                        window.focus().startsWith("tile:") || window.focus().equals("grid"));
        int width = window.bounds("tile:").width;
        while (!window.focus().startsWith("tile:")) {
            window.press("TAB");
        }
        window.press("ENTER");
        await("the tile is large").atMost(LIMIT).until(() -> window.bounds("tile:").width > 1.2 * width);
        window.press("ENTER");
        await("the tile is as before").atMost(LIMIT).until(() -> window.bounds("tile:").width == width);
    }

    private void devicesAreSwitchedAndRemembered(Child ben) throws IOException {
        double tone = 300 + ("Ada".hashCode() & 0xFF);
        window.press("M");
        ben.event("media", LIMIT, event -> isTone(event, tone));
        window.press("D");
        window.awaitFocus("settings-cameras");
        window.awaitText("settings-microphones", "System default"::equals);
        window.press("TAB");
        choose("settings-microphones", "Synthetic microphone 2");
        ben.event("media", LIMIT, event -> isTone(event, tone + 300));
        window.press("TAB", "TAB", "LEFT");
        window.awaitText("settings-volume", "99"::equals);
        window.press("TAB");
        choose("settings-theme", "DARK");
        window.press("TAB");
        window.shot(PICTURES.resolve("settings.png"));
        window.press("ESCAPE");
        await("the dialog is closed").atMost(LIMIT).until(() -> !window.isShowing("settings-theme"));
        Rectangle status = window.bounds("status");
        await("the dark theme")
                .atMost(LIMIT)
                .until(() ->
                        new Color(window.shot().getRGB(status.x + status.width - 2, status.y + 2)).getRed() < 0x60);
        assertThat(Files.readString(directory.resolve(".config/videosession/call.properties")))
                .contains("microphone=synthetic-2", "volume=99", "theme=DARK", "name=Ada")
                .doesNotContain("camera=s", "token");
        window.press("M");
        window.awaitText("mute", text -> text.equals("Unmute"));
    }

    private void choose(String box, String item) {
        await(item + " in " + box).atMost(LIMIT).until(() -> {
            if (window.text(box).equals(item)) {
                return true;
            }
            window.press("DOWN");
            return false;
        });
    }

    private static boolean isTone(Map<String, Object> event, double hertz) {
        return event.get("toneHz") instanceof Double heard && Math.abs(heard - hertz) < 10;
    }

    private static boolean says(Map<String, Object> event, String text) {
        return String.valueOf(event.get("data")).contains(text);
    }
}

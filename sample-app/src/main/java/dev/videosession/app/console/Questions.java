package dev.videosession.app.console;

import dev.videosession.app.grid.Names;
import dev.videosession.app.text.Texts;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Connection;
import dev.videosession.session.DisplayText;
import dev.videosession.session.Stream;
import java.awt.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks for the confirmation of actions and starts those that are confirmed. For the Swing thread. */
final class Questions {
    private final ModeratorActions actions;

    Questions(ModeratorActions actions) {
        this.actions = actions;
    }

    private static String name(Connection connection) {
        return DisplayText.isolateInSwing(Names.of(connection));
    }

    private static ActionDialog dialog(Component near, String key, Object... arguments) {
        return new ActionDialog(
                near,
                Texts.of("ask." + key + "Title"),
                Texts.of("ask." + key + "Question", arguments),
                Texts.of("ask." + key));
    }

    void warn(Component near, Connection connection) {
        dialog(near, "warn", name(connection))
                .withMessage(Texts.of("console.messageNeeded"), true)
                .open(decision -> actions.warn(connection, decision.message()));
    }

    void remove(Component near, Connection connection) {
        dialog(near, "remove", name(connection))
                .withMessage(Texts.of("console.message"), false)
                .withBox("action-ban", Texts.of("console.banBox"))
                .open(decision -> actions.remove(
                        connection, decision.message(), decision.checked().get(0)));
    }

    void ban(Component near, Connection connection) {
        dialog(near, "ban", name(connection))
                .withMessage(Texts.of("console.message"), false)
                .open(decision -> actions.remove(connection, decision.message(), true));
    }

    void end(Component near, Stream stream) {
        boolean screen = stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
        dialog(near, screen ? "unshare" : "end", DisplayText.isolateInSwing(Names.of(stream)))
                .open(decision -> actions.end(stream));
    }

    /** Asks which of the streams with audio to leave as they are. */
    void muteAll(Component near, List<Stream> audible) {
        Map<String, String> labels = new LinkedHashMap<>();
        audible.forEach(stream -> labels.put("action-except:" + stream.id(), Names.of(stream)));
        dialog(near, "muteAll").withBoxes(Texts.of("console.except"), labels).open(decision -> {
            List<StreamId> excluded = new ArrayList<>();
            for (int i = 0; i < audible.size(); i++) {
                if (decision.checked().get(i)) {
                    excluded.add(audible.get(i).id());
                }
            }
            actions.muteAll(excluded);
        });
    }

    void notice(Component near) {
        dialog(near, "notice")
                .withMessage(Texts.of("console.messageNeeded"), true)
                .open(decision -> actions.notice(decision.message()));
    }

    void closeSession(Component near) {
        dialog(near, "close")
                .withMessage(Texts.of("console.message"), false)
                .open(decision -> actions.closeSession(decision.message()));
    }
}

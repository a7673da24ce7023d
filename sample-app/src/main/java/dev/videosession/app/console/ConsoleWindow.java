package dev.videosession.app.console;

import dev.videosession.app.control.Shortcuts;
import dev.videosession.app.server.ProjectCalls;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.ProgramFrame;
import dev.videosession.media.MediaEngine;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.JFrame;
import javax.swing.JSplitPane;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * The window of a moderator: one session that a token opens, or the live sessions of a project, of which any can be opened in a tab. For
 * the Swing thread.
 */
public final class ConsoleWindow {
    private static final Dimension SIZE = new Dimension(1180, 740);
    private static final Dimension SMALLEST = new Dimension(640, 400);
    private static final Dimension SMALLEST_WITH_LIST = new Dimension(900, 400);
    private static final int LIST_WIDTH = 280;

    private final MediaEngine engine;
    private final Runnable onEnded;
    private final JFrame frame = ProgramFrame.create("console", Texts.of("console.title"), SIZE, SMALLEST, this::leave);
    private final Map<String, SessionConsole> open = new LinkedHashMap<>();
    private final SessionTabs tabs = new SessionTabs();
    private final Shortcuts shortcuts = new Shortcuts(frame);
    private @Nullable SessionTable list;
    private boolean single;
    private boolean closing;
    private boolean closed;

    private ConsoleWindow(MediaEngine engine, Runnable onEnded) {
        this.engine = engine;
        this.onEnded = onEnded;
        shortcuts.add("ctrl F", () -> current(SessionPane::focusSearch));
        shortcuts.add("ctrl M", () -> current(SessionPane::askMuteAll));
        shortcuts.add("ctrl U", () -> current(SessionPane::pressAllow));
        shortcuts.add("ctrl N", () -> current(SessionPane::askNotice));
        shortcuts.add("ctrl W", () -> current(SessionPane::pressLeave));
    }

    /**
     * Opens a window on one session.
     *
     * @param options which session
     * @param engine outlives the window
     * @param onEnded called once when the session is left and the window closed
     * @return the window
     * @throws IllegalArgumentException if the address or the id is invalid
     */
    public static ConsoleWindow open(ConsoleOptions options, MediaEngine engine, Runnable onEnded) {
        ConsoleWindow window = new ConsoleWindow(engine, onEnded);
        window.single = true;
        SessionConsole console = window.console(options, null);
        window.frame.getContentPane().add(console.pane(), BorderLayout.CENTER);
        window.frame.setVisible(true);
        console.pane().focusPeople();
        console.connect();
        return window;
    }

    /**
     * Opens a window on the live sessions of a project.
     *
     * @param project lists and closes sessions, and makes tokens
     * @param engine outlives the window
     * @param onEnded called once when all sessions are left and the window closed
     * @return the window
     */
    public static ConsoleWindow open(ProjectCalls project, MediaEngine engine, Runnable onEnded) {
        ConsoleWindow window = new ConsoleWindow(engine, onEnded);
        window.frame.setVisible(true);
        window.show(project, null);
        return window;
    }

    /**
     * Opens a window that asks for a server and the key and secret of a project first.
     *
     * @param server what the form says at first, may be empty
     * @param apiKey likewise
     * @param engine outlives the window
     * @param onEnded called once when all sessions are left and the window closed
     * @return the window
     */
    public static ConsoleWindow ask(String server, String apiKey, MediaEngine engine, Runnable onEnded) {
        ConsoleWindow window = new ConsoleWindow(engine, onEnded);
        window.frame.setVisible(true);
        window.showForm(server, apiKey);
        return window;
    }

    private void showForm(String server, String apiKey) {
        ConsoleForm form = new ConsoleForm(
                server,
                apiKey,
                project -> show(project, () -> showForm(project.server().toString(), project.apiKey())));
        frame.setContentPane(form);
        frame.validate();
        form.opened();
    }

    private void show(ProjectCalls project, @Nullable Runnable onBack) {
        SessionTable sessions =
                new SessionTable(project, id -> openSession(project, id), onBack == null ? null : () -> back(onBack));
        list = sessions;
        JSplitPane halves = new JSplitPane(JSplitPane.HORIZONTAL_SPLIT, sessions, tabs);
        halves.setDividerLocation(LIST_WIDTH);
        frame.getRootPane().setDefaultButton(null);
        frame.setMinimumSize(SMALLEST_WITH_LIST);
        frame.setContentPane(halves);
        frame.validate();
        sessions.opened();
    }

    /** Leaves the sessions of the project and asks for another one. */
    private void back(Runnable onBack) {
        if (list != null) {
            list.close();
            list = null;
        }
        List.copyOf(open.values()).forEach(SessionConsole::leave);
        tabs.removeAll();
        onBack.run();
    }

    private SessionConsole console(ConsoleOptions options, @Nullable Function<String, Completable> closing) {
        String id = options.sessionId();
        SessionConsole console = new SessionConsole(options, engine, closing, () -> ended(id));
        open.put(id, console);
        return console;
    }

    private void openSession(ProjectCalls project, String id) {
        SessionConsole already = open.get(id);
        if (already != null) {
            tabs.setSelectedComponent(already.pane());
            return;
        }
        ConsoleOptions options = new ConsoleOptions(project.server(), id, project.moderatorToken(id));
        SessionConsole console = console(
                options,
                message -> Completable.fromAction(() -> project.close(id, message))
                        .subscribeOn(Schedulers.io())
                        .observeOn(Schedulers.from(SwingUtilities::invokeLater)));
        tabs.open(id, console.pane());
        console.pane().focusPeople();
        console.connect();
    }

    private void ended(String id) {
        SessionConsole console = open.remove(id);
        if (console != null) {
            tabs.remove(console.pane());
        }
        if (open.isEmpty() && (closing || single)) {
            close();
        }
    }

    /** Does something in the session that is shown. */
    private void current(Consumer<SessionPane> task) {
        if (single) {
            open.values().stream().findFirst().ifPresent(console -> task.accept(console.pane()));
        } else {
            Component shown = tabs.getSelectedComponent();
            if (shown instanceof SessionPane pane) {
                task.accept(pane);
            }
        }
    }

    /** Leaves all sessions and closes the window. A second call does nothing. */
    public void leave() {
        if (!closing) {
            closing = true;
            List.copyOf(open.values()).forEach(SessionConsole::leave);
            if (open.isEmpty()) {
                close();
            }
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            shortcuts.close();
            if (list != null) {
                list.close();
            }
            frame.setVisible(false);
            frame.dispose();
            onEnded.run();
        }
    }
}

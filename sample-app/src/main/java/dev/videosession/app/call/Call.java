package dev.videosession.app.call;

import dev.videosession.app.control.Shortcuts;
import dev.videosession.app.device.AudioOutput;
import dev.videosession.app.device.MediaSources;
import dev.videosession.app.device.OwnMedia;
import dev.videosession.app.start.DeviceChoices;
import dev.videosession.app.start.JoinDetails;
import dev.videosession.app.start.LobbyPanel;
import dev.videosession.app.start.RememberedValues;
import dev.videosession.app.start.StartPanel;
import dev.videosession.app.text.Texts;
import dev.videosession.app.window.ProgramFrame;
import dev.videosession.media.MediaEngine;
import java.awt.Dimension;
import javax.swing.JComponent;
import javax.swing.JFrame;
import org.jspecify.annotations.Nullable;

/** The window of the call program and its screens: form, lobby, call, end. Everything happens on the Swing thread. */
public final class Call {
    private static final Dimension SIZE = new Dimension(1000, 680);
    private static final Dimension SMALLEST = new Dimension(480, 360);
    private static final String NAME = "name";

    private final MediaEngine engine;
    private final Runnable onEnded;
    private final MediaSources sources;
    private final String defaultName;
    private final RememberedValues remembered = RememberedValues.open();
    private final JFrame frame = ProgramFrame.create("call", Texts.of("window.title"), SIZE, SMALLEST, this::leave);
    private final AudioOutput output;
    private @Nullable Shortcuts shortcuts;
    private @Nullable ActiveCall active;
    private @Nullable OwnMedia lobbyMedia;
    private @Nullable LobbyPanel lobby;
    private boolean closing;

    private Call(MediaEngine engine, String defaultName, MediaSources sources, Runnable onEnded) {
        this.engine = engine;
        this.defaultName = defaultName;
        this.sources = sources;
        this.onEnded = onEnded;
        output = new AudioOutput(engine);
    }

    /**
     * Opens the window, the devices and the session.
     *
     * @param options which session
     * @param engine must outlive the call
     * @param onEnded called once, on the Swing thread, when the session is left and the window closed
     * @return the call
     * @throws IllegalArgumentException if the address or the id is invalid
     */
    public static Call open(CallOptions options, MediaEngine engine, Runnable onEnded) {
        Call call = new Call(engine, options.name(), options.sources(), onEnded);
        call.start(options, new JoinDetails(options.server(), options.sessionId(), options.token()));
        call.frame.setVisible(true);
        if (call.active != null) {
            call.active.panel().focusGrid();
        }
        return call;
    }

    /**
     * Opens the window with the lobby of a session, or with the form to choose one. Opens no device.
     *
     * @param details which session, or null to let the user choose
     * @param defaultName of the user, if none is remembered
     * @param sources of the user's cameras and microphones
     * @param engine must outlive the call
     * @param onEnded called once, on the Swing thread, when the window is closed
     * @return the call
     */
    public static Call openLobby(
            @Nullable JoinDetails details,
            String defaultName,
            MediaSources sources,
            MediaEngine engine,
            Runnable onEnded) {
        Call call = new Call(engine, defaultName, sources, onEnded);
        call.frame.setVisible(true);
        if (details == null) {
            call.showForm();
        } else {
            call.showLobby(details);
        }
        return call;
    }

    private void show(JComponent screen) {
        if (shortcuts != null) {
            shortcuts.close();
            shortcuts = null;
        }
        frame.getRootPane().setDefaultButton(null);
        frame.setContentPane(screen);
        frame.validate();
        frame.repaint();
    }

    private void showForm() {
        closeLobby();
        StartPanel form = new StartPanel(remembered, this::showLobby);
        show(form);
        form.opened();
    }

    private void showLobby(JoinDetails details) {
        OwnMedia media = new OwnMedia(engine, defaultName, sources);
        lobbyMedia = media;
        DeviceChoices choices = new DeviceChoices(remembered, media, output, sentence -> {
            if (lobby != null) {
                lobby.onMediaFailed(sentence);
            }
        });
        lobby = new LobbyPanel(
                details, remembered.get(NAME, defaultName), media, choices, new LobbyPanel.LobbyActions() {
                    @Override
                    public void join(String name, boolean microphone) {
                        remembered.put(NAME, name);
                        remembered.save();
                        lobbyMedia = null; // belongs to the call now
                        closeLobby();
                        start(
                                new CallOptions(details.server(), details.sessionId(), details.token(), name, sources),
                                details,
                                media);
                        media.enter(name, microphone);
                    }

                    @Override
                    public void back() {
                        showForm();
                    }
                });
        show(lobby);
        lobby.opened();
    }

    private void closeLobby() {
        if (lobby != null) {
            lobby.closed();
            lobby = null;
        }
        if (lobbyMedia != null) {
            lobbyMedia.close();
            lobbyMedia = null;
        }
    }

    private void start(CallOptions options, JoinDetails details) {
        OwnMedia media = new OwnMedia(engine, options.name(), sources);
        ActiveCall call = start(options, details, media);
        call.choices().restoreThen(() -> {
            media.setMicrophone(true);
            media.setCamera(true);
        });
    }

    private ActiveCall start(CallOptions options, JoinDetails details, OwnMedia media) {
        ActiveCall call = new ActiveCall(options, engine, media, remembered, output, new ActiveCall.CallExits() {
            @Override
            public void ended(EndText text) {
                showEnd(text, options, details);
            }

            @Override
            public void lobby() {
                closeCall();
                showLobby(details);
            }
        });
        active = call;
        show(call.panel());
        frame.setTitle(Texts.of("window.titleOf", options.name()));
        Shortcuts keys = new Shortcuts(frame);
        call.panel().controls().bind(keys);
        keys.add("G", call.panel().header()::switchView);
        keys.add("PAGE_UP", () -> turn(call, -1));
        keys.add("PAGE_DOWN", () -> turn(call, 1));
        shortcuts = keys;
        call.panel().focusGrid();
        call.connect();
        return call;
    }

    private static void turn(ActiveCall call, int pages) {
        call.panel().grid().setPage(call.panel().grid().page() + pages);
    }

    private void closeCall() {
        if (active != null) {
            active.close();
            active = null;
        }
    }

    private void showEnd(EndText text, CallOptions options, JoinDetails details) {
        active = null;
        if (closing) {
            close();
            return;
        }
        EndPanel end = new EndPanel(text, new EndPanel.EndActions() {
            @Override
            public void rejoin() {
                start(options, details);
            }

            @Override
            public void lobby() {
                showLobby(details);
            }

            @Override
            public void close() {
                Call.this.close();
            }
        });
        show(end);
        end.opened();
    }

    /** Leaves the session, if the user is in one, and closes the window. A second call does nothing. */
    public void leave() {
        if (closing) {
            return;
        }
        closing = true;
        if (active != null) {
            active.leave();
        } else {
            close();
        }
    }

    private void close() {
        closing = true;
        closeLobby();
        if (shortcuts != null) {
            shortcuts.close();
        }
        output.close();
        frame.setVisible(false);
        frame.dispose();
        onEnded.run();
    }
}

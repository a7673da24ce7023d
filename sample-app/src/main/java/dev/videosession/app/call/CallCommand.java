package dev.videosession.app.call;

import dev.videosession.app.device.MediaSources;
import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.look.Theme;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.start.JoinDetails;
import dev.videosession.app.start.RememberedValues;
import dev.videosession.app.synthetic.SyntheticMedia;
import dev.videosession.app.window.WindowProgram;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the call window. */
@Command(
        name = "call",
        description = {
            "A window for a call.",
            "With a server, a session and a token, it joins at once. With an invitation link, it shows a lobby first. Without"
                    + " arguments, it asks for the session. It opens no camera or microphone by itself."
        },
        mixinStandardHelpOptions = true)
public final class CallCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..3",
            paramLabel = "URL SESSION TOKEN | LINK",
            description = {
                ServerList.DESCRIPTION,
                "Session id, and token for the session.",
                "Or an invitation link alone: videosession://... or https://...#..."
            })
    private List<String> target = List.of();

    @Option(
            names = "--name",
            defaultValue = "${sys:user.name}",
            description = "Your name, as other participants see it (${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--synthetic", description = "Send a drawn person and a tone instead of camera and microphone.")
    private boolean synthetic;

    @Option(
            names = "--theme",
            description = "Theme of the window: ${COMPLETION-CANDIDATES}. The default is your last choice, or SYSTEM.")
    private @Nullable Theme theme;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public CallCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        WindowProgram.Opener opener = opener();
        Theme wanted = theme == null ? SettingsDialog.theme(RememberedValues.open()) : theme;
        return WindowProgram.run(spec.commandLine(), wanted, opener);
    }

    private WindowProgram.Opener opener() {
        try {
            if (target.size() == 3) {
                CallOptions options =
                        new CallOptions(ServerList.parse(target.get(0)), target.get(1), target.get(2), name, sources());
                return (engine, onEnded) -> Call.open(options, engine, onEnded)::leave;
            }
            JoinDetails details = target.isEmpty() ? null : JoinDetails.of(Invitation.parse(single()));
            return (engine, onEnded) -> Call.openLobby(details, name, sources(), engine, onEnded)::leave;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private MediaSources sources() {
        return synthetic ? new SyntheticMedia(true) : MediaSources.attached();
    }

    private String single() {
        if (target.size() != 1) {
            throw new IllegalArgumentException(
                    "Give a server, a session and a token, or one invitation link, or nothing.");
        }
        return target.get(0);
    }
}

package dev.videosession.app.demo;

import dev.videosession.app.call.Call;
import dev.videosession.app.call.CallOptions;
import dev.videosession.app.console.ConsoleOptions;
import dev.videosession.app.console.ConsoleWindow;
import dev.videosession.app.device.MediaSources;
import dev.videosession.app.option.ServerList;
import dev.videosession.app.process.StopSignal;
import dev.videosession.app.server.Backend;
import dev.videosession.app.server.RouterProgram;
import dev.videosession.app.window.WindowProgram;
import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.JanusSettings;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the demo and reports whether all checks passed. */
@Command(
        name = "demo",
        description = {
            "A server and three participants in this process; a moderator removes one of them. With a display you"
                    + " take part, too. The grid of each participant is painted to target/demo/*.png.",
            "The exit code is 0 if all checks passed, else 1."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Duration LINGER = Duration.ofSeconds(15);
    private static final Duration READING = Duration.ofSeconds(2);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(names = "--stay", description = "With a display: run until you close the window.")
    private boolean stay;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public DemoCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        StopSignal stop = new StopSignal().onTermination();
        Timeline timeline = new Timeline(spec.commandLine().getOut());
        Project project = Backend.newProject();
        Backend backend = new Backend(project);
        Optional<Path> router = RouterProgram.find(RouterProgram.JANUS);
        try (MediaEngine engine = MediaEngine.create();
                SignalingServer server = server(project, router)) {
            SessionId session = backend.newSession(router.isEmpty());
            timeline.tell("server", "listening on " + server.uri());
            timeline.tell("server", media(router));
            List<String> failures;
            try (Guest guest = guest(server, session, backend, engine, stop);
                    Script script = new Script(
                            server.uri(),
                            backend,
                            session,
                            engine,
                            timeline,
                            stop,
                            router.isPresent(),
                            guest.pause())) {
                failures = script.play();
                guest.linger(stay);
            }
            return verdict(timeline, failures);
        }
    }

    private static SignalingServer server(Project project, Optional<Path> router) throws IOException {
        SignalingServerBuilder builder = SignalingServer.builder().project(project);
        router.ifPresent(program -> builder.router(new JanusSettings(program)));
        return builder.start();
    }

    private static String media(Optional<Path> router) {
        return router.isPresent()
                ? "a routed session: each participant sends its media once, to a media router (Janus)"
                : "a relayed session: each participant sends its media to each other one. Install janus for a routed session";
    }

    private static int verdict(Timeline timeline, List<String> failures) {
        if (failures.isEmpty()) {
            timeline.print("everything held");
            return 0;
        }
        timeline.print(failures.size() + " did not hold:");
        failures.forEach(failure -> timeline.print("  " + failure));
        return 1;
    }

    private static Guest guest(
            SignalingServer server, SessionId session, Backend backend, MediaEngine engine, StopSignal stop) {
        if (GraphicsEnvironment.isHeadless()) {
            return new Guest(stop);
        }
        ServerList address = ServerList.parse(server.uri().toString());
        String token = backend.token(session, Role.PUBLISHER, "name=You");
        String moderator = backend.token(session, Role.MODERATOR, "name=Moderator");
        Guest guest = new Guest(stop);
        guest.open(
                engine,
                new CallOptions(address, session.value(), token, "You", MediaSources.attached()),
                new ConsoleOptions(address, session.value(), moderator));
        return guest;
    }

    /** The windows of the user of this program: a call and a console; none without a display. */
    private static final class Guest implements AutoCloseable {
        private final StopSignal stop;
        private final CountDownLatch callEnded = new CountDownLatch(1);
        private final CountDownLatch consoleEnded = new CountDownLatch(1);
        private volatile @Nullable Call call;
        private volatile @Nullable ConsoleWindow console;
        private boolean opened;

        Guest(StopSignal stop) {
            this.stop = stop;
        }

        void open(MediaEngine engine, CallOptions options, ConsoleOptions moderated) {
            opened = true;
            SwingUtilities.invokeLater(() -> {
                WindowProgram.prepareLooks();
                console = ConsoleWindow.open(moderated, engine, consoleEnded::countDown);
                call = Call.open(options, engine, callEnded::countDown);
            });
        }

        /** {@return how long a user needs to follow one event} */
        Duration pause() {
            return opened ? READING : Duration.ZERO;
        }

        /** Gives you time to look around. */
        void linger(boolean unlimited) throws InterruptedException {
            long end = System.nanoTime() + LINGER.toNanos();
            while (opened && callEnded.getCount() > 0 && (unlimited || System.nanoTime() < end)) {
                if (stop.await(Duration.ofMillis(100))) {
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            if (!opened) {
                return;
            }
            SwingUtilities.invokeLater(() -> {
                if (call != null) {
                    call.leave();
                }
                if (console != null) {
                    console.leave();
                }
            });
            callEnded.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            consoleEnded.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}

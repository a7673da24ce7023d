package dev.videosession.app.demo;

import dev.videosession.app.call.Call;
import dev.videosession.app.call.CallOptions;
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

/** Plays the demo and tells whether everything held. */
@Command(
        name = "demo",
        description = {
            "A server and three participants in this process; a moderator removes one of them. With a display you"
                    + " take part, too. The grid of each participant is painted to target/demo/*.png.",
            "Ends with 0 if everything that was checked held, else with 1."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Duration LINGER = Duration.ofSeconds(15);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(names = "--stay", description = "With a display: go on until you close the window.")
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
                    Script script =
                            new Script(server.uri(), backend, session, engine, timeline, stop, router.isPresent())) {
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
            return new Guest(engine, stop, null);
        }
        String token = backend.token(session, Role.PUBLISHER, "name=You");
        return new Guest(
                engine,
                stop,
                new CallOptions(ServerList.parse(server.uri().toString()), session.value(), token, "You", false));
    }

    /** The user of this program; null without a display. */
    private static final class Guest implements AutoCloseable {
        private final StopSignal stop;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Call call;

        Guest(MediaEngine engine, StopSignal stop, @Nullable CallOptions options) {
            this.stop = stop;
            if (options == null) {
                ended.countDown();
            } else {
                SwingUtilities.invokeLater(() -> {
                    WindowProgram.prepareLooks();
                    call = Call.open(options, engine, ended::countDown);
                });
            }
        }

        /** Gives you time to look around. */
        void linger(boolean unlimited) throws InterruptedException {
            long end = System.nanoTime() + LINGER.toNanos();
            while (ended.getCount() > 0 && (unlimited || System.nanoTime() < end)) {
                if (stop.await(Duration.ofMillis(100))) {
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            SwingUtilities.invokeLater(() -> {
                if (call != null) {
                    call.leave();
                }
            });
            ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}

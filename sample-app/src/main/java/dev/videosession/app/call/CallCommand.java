package dev.videosession.app.call;

import com.formdev.flatlaf.FlatDarkLaf;
import dev.videosession.app.process.StopSignal;
import dev.videosession.media.MediaEngine;
import java.awt.GraphicsEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the call window. */
@Command(name = "call", description = "A window on a session.", mixinStandardHelpOptions = true)
public final class CallCommand implements Callable<Integer> {
    private static final Duration GOODBYE = Duration.ofSeconds(6);

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "URL", description = "Address of the server.")
    private URI server;

    @Parameters(index = "1", paramLabel = "SESSION", description = "Session id.")
    private String sessionId;

    @Parameters(index = "2", paramLabel = "TOKEN", description = "Token that opens the session.")
    private String token;

    @Option(
            names = "--name",
            defaultValue = "${sys:user.name}",
            description = "Your name, as the others see it (${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--synthetic", description = "A pattern and a tone in place of camera and microphone.")
    private boolean synthetic;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public CallCommand() {}

    /**
     * Prepares the looks of windows; once, before the first one is opened, on the Swing thread.
     */
    public static void prepareLooks() {
        FlatDarkLaf.setup();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (GraphicsEnvironment.isHeadless()) {
            throw new ParameterException(
                    spec.commandLine(), "the call window needs a display; without one, use the command bot");
        }
        StopSignal stop = new StopSignal().onTermination();
        CountDownLatch ended = new CountDownLatch(1);
        try (MediaEngine engine = MediaEngine.create()) {
            Call call = open(engine, () -> {
                ended.countDown();
                stop.request();
            });
            stop.await();
            SwingUtilities.invokeLater(call::leave);
            return ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS) ? 0 : 1;
        }
    }

    private Call open(MediaEngine engine, Runnable onEnded) throws InterruptedException {
        CallOptions options = new CallOptions(server, sessionId, token, name, synthetic);
        AtomicReference<@Nullable Call> opened = new AtomicReference<>();
        try {
            SwingUtilities.invokeAndWait(() -> {
                prepareLooks();
                opened.set(Call.open(options, engine, onEnded));
            });
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                throw new ParameterException(spec.commandLine(), String.valueOf(cause.getMessage()), cause);
            }
            throw new IllegalStateException("the window could not be opened", e.getCause());
        }
        Call call = opened.get();
        if (call == null) {
            throw new IllegalStateException("the window was not opened");
        }
        return call;
    }
}

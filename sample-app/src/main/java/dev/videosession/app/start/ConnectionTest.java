package dev.videosession.app.start;

import dev.videosession.app.control.Banner;
import dev.videosession.app.event.EventText;
import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.text.Texts;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.precall.PreCallCheck;
import dev.videosession.session.precall.PreCallProgress;
import dev.videosession.session.precall.PreCallResult;
import dev.videosession.session.precall.PreCallStep;
import dev.videosession.session.precall.PreCallTest;
import io.reactivex.rxjava3.disposables.Disposable;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** Tests in the lobby whether a call will work, when the user asks for it, and says the result in a banner. For the Swing thread. */
final class ConnectionTest implements AutoCloseable {
    private static final Duration MEASUREMENT = Duration.ofSeconds(5);

    private final JoinDetails details;
    private final Invitation.TestSession session;
    private final Banner banner;
    private final Runnable onEnded;
    private @Nullable Disposable running;

    ConnectionTest(JoinDetails details, Invitation.TestSession session, Banner banner, Runnable onEnded) {
        this.details = details;
        this.session = session;
        this.banner = banner;
        this.onEnded = onEnded;
    }

    /** Starts the test, unless it runs. */
    void start() {
        if (running != null) {
            return;
        }
        banner.show(Texts.of("test.running", 0, word(PreCallStep.DEVICES)), false, true);
        running = PreCallTest.of(
                        details.server().nodes(),
                        TokenProject.of(session.token()).orElse(""),
                        session.sessionId(),
                        session.token())
                .withMeasurement(MEASUREMENT)
                .run(progress -> SwingUtilities.invokeLater(() -> show(progress)))
                .subscribe(
                        result -> SwingUtilities.invokeLater(() -> show(result)),
                        failure -> SwingUtilities.invokeLater(() -> failed(failure)));
    }

    private void show(PreCallProgress progress) {
        if (running != null) {
            banner.show(
                    Texts.of("test.running", Math.round(100 * progress.fraction()), word(progress.step())),
                    false,
                    true);
        }
    }

    private void show(PreCallResult result) {
        if (running == null) {
            return;
        }
        StringBuilder text = new StringBuilder(describe(result));
        boolean problem = !result.isCallPossible();
        for (PreCallStep step : PreCallStep.values()) {
            PreCallCheck check = result.check(step);
            boolean seen = step == PreCallStep.DEVICES; // the lists of devices say what is missing
            if (!seen && check.outcome() == PreCallCheck.CheckOutcome.FAILED) {
                text.append('\n').append(word(step)).append(": ").append(EventText.message(check.message()));
            }
        }
        end(text.toString(), problem);
    }

    private static String describe(PreCallResult result) {
        if (!result.isCallPossible()) {
            return Texts.of("test.impossible");
        }
        if (result.measurement().isEmpty()) {
            return Texts.of("test.notMeasured");
        }
        Optional<VideoFormat> video = result.recommended();
        return video.isPresent()
                ? Texts.of(
                        "test.passed",
                        video.get().width(),
                        video.get().height(),
                        video.get().framesPerSecond())
                : Texts.of("test.audioOnly");
    }

    private static String word(PreCallStep step) {
        return Texts.of("test." + step.name().toLowerCase(Locale.ROOT));
    }

    private void failed(Throwable failure) {
        if (running != null) {
            end(Texts.of("test.failed", EventText.message(failure.getMessage())), true);
        }
    }

    private void end(String text, boolean problem) {
        running = null;
        banner.show(text, problem, false);
        banner.setAction("test-dismiss", Texts.of("call.dismiss"), banner::clear);
        onEnded.run();
    }

    /** Cancels the test, if it runs. */
    @Override
    public void close() {
        Disposable former = running;
        running = null;
        if (former != null) {
            former.dispose();
        }
    }
}

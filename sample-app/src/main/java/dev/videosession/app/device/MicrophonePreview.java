package dev.videosession.app.device;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records a microphone for its level in the lobby, without sending it. For the Swing thread. */
final class MicrophonePreview implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MicrophonePreview.class);

    private final DeviceWorker worker = new DeviceWorker("call-microphone");
    private final DeviceState state = new DeviceState();
    private volatile LevelSource.@Nullable Recording recording; // set by the worker

    /** {@return whether a microphone is recorded, or will be as soon as it is open} */
    boolean isWanted() {
        return state.isWanted();
    }

    boolean isOn() {
        return state.isOpen();
    }

    /**
     * Records a microphone instead of the current one. The outcome is reported on the Swing thread: null, or the failure. There is no
     * outcome if the preview was turned off or on again meanwhile.
     */
    void turnOn(LevelSource microphone, Consumer<@Nullable Throwable> outcome) {
        int request = state.request();
        worker.run(
                () -> {
                    stop();
                    LevelSource.Recording started = microphone.start();
                    recording = started;
                    return started;
                },
                failure -> {
                    if (state.complete(request, failure == null)) {
                        outcome.accept(failure);
                    }
                });
    }

    /** Closes the microphone, and then runs a task on the Swing thread. */
    void turnOff(Runnable then) {
        state.turnOff();
        worker.run(
                () -> {
                    stop();
                    return worker;
                },
                outcome -> then.run());
    }

    private void stop() {
        LevelSource.Recording open = recording;
        recording = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.warn("event=microphoneNotClosed", e);
            }
        }
    }

    /** {@return the level of the microphone, 0 to 1, linear; 0 while none is open} */
    double level() {
        LevelSource.Recording open = recording;
        return open == null ? 0 : open.level().getAsDouble();
    }

    /** Closes the microphone. None can be opened again. */
    @Override
    public void close() {
        state.turnOff();
        worker.run(this::stop);
        worker.close();
    }
}

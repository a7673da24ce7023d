package dev.videosession.app.device;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A microphone that is recorded in the lobby, without sending it, for its level: turned on, replaced and off. For the Swing thread. */
final class MicrophonePreview implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MicrophonePreview.class);

    private final DeviceWorker worker = new DeviceWorker("call-microphone");
    private final DeviceState state = new DeviceState();
    private volatile LevelSource.@Nullable Recording recording; // set by the worker

    /** {@return whether it is recorded, or will be as soon as it has opened} */
    boolean isWanted() {
        return state.isWanted();
    }

    boolean isOn() {
        return state.isOpen();
    }

    /**
     * Records a microphone in place of the one that is recorded. The outcome comes on the Swing thread: null, or what failed; none comes
     * if it was turned off or on again meanwhile.
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

    /** {@return how loud it is, 0 to 1, linear; 0 while none is open} */
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

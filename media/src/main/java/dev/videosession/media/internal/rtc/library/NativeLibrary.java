package dev.videosession.media.internal.rtc.library;

import dev.onvoid.webrtc.logging.Logging;
import dev.onvoid.webrtc.media.MediaDevices;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import java.util.List;
import java.util.Locale;

/** The native media library of this process. */
public final class NativeLibrary {
    /** Classes whose initializers load the library. They are initialized here, so that a failure is reported here. */
    private static final List<Class<?>> LOADERS = List.of(MediaDevices.class, Logging.class);

    private static volatile boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the library if it is not loaded. The first call takes some tenths of a second, and uses 32 MB of {@code java.io.tmpdir}
     * until it returns. Any thread.
     *
     * @throws MediaUnavailableException if the directory for temporary files is not usable, which the next call checks again, or if the
     *     library or a system library that it needs is missing, which cannot change in this process
     */
    public static void load() {
        if (!loaded) {
            loadNow();
        }
    }

    private static synchronized void loadNow() {
        if (loaded) {
            return;
        }
        TemporaryDirectory temporary = TemporaryDirectory.current();
        temporary.obstacle().ifPresent(obstacle -> {
            throw new MediaUnavailableException(Missing.NATIVE_LIBRARY, obstacle);
        });
        try {
            for (Class<?> loader : LOADERS) {
                Class.forName(loader.getName(), true, loader.getClassLoader());
            }
            loaded = true;
        } catch (ClassNotFoundException | RuntimeException | Error e) {
            temporary.deleteNewCopies();
            throw new MediaUnavailableException(Missing.NATIVE_LIBRARY, advice(e), e);
        }
    }

    /**
     * Converts what the native side threw to an exception for callers: it throws {@link Error}s for ordinary failures.
     *
     * @param failure what was thrown
     * @return the exception to throw
     */
    public static RuntimeException failure(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        return failure instanceof RuntimeException expected
                ? expected
                : new MediaUnavailableException(
                        Missing.NATIVE_LIBRARY,
                        "The native media library failed (" + failure.getMessage() + ").",
                        failure);
    }

    /** {@return what to do about a library that did not load} */
    static String advice(Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            reasons.append(' ').append(t.getMessage());
        }
        String reason = reasons.toString().strip();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (reason.contains("libpulse")) {
            return "The system library libpulse0 is missing; it is needed even without a sound card. Install it (Debian, Ubuntu: apt-get install libpulse0) and start again.";
        }
        if (reason.contains("cannot open shared object file")) {
            return "A system library is missing (" + reason
                    + "). Install the X11 client libraries and libpulse0, and start again.";
        }
        return String.format(
                Locale.ROOT,
                "The native media library for %s did not load (%s). The webrtc-java artifact with the classifier of this system must be on the class path.",
                system,
                reason);
    }
}

package dev.videosession.media.internal.rtc.library;

import dev.onvoid.webrtc.internal.NativeObject;
import dev.onvoid.webrtc.internal.RefCountedObject;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases native references that webrtc-java up to {@link NativeVersion#LAST_THAT_LEAKS} takes and never releases.
 *
 * <p>Several of its methods hand a counted C++ object to Java without a way to release it: a peer connection is closed by
 * {@code close()} but its count stays at one, so the object with its transports, buffers and codecs is never deleted; the
 * same holds for the transceiver from {@code addTransceiver} and the source from {@code createAudioSource}. All of them
 * derive first from the counted base class that {@link RefCountedObject#release()} works on, so a stand-in of that class
 * with the same handle can release them. A newer webrtc-java releases them itself, and releasing them again would end the
 * process: then this class does nothing. Where the package of these classes is not opened the objects leak, and one warning says so.
 */
public final class NativeRefs {
    private static final Logger LOG = LoggerFactory.getLogger(NativeRefs.class);
    private static final @Nullable Access ACCESS = access();

    private NativeRefs() {}

    private static @Nullable Access access() {
        String version = NativeVersion.current();
        if (version == null) {
            LOG.warn("Closed peer connections will keep about 0.2 MB each: the version of webrtc-java is unknown."
                    + " Keep META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties of its jar.");
            return null;
        }
        if (!NativeVersion.leaks(version)) {
            LOG.debug("webrtc-java {} releases its native objects itself", version);
            return null;
        }
        try {
            return new Access();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.warn(
                    "Closed peer connections will keep about 0.2 MB each: their native handle is not accessible ({})."
                            + " Start Java with --add-opens webrtc.java/dev.onvoid.webrtc.internal=ALL-UNNAMED.",
                    e.toString());
            return null;
        }
    }

    /**
     * Reads the address of a live native object, to be released after webrtc-java has forgotten it.
     *
     * @param nativeObject an object of webrtc-java
     * @return its address, or 0 if it cannot be released
     */
    public static long handle(Object nativeObject) {
        try {
            return ACCESS == null ? 0 : ACCESS.handle.getLong(nativeObject);
        } catch (IllegalAccessException e) {
            LOG.debug("The native handle cannot be read", e);
            return 0;
        }
    }

    /**
     * Releases the one reference that Java holds. The object's Java wrapper must not be used afterwards.
     *
     * @param handle an address from {@link #handle}; 0 does nothing
     */
    public static void release(long handle) {
        if (ACCESS == null || handle == 0) {
            return;
        }
        try {
            ACCESS.release(handle);
        } catch (IllegalAccessException e) {
            LOG.debug("The native handle cannot be written", e);
        }
    }

    /** All that touches the package that webrtc-java does not export; cannot be loaded where it is not opened. */
    private static final class Access {
        final Field handle;

        Access() throws ReflectiveOperationException {
            handle = NativeObject.class.getDeclaredField("nativeHandle");
            handle.setAccessible(true);
            release(0); // loads the stand-in; a handle of 0 is no object
        }

        void release(long address) throws IllegalAccessException {
            StandIn standIn = new StandIn();
            handle.setLong(standIn, address);
            if (address != 0) {
                standIn.release();
            }
        }
    }

    private static final class StandIn extends RefCountedObject {}
}

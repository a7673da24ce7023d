package dev.videosession.media.internal.rtc.library;

import dev.onvoid.webrtc.internal.NativeObject;
import dev.onvoid.webrtc.internal.RefCountedObject;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases native references that webrtc-java up to {@link NativeVersion#LAST_THAT_LEAKS} never releases.
 *
 * <p>Several of its methods return a counted C++ object without a way to release it. {@code close()} closes a peer connection but leaves
 * its count at one, so the object with its transports, buffers and codecs is never deleted. The same holds for the transceiver of {@code
 * addTransceiver} and the source of {@code createAudioSource}. All of them derive first from the counted base class of {@link
 * RefCountedObject#release()}, so a stand-in of that class with the same handle can release them. A newer webrtc-java releases them
 * itself, and a second release would end the process: then this class does nothing. If the package of these classes is not opened, the
 * objects leak, and one warning says so.
 */
public final class NativeRefs {
    private static final Logger LOG = LoggerFactory.getLogger(NativeRefs.class);
    private static final @Nullable Access ACCESS = access();

    private NativeRefs() {}

    private static @Nullable Access access() {
        String version = NativeVersion.current();
        if (version == null) {
            LOG.warn("event=closedConnectionsLeak bytesEach=200000 reason=\"the version of webrtc-java is unknown\""
                    + " advice=\"keep META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties of its jar\"");
            return null;
        }
        if (!NativeVersion.leaks(version)) {
            LOG.debug("event=nativeReferencesReleased by=webrtc-java version={}", version);
            return null;
        }
        try {
            return new Access();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.warn(
                    "event=closedConnectionsLeak bytesEach=200000 reason=\"the native handle is not accessible: {}\""
                            + " advice=\"start Java with --add-opens webrtc.java/dev.onvoid.webrtc.internal=ALL-UNNAMED\"",
                    e.toString());
            return null;
        }
    }

    /**
     * Reads the address of a live native object, to be released after webrtc-java has dropped it.
     *
     * @param nativeObject an object of webrtc-java
     * @return its address, or 0 if it cannot be released
     */
    public static long handle(Object nativeObject) {
        try {
            return ACCESS == null ? 0 : ACCESS.handle.getLong(nativeObject);
        } catch (IllegalAccessException e) {
            LOG.debug("event=nativeHandleNotRead", e);
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
            LOG.debug("event=nativeHandleNotWritten", e);
        }
    }

    /** Contains all uses of the package that webrtc-java does not export. It cannot be loaded if that package is not opened. */
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

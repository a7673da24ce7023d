package dev.videosession.media.rtc;

import dev.onvoid.webrtc.internal.NativeObject;
import dev.onvoid.webrtc.internal.RefCountedObject;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back native references that webrtc-java takes and never returns.
 *
 * <p>Several of its methods hand a counted C++ object to Java without a way to release it: a peer connection is closed by
 * {@code close()} but its count stays at one, so the object with its transports, buffers and codecs is never deleted; the
 * same holds for the transceiver from {@code addTransceiver} and the source from {@code createAudioSource}. All of them
 * derive first from the counted base class that {@link RefCountedObject#release()} works on, so a stand-in of that class
 * with the same handle can release them. Where reflection is not allowed the objects leak as they do without this class.
 */
public final class NativeRefs {
    private static final Logger LOG = LoggerFactory.getLogger(NativeRefs.class);
    private static final @Nullable Field HANDLE = handleField();

    private NativeRefs() {}

    private static @Nullable Field handleField() {
        try {
            Field field = NativeObject.class.getDeclaredField("nativeHandle");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("Closed peer connections will keep about 0.2 MB each: their native handle cannot be reached", e);
            return null;
        }
    }

    /**
     * The address of a native object, to be released after webrtc-java has forgotten it.
     *
     * @param object a live object
     * @return the address, or 0 when it cannot be known
     */
    public static long handle(NativeObject object) {
        try {
            return HANDLE == null ? 0 : HANDLE.getLong(object);
        } catch (IllegalAccessException e) {
            LOG.warn("The native handle cannot be read", e);
            return 0;
        }
    }

    /**
     * Releases the one reference Java holds. Nothing may use the object's Java wrapper afterwards.
     *
     * @param handle from {@link #handle}; 0 does nothing
     */
    public static void release(long handle) {
        if (HANDLE == null || handle == 0) {
            return;
        }
        StandIn standIn = new StandIn();
        try {
            HANDLE.setLong(standIn, handle);
            standIn.release();
        } catch (IllegalAccessException e) {
            LOG.warn("The native handle cannot be written", e);
        }
    }

    private static final class StandIn extends RefCountedObject {}
}

package dev.videosession.media.internal.rtc.library;

import dev.onvoid.webrtc.RTCPeerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The version of webrtc-java in this process. */
final class NativeVersion {
    /** Later versions release a closed connection, its transceivers and sources themselves. */
    static final String LAST_THAT_LEAKS = "0.15.0";

    private static final String PROPERTIES = "META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties";

    private NativeVersion() {}

    /** {@return the version of the module or of the Maven properties, or null if both are missing} */
    static @Nullable String current() {
        ModuleDescriptor module = RTCPeerConnection.class.getModule().getDescriptor();
        String version = module == null ? null : module.rawVersion().orElse(null);
        return version == null ? version(RTCPeerConnection.class.getClassLoader()) : version;
    }

    static @Nullable String version(ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(PROPERTIES)) {
            if (in == null) {
                return null;
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** {@return whether this version does not release its objects; false for a version that cannot be parsed} */
    static boolean leaks(String version) {
        try {
            return ModuleDescriptor.Version.parse(version).compareTo(ModuleDescriptor.Version.parse(LAST_THAT_LEAKS))
                    <= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

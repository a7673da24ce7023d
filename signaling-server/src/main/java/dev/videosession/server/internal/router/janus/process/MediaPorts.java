package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusSettings;
import java.util.Collection;

/** The UDP ports for media of the Janus instances of one machine. */
public final class MediaPorts {
    private MediaPorts() {}

    /**
     * Refuses an instance that shares ports with another one: neither would have as many links as it counts ports.
     *
     * @param added one more instance
     * @param others the instances so far
     * @throws IllegalArgumentException if the ports of two overlap; the message says what to do
     */
    public static void requireApart(JanusSettings added, Collection<JanusSettings> others) {
        for (JanusSettings other : others) {
            boolean both = added.firstPort() != 0 && other.firstPort() != 0;
            if (both && added.firstPort() <= other.lastPort() && other.firstPort() <= added.lastPort()) {
                throw new IllegalArgumentException("two media routers cannot use the same media ports, " + range(other)
                        + " and " + range(added) + ": give each a range of its own");
            }
        }
    }

    private static String range(JanusSettings settings) {
        return settings.firstPort() + "-" + settings.lastPort();
    }
}

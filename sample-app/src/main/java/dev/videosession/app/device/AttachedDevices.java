package dev.videosession.app.device;

import dev.videosession.media.Devices;
import dev.videosession.media.device.DeviceList;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;

/** Watches which devices are attached while something shows them. For the Swing thread. */
public final class AttachedDevices implements AutoCloseable {
    private final Devices.Watch watch;
    private boolean closed;

    /**
     * Begins to watch.
     *
     * @param media says which cameras and microphones it offers
     * @param listener gets the list soon and after each change, on the Swing thread
     */
    public AttachedDevices(OwnMedia media, Consumer<DeviceList> listener) {
        watch = Devices.watch(attached -> SwingUtilities.invokeLater(() -> {
            if (!closed) {
                listener.accept(media.offered(attached));
            }
        }));
    }

    /** Nothing more is reported. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Thread thread = new Thread(watch::close, "call-devices"); // it waits for a list that is being made
            thread.setDaemon(true);
            thread.start();
        }
    }
}

package dev.videosession.app.device;

import dev.videosession.media.Devices;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.SwingWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that a user can choose from.
 *
 * @param cameras attached cameras
 * @param microphones attached microphones
 */
public record DeviceLists(List<MediaDevice> cameras, List<MediaDevice> microphones) {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLists.class);

    /**
     * Asks the operating system on a thread of its own.
     *
     * @param answer gets the lists on the Swing thread
     */
    public static void load(Consumer<DeviceLists> answer) {
        new SwingWorker<DeviceLists, Void>() {
            @Override
            protected DeviceLists doInBackground() {
                return new DeviceLists(listed(Devices::cameras), listed(Devices::microphones));
            }

            @Override
            protected void done() {
                try {
                    answer.accept(get());
                } catch (ExecutionException e) {
                    LOG.warn("event=devicesNotListed", e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }

    private static List<MediaDevice> listed(Supplier<List<MediaDevice>> list) {
        try {
            return list.get();
        } catch (MediaUnavailableException e) {
            LOG.info("event=devicesNotListed reason=\"{}\"", e.getMessage());
            return List.of();
        }
    }
}

package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeviceListWatchTest {
    private final List<DeviceList> reported = new ArrayList<>();
    private DeviceList attached = microphones("Desk");
    private boolean broken;
    private final DeviceListWatch watch = new DeviceListWatch(this::list, this::report);

    private static DeviceList microphones(String... names) {
        List<MediaDevice> devices = Stream.of(names)
                .map(name -> new MediaDevice(MediaDevice.Kind.MICROPHONE, name, name))
                .toList();
        return new DeviceList(List.of(), devices, List.of());
    }

    private DeviceList list() {
        if (broken) {
            throw new IllegalStateException("no answer");
        }
        return attached;
    }

    private void report(DeviceList list) {
        reported.add(list);
        throw new IllegalStateException("a listener that fails");
    }

    @Test
    void listIsReportedAtFirstAndWhenItChanges() {
        watch.check();
        watch.check();
        attached = microphones("Desk", "Headset");
        watch.check();
        watch.check();
        assertThat(reported).containsExactly(microphones("Desk"), microphones("Desk", "Headset"));
    }

    @Test
    void failureToListChangesNothing() {
        watch.check();
        broken = true;
        watch.check();
        broken = false;
        watch.check();
        assertThat(reported).hasSize(1);
    }
}

package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.Microphone;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceWatchTest {
    private static final MediaDevice DESK = microphone("Desk");
    private static final MediaDevice HEADSET = microphone("Headset");

    private final List<MediaDevice> attached = new ArrayList<>(List.of(microphone("default: Desk"), DESK, HEADSET));
    private final AtomicInteger gone = new AtomicInteger();

    private static MediaDevice microphone(String name) {
        return new MediaDevice(MediaDevice.Kind.MICROPHONE, name, name);
    }

    private DeviceWatch watch(@Nullable MediaDevice device) {
        return DeviceWatch.of(new Microphone(device), () -> List.copyOf(attached), gone::incrementAndGet);
    }

    private static void lookTwice(DeviceWatch watch) {
        watch.check();
        watch.check();
    }

    @Test
    void chosenMicrophoneEndsWhenItIsUnpluggedEvenIfAnotherIsAttached() {
        DeviceWatch watch = watch(HEADSET);
        lookTwice(watch);
        assertThat(gone).hasValue(0);

        attached.remove(HEADSET);
        lookTwice(watch);
        lookTwice(watch);

        assertThat(gone).hasValue(1);
    }

    @Test
    void defaultEndsOnlyWithTheLastMicrophone() {
        DeviceWatch unnamed = watch(null);
        DeviceWatch named = watch(attached.get(0));
        attached.remove(DESK);
        attached.set(0, microphone("default: Headset"));
        lookTwice(unnamed);
        lookTwice(named);
        assertThat(gone).hasValue(0);

        attached.clear();
        lookTwice(unnamed);
        lookTwice(named);

        assertThat(gone).hasValue(2);
    }
}

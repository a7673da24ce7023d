package dev.videosession.session.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import dev.videosession.protocol.message.FallbackState;
import dev.videosession.session.SubscriberListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallbackEventsTest {
    @ParameterizedTest
    @CsvSource({
        "VIDEO, VIDEO, ''",
        "VIDEO, WARNED, warning",
        "VIDEO, AUDIO_ONLY, disabled",
        "WARNED, VIDEO, lifted",
        "WARNED, AUDIO_ONLY, disabled",
        "AUDIO_ONLY, VIDEO, enabled",
        "AUDIO_ONLY, WARNED, enabled warning"
    })
    void eachChangeHasItsEvents(FallbackState before, FallbackState now, String expected) {
        List<String> told = new ArrayList<>();
        SubscriberListener listener = new SubscriberListener() {
            @Override
            public void onVideoDisableWarning() {
                told.add("warning");
            }

            @Override
            public void onVideoDisableWarningLifted() {
                told.add("lifted");
            }
        };
        RemoteSubscriber subscriber = mock();
        doAnswer(call -> {
                    call.<Consumer<SubscriberListener>>getArgument(0).accept(listener);
                    return null;
                })
                .when(subscriber)
                .tell(any());
        doAnswer(call -> told.add(call.<Boolean>getArgument(0) ? "enabled" : "disabled"))
                .when(subscriber)
                .videoChanged(anyBoolean(), any());
        FallbackEvents.report(before, now, subscriber);
        assertThat(String.join(" ", told)).isEqualTo(expected);
    }
}

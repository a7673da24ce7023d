package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.internal.link.LinkSettings;
import dev.videosession.protocol.Dimensions;
import dev.videosession.protocol.message.Subscription;
import org.junit.jupiter.api.Test;

class VideoLimitsTest {
    private static final Subscription SMALL = new Subscription(true, true, new Dimensions(320, 180), 10);

    @Test
    void withoutLimitsTheSubscriberDecides() {
        assertThat(VideoLimits.NONE.settings(Subscription.EVERYTHING, 1280, 720))
                .isEqualTo(LinkSettings.UNLIMITED);
        assertThat(VideoLimits.NONE.settings(SMALL, 1280, 720)).isEqualTo(new LinkSettings(0, 10, 4));
    }

    @Test
    void theLeastOfWhatBothSidesAllowIsSent() {
        VideoLimits limits = VideoLimits.NONE
                .withMaxBitrate(100_000)
                .withResolution(new Dimensions(640, 360))
                .withFrameRate(5);
        assertThat(limits.settings(Subscription.EVERYTHING, 1280, 720)).isEqualTo(new LinkSettings(100_000, 5, 2));
        assertThat(limits.settings(SMALL, 1280, 720)).isEqualTo(new LinkSettings(100_000, 5, 4));
    }

    @Test
    void videoThatIsSmallEnoughOrUnknownIsNotScaled() {
        assertThat(VideoLimits.NONE.settings(SMALL, 160, 90).scaleResolutionDownBy())
                .isEqualTo(1);
        assertThat(VideoLimits.NONE.settings(SMALL, 0, 0).scaleResolutionDownBy())
                .isEqualTo(1);
    }

    @Test
    void meaninglessLimitsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VideoLimits.NONE.withMaxBitrate(4_999))
                .withMessageContaining("5000 to 10000000");
        assertThatIllegalArgumentException().isThrownBy(() -> VideoLimits.NONE.withMaxBitrate(10_000_001));
        assertThatIllegalArgumentException().isThrownBy(() -> VideoLimits.NONE.withFrameRate(0));
    }
}

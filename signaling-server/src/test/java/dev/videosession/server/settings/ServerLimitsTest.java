package dev.videosession.server.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A share outside its range is refused where it is set, with its name and its range. */
class ServerLimitsTest {
    private record Share(String name, int smallest, int largest, IntFunction<ServerLimits.Builder> set) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Share> shares() {
        return Stream.of(
                new Share("memoryPercent", 1, 90, ServerLimits.builder()::memoryPercent),
                new Share("resumeReservePercent", 0, 90, ServerLimits.builder()::resumeReservePercent),
                new Share(
                        "routerPercentPerToken",
                        1,
                        100,
                        percent -> ServerLimits.builder().routerPercent(percent, 100)),
                new Share(
                        "routerPercentPerProject",
                        1,
                        100,
                        percent -> ServerLimits.builder().routerPercent(1, percent)));
    }

    @ParameterizedTest
    @MethodSource("shares")
    void shareHasARange(Share share) {
        assertThatCode(() -> share.set.apply(share.smallest).build()).doesNotThrowAnyException();
        assertThatCode(() -> share.set.apply(share.largest).build()).doesNotThrowAnyException();
        Stream.of(share.smallest - 1, share.largest + 1)
                .forEach(percent -> assertThatThrownBy(
                                () -> share.set.apply(percent).build())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(share.name + " must be from " + share.smallest + " to " + share.largest + ", was "
                                + percent));
    }
}

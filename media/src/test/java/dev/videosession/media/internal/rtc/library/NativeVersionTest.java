package dev.videosession.media.internal.rtc.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeVersionTest {
    @Test
    void versionOfTheLibraryIsKnown() {
        assertThat(NativeVersion.current()).isNotNull().matches("[0-9]+[.][0-9]+[.].*");
    }

    @Test
    void missingPropertiesAreNoVersion() throws Exception {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            assertThat(NativeVersion.version(empty)).isNull();
        }
    }

    /** Releasing what a newer library releases itself would end the process; not releasing only costs memory. */
    @ParameterizedTest
    @CsvSource({
        "0.9.0, true",
        "0.14.0, true",
        "0.15.0, true",
        "0.15.1-SNAPSHOT, false",
        "0.15.1, false",
        "0.16.0, false",
        "1.0.0, false",
        "'', false",
        "unknown, false"
    })
    void onlyKnownVersionsAreHelped(String version, boolean leaks) {
        assertThat(NativeVersion.leaks(version)).isEqualTo(leaks);
    }
}

package dev.videosession.session.backend;

import com.opentok.MediaMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backend does with the official library, in relayed and in routed sessions, as the clients in them see it. */
@ParameterizedClass
@EnumSource(MediaMode.class)
abstract class BackendScenario {
    @Parameter
    MediaMode mode;

    Backend backend;

    @BeforeEach
    void startBackend() throws Exception {
        backend = new Backend(mode);
    }

    @AfterEach
    void stopBackend() {
        backend.close();
    }
}

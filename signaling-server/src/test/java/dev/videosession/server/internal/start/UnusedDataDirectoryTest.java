package dev.videosession.server.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.server.settings.ClusterSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class UnusedDataDirectoryTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ServerFiles.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void record() {
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
    }

    @AfterEach
    void clean() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private SignalingServerBuilder builder() {
        return SignalingServer.builder()
                .port(0)
                .project(new Project(1, List.of("0123456789abcdef0123456789abcdef"), null))
                .dataDirectory(directory.resolve("data"));
    }

    @Test
    void nodeOfAClusterWarnsThatItIsNotUsed() {
        SignalingServerBuilder node =
                builder().cluster(new ClusterSettings("redis://127.0.0.1:1", null, "node", null, 0));
        assertThatIOException().as("there is no Redis").isThrownBy(node::start);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("event=dataDirectoryUnused directory=\"" + directory.resolve("data") + "\" reason=");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void singleServerUsesIt() throws Exception {
        builder().start().close();
        assertThat(log.list).isEmpty();
        assertThat(directory.resolve("data")).isNotEmptyDirectory();
    }
}

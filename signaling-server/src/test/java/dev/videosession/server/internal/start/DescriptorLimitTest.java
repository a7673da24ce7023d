package dev.videosession.server.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.fixture.ServerProcess;
import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DescriptorLimitTest {
    @Test
    void socketsStayBelowWhatTheProcessMayOpen() {
        assertThat(DescriptorLimit.fit(20_000, 1_048_576, 60)).isEqualTo(20_000);
        assertThat(DescriptorLimit.fit(20_000, 20_000, 60)).isEqualTo(20_000 - 60 - 128 - 256);
        assertThat(DescriptorLimit.fit(20_000, -1, 60)).as("unlimited").isEqualTo(20_000);
        assertThat(DescriptorLimit.fit(20_000, 100, 60)).isEqualTo(16);
        assertThat(DescriptorLimit.fit(5, 1000, 60)).isEqualTo(5);
    }

    @Test
    void onlyALimitThatAProgramHasSetCausesAWarning() {
        assertThat(DescriptorLimit.isChosen(20_000)).isFalse();
        assertThat(DescriptorLimit.isChosen(19_999)).isTrue();
        assertThat(DescriptorLimit.isChosen(30_000)).isTrue();
    }

    /** The process never runs out, so a new client is served while more unauthenticated sockets hold sockets than it may open. */
    @Test
    @Timeout(60)
    void unauthenticatedSocketsCannotUseUpTheDescriptors(@TempDir Path directory) throws IOException {
        Path address = directory.resolve("address");
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -n 700 && exec \"$@\"", "bash"));
        command.addAll(JavaPrograms.java(ServerProcess.class.getName(), address.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        List<Socket> unauthenticated = new ArrayList<>();
        OkHttpClient http = new OkHttpClient();
        try {
            Awaitility.await("server").until(() -> Files.exists(address) || !process.isAlive());
            URI server = URI.create(Files.readString(address));
            assertThat(Files.readString(log))
                    .containsPattern("INFO .*event=socketsLowered from=20000")
                    .contains("descriptors=700");
            for (int i = 0; i < 900; i++) {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress("127.0.1." + (1 + i % 9), 0));
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
                unauthenticated.add(socket);
            }
            try (Response response = http.newCall(
                            new Request.Builder().url(server + "/health").build())
                    .execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
            assertThat(Files.readString(log)).doesNotContain("Too many open files");
        } finally {
            process.destroyForcibly();
            http.dispatcher().executorService().shutdownNow();
            http.connectionPool().evictAll();
            for (Socket socket : unauthenticated) {
                socket.close();
            }
        }
    }
}

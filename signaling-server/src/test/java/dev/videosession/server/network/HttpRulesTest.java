package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.message.Timings;
import dev.videosession.server.fixture.HttpReplies;
import dev.videosession.server.fixture.RawSocket;
import dev.videosession.server.fixture.ServerFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 and 9112 ask of a server, over real sockets. */
class HttpRulesTest {
    private static ServerFixture fixture;

    @BeforeAll
    static void startServer() {
        fixture = new ServerFixture(
                builder -> builder.handshakeTimeoutMillis(5000).timings(new Timings(3000, 8000, 0)));
    }

    @AfterAll
    static void stopServer() {
        fixture.close();
    }

    private static List<HttpReplies.Reply> converse(String text) throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server)) {
            socket.write(text);
            return HttpReplies.parse(socket.readAll().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static int status(String... lines) throws IOException {
        List<HttpReplies.Reply> replies = converse(String.join("\r\n", lines) + "\r\n\r\n");
        assertThat(replies).hasSize(1);
        HttpReplies.Reply reply = replies.get(0);
        assertThat(reply.status() < 400 || reply.isErrorInJson())
                .as(reply.toString())
                .isTrue();
        return reply.status();
    }

    @Test
    void exactlyOneHostIsNeeded() throws IOException {
        assertThat(status("GET /health HTTP/1.1", "Connection: close")).isEqualTo(400);
        assertThat(status("GET /health HTTP/1.1", "Host: a", "Host: b")).isEqualTo(400);
        assertThat(status("GET /health HTTP/1.1", "Host: a", "Host: a")).isEqualTo(400);
        assertThat(status("GET /health HTTP/1.0", "Host: a", "Host: a")).isEqualTo(400);
        assertThat(status("GET /health HTTP/1.0")).isEqualTo(200);
        assertThat(status("GET /health HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "xn--bcher-kva.example", "a_b"})
    void hostsThatAreWellFormedPass(String host) throws IOException {
        assertThat(status("GET /health HTTP/1.1", "Host: " + host, "Connection: close"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b/c", "user@host", "a:b", "[::1", "a\"b", "http://a", "a:80:80", "a#b"})
    void hostsThatAreMalformedAreRefused(String host) throws IOException {
        assertThat(status("GET /health HTTP/1.1", "Host: " + host)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, 501",
        "'gzip, chunked', 501",
        "identity, 501",
        "'chunked, chunked', 400",
        "xchunked, 501",
        "chunked, 405",
        "CHUNKED, 405",
    })
    void chunkedIsTheOnlyTransferCoding(String coding, int status) throws IOException {
        List<HttpReplies.Reply> replies = converse("POST /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.isErrorInJson()).isTrue();
        });
    }

    /** What one reader takes for a body and another one for a request must not be carried out. */
    @Test
    void bodiesOfUnclearLengthSmuggleNothing() throws IOException {
        String hidden = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
        String both = "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: " + (5 + hidden.length())
                + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden;
        assertThat(converse(both))
                .singleElement()
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(400));
        String old = "POST /health HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden;
        assertThat(converse(old))
                .singleElement()
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(400));
        String unknown = "POST /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n" + hidden + hidden;
        assertThat(converse(unknown))
                .singleElement()
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(501));
        String lengths = "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 37\r\n\r\n" + hidden;
        assertThat(converse(lengths))
                .singleElement()
                .satisfies(reply -> assertThat(reply.status()).isEqualTo(400));
    }

    @Test
    void absoluteTargetsAreAccepted() throws IOException {
        assertThat(status("GET http://elsewhere:80/health HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(200);
        assertThat(status("GET HTTPS://elsewhere/health?x=/ HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(200);
        assertThat(status("GET http://elsewhere HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(404);
        assertThat(status("GET http:///health HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(400);
        assertThat(status("GET ftp://elsewhere/health HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(400);
        assertThat(status("OPTIONS * HTTP/1.1", "Host: a", "Connection: close")).isEqualTo(400);
        assertThat(status("CONNECT elsewhere:443 HTTP/1.1", "Host: a", "Connection: close"))
                .isEqualTo(400);
    }

    @Test
    void headIsAnsweredLikeGetWithoutTheBody() throws IOException {
        try (RawSocket socket = new RawSocket(fixture.server)) {
            String head = "HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n";
            socket.write(head);
            socket.write(head.replace("health", "nothing"));
            socket.write("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            String[] replies = socket.readAll().split("(?=HTTP/1.1 )", -1);
            assertThat(replies).hasSize(3);
            assertThat(replies[0]).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
            assertThat(replies[1]).startsWith("HTTP/1.1 404").endsWith("\r\n\r\n");
            assertThat(replies[2]).startsWith("HTTP/1.1 200").endsWith("}");
            String length = "content-length: " + replies[2].split("\r\n\r\n", -1)[1].length();
            assertThat(replies[0].toLowerCase(Locale.ROOT)).contains(length);
        }
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        assertThat(status("GET /health HTTP/2.0", "Host: a")).isEqualTo(505);
    }

    @Test
    void oneSocketMakesSoManyRequests() throws IOException {
        String request = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
        try (RawSocket socket = new RawSocket(fixture.server)) {
            for (int i = 1; i < 1000; i++) {
                socket.write(request);
                assertThat(socket.readHead()).startsWith("HTTP/1.1 200").doesNotContain("close");
            }
            socket.write(request.repeat(2));
            assertThat(socket.readAll())
                    .startsWith("HTTP/1.1 200")
                    .contains("connection: close")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }
}

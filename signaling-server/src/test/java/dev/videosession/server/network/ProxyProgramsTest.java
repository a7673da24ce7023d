package dev.videosession.server.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.admission.Verdict;
import dev.videosession.server.fixture.SelfSigned;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.AddressRange;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/proxies}, run by the programs that they are for, in front of a server that trusts them. */
@Timeout(90)
class ProxyProgramsTest {
    private static final String HOST = "video.example.org";
    private static final int PER_ADDRESS = 3;

    private final Set<String> addresses = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path directory;

    private ServerFixture fixture;
    private OkHttpClient http;
    private SelfSigned certificate;

    @BeforeEach
    void startServer() throws Exception {
        Admission admission = new Admission() {
            @Override
            public CompletionStage<Verdict> connect(ConnectRequest request) {
                addresses.add(request.remoteAddress().getAddress().getHostAddress());
                return Verdict.allow();
            }
        };
        ServerLimits limits = ServerLimits.builder()
                .unauthenticatedSocketsPerAddress(PER_ADDRESS)
                .connectionsPerAddress(PER_ADDRESS)
                .build();
        fixture = new ServerFixture(builder -> builder.limits(limits)
                .trustedProxy(AddressRange.parse("127.0.0.1"))
                .admission(admission, 5000)
                .admin("127.0.0.1", 0)
                .timings(new Timings(3000, 60_000, 0)));
        fixture.http.dispatcher().setMaxRequests(1000); // a WebSocket is a request that goes on
        certificate = SelfSigned.make(directory, HOST);
        http = certificate
                .trusting(fixture.http)
                .dns(name -> List.of(InetAddress.getLoopbackAddress()))
                .build();
    }

    @AfterEach
    void stopServer() {
        fixture.close();
    }

    /** Its sockets come from one loopback address. */
    private static OkHttpClient from(OkHttpClient base, String address) {
        return base.newBuilder()
                .socketFactory(new SocketFactory() {
                    @Override
                    public Socket createSocket() throws IOException {
                        Socket socket = new Socket();
                        socket.bind(new InetSocketAddress(address, 0));
                        return socket;
                    }

                    @Override
                    public Socket createSocket(String host, int port) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Socket createSocket(InetAddress host, int port) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
                        throw new UnsupportedOperationException();
                    }
                })
                .build();
    }

    private static String address(int client) {
        return "127.1." + client / 200 + "." + (1 + client % 200);
    }

    /** All are connected at a time, each from an address of its own, and the server knows them. */
    private void assertNotHeldToOneAddress(OkHttpClient base, URI proxy, int count) {
        List<TestClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                TestClient client = new TestClient(from(base, address(i)), proxy);
                clients.add(client);
                SessionId own = ServerFixture.newSession();
                client.connect(own, new TokenIssuer(ServerFixture.PROJECT).jwt(new ClientToken(own)));
            }
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                expected.add(address(i));
            }
            assertThat(addresses).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(fixture.metric("videosession.connections")).isEqualTo(count);
        } finally {
            clients.forEach(TestClient::close);
            addresses.clear();
        }
    }

    private void assertForgeryIsIgnored(OkHttpClient base, URI proxy) {
        OkHttpClient forger = from(base, "127.1.9.9")
                .newBuilder()
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("X-Forwarded-For", "192.0.2.66")
                        .build()))
                .build();
        try (TestClient client = new TestClient(forger, proxy)) {
            client.connect(fixture.session, fixture.token(Role.PUBLISHER));
            assertThat(addresses).containsExactly("127.1.9.9");
        } finally {
            addresses.clear();
        }
    }

    private void assertHttp(URI proxy, int metricsStatus) throws IOException {
        for (int i = 0; i < 5; i++) {
            try (Response response = http.newCall(
                            new Request.Builder().url(proxy + "/health").build())
                    .execute()) {
                assertThat(response.code()).isEqualTo(200);
            }
        }
        try (Response response = http.newCall(
                        new Request.Builder().url(proxy + "/metrics").build())
                .execute()) {
            assertThat(response.code()).isEqualTo(metricsStatus);
        }
    }

    private ProxyProgram start(String program) throws IOException {
        assumeTrue(ProxyProgram.isInstalled(program), program + " is not installed");
        return ProxyProgram.start(program, fixture.server.port(), certificate, directory);
    }

    @Test
    void nginx() throws IOException {
        try (ProxyProgram nginx = start("nginx")) {
            URI proxy = URI.create("https://" + HOST + ":" + nginx.port);
            assertHttp(proxy, 404);
            assertForgeryIsIgnored(http, proxy);
            assertNotHeldToOneAddress(http, proxy, 30);
            assertForgeryIsIgnored(fixture.http, fixture.server.uri());
        }
    }

    @Test
    @Tag("faults")
    void manyClientsThroughNginx() throws IOException {
        try (ProxyProgram nginx = start("nginx")) {
            assertNotHeldToOneAddress(http, URI.create("https://" + HOST + ":" + nginx.port), 300);
        }
    }

    @Test
    void haproxy() throws IOException {
        try (ProxyProgram haproxy = start("haproxy")) {
            URI proxy = URI.create("https://" + HOST + ":" + haproxy.port);
            assertHttp(proxy, 404);
            assertForgeryIsIgnored(http, proxy);
            assertNotHeldToOneAddress(http, proxy, 30);
            URI tcp = URI.create("http://" + HOST + ":" + haproxy.tcpPort);
            assertForgeryIsIgnored(http, tcp);
            assertNotHeldToOneAddress(http, tcp, 30);
        }
    }

    @Test
    void caddy() throws IOException {
        try (ProxyProgram caddy = start("caddy")) {
            URI proxy = URI.create("https://" + HOST + ":" + caddy.port);
            assertHttp(proxy, 404);
            assertForgeryIsIgnored(http, proxy);
            assertNotHeldToOneAddress(http, proxy, 30);
        }
    }
}

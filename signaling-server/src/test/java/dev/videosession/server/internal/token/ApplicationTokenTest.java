package dev.videosession.server.internal.token;

import static dev.videosession.server.fixture.KeyPairs.OTHER;
import static dev.videosession.server.fixture.KeyPairs.OWN;
import static dev.videosession.server.fixture.KeyPairs.privateKey;
import static dev.videosession.server.fixture.KeyPairs.publicKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.fixture.KeyPairs;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of Vonage's unified Video API, of clients and of backends. */
class ApplicationTokenTest {
    private static final long NOW = 1_800_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    private static final UUID ID = UUID.fromString("78d335fa-323d-0114-9c3d-d6f0d48968cf");
    private static final UUID ANOTHER = UUID.fromString("11d335fa-323d-0114-9c3d-d6f0d48968cf");
    private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
    private static final Project PROJECT = new Project(47, SECRET)
            .withApplication(new Application(ID, List.of(publicKey(KeyPairs.generate(2048)), publicKey(OWN))));
    private static final Projects PROJECTS = new Projects()
            .put(PROJECT)
            .put(new Project(48, List.of(), new Application(ANOTHER, publicKey(OTHER)), null))
            .put(new Project(49, SECRET));
    private static final SessionIds IDS = new SessionIds(CLOCK);
    private static final SessionId SESSION = IDS.create(ProjectId.ofApplication(ID), false);
    private static final SessionId OF_API_KEY = IDS.create(47, true);

    private final TokenVerifier clients = new TokenVerifier(PROJECTS, CLOCK);
    private final ApiTokenVerifier backends = new ApiTokenVerifier(PROJECTS, CLOCK);

    private static String sign(JWTCreator.Builder token, KeyPair pair) {
        return token.sign(Algorithm.RSA256(publicKey(pair), privateKey(pair)));
    }

    private static JWTCreator.Builder client(SessionId session) {
        return JWT.create()
                .withClaim("application_id", ID.toString())
                .withClaim("scope", "session.connect")
                .withClaim("session_id", session.value())
                .withClaim("role", "moderator")
                .withSubject("video")
                .withClaim("acl", Map.of("paths", Map.of("/session/**", Map.of())))
                .withClaim("connection_data", "name=Ada & Bob")
                .withClaim("initial_layout_class_list", "focus wide")
                .withIssuedAt(Instant.ofEpochSecond(NOW))
                .withExpiresAt(Instant.ofEpochSecond(NOW + 60))
                .withJWTId("1");
    }

    private static JWTCreator.Builder backend() {
        return JWT.create()
                .withClaim("application_id", ID.toString())
                .withIssuedAt(Instant.ofEpochSecond(NOW))
                .withJWTId("1");
    }

    @Test
    void clientsTokenOpensTheSession() throws TokenException {
        VerifiedToken token = clients.verify(SESSION, sign(client(SESSION), OWN));
        assertThat(token.role()).isEqualTo(Role.MODERATOR);
        assertThat(token.data()).isEqualTo("name=Ada & Bob");
        assertThat(token.layoutClasses()).containsExactly("focus", "wide");
        assertThat(token.expiresAtSeconds()).isEqualTo(NOW + 60);
    }

    @Test
    void credentialsOfOneProjectOpenAllOfItsSessions() throws TokenException {
        clients.verify(OF_API_KEY, sign(client(OF_API_KEY), OWN));
        TokenIssuer issuer = new TokenIssuer(PROJECT, CLOCK);
        clients.verify(SESSION, issuer.jwt(new ClientToken(SESSION)));
        clients.verify(SESSION, issuer.t1(new ClientToken(SESSION)));
        assertThat(backends.verify(issuer.rest()).caller()).isEqualTo(ProjectId.ofApiKey(47));
        assertThat(backends.verify(sign(backend(), OWN)).caller()).isEqualTo(ProjectId.ofApplication(ID));
    }

    static Stream<String> refusedClients() {
        return Stream.of(
                sign(client(SESSION), OTHER),
                sign(client(OF_API_KEY), OWN),
                sign(client(SESSION).withClaim("application_id", ANOTHER.toString()), OWN),
                sign(client(SESSION).withNullClaim("application_id"), OWN),
                sign(client(SESSION).withNullClaim("scope"), OWN),
                sign(client(SESSION).withClaim("scope", "archive"), OWN),
                sign(client(SESSION).withSubject("alice"), OWN),
                sign(client(SESSION).withClaim("role", "king"), OWN),
                sign(client(SESSION).withExpiresAt(Instant.ofEpochSecond(NOW)), OWN),
                sign(client(SESSION).withNotBefore(Instant.ofEpochSecond(NOW + 301)), OWN),
                sign(client(SESSION).withHeader(Map.of("crit", List.of("exp"))), OWN),
                sign(client(SESSION).withClaim("acl", "everything"), OWN),
                sign(client(SESSION).withNullClaim("acl"), OWN),
                sign(client(SESSION).withClaim("acl", Map.of("paths", Map.of())), OWN),
                sign(client(SESSION).withClaim("acl", paths("/archive/**")), OWN),
                sign(client(SESSION).withClaim("acl", paths("/session/other")), OWN),
                sign(client(SESSION).withClaim("acl", paths("/session/*/stream")), OWN),
                sign(
                        client(SESSION)
                                .withClaim("acl", Map.of("paths", Map.of("/session/**", Map.of("methods", "GET")))),
                        OWN),
                client(SESSION).sign(Algorithm.none()),
                client(SESSION).sign(Algorithm.RSA512(publicKey(OWN), privateKey(OWN))));
    }

    private static Map<String, Object> paths(String pattern) {
        return Map.of("paths", Map.of(pattern, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("refusedClients")
    void badTokenOfAClientIsRefused(String token) {
        assertThatThrownBy(() -> clients.verify(SESSION, token)).isInstanceOf(TokenException.class);
    }

    @Test
    void pathsOfTheAccessListMayBeWiderOrExact() throws TokenException {
        for (String pattern : List.of("/session/**", "/session/*", "/**", "/*/*", "/session/" + SESSION, "**/**")) {
            clients.verify(SESSION, sign(client(SESSION).withClaim("acl", paths(pattern)), OWN));
        }
    }

    /** The public key is public: it must not be usable for signing. */
    @Test
    void publicKeyIsNoSecret() throws Exception {
        byte[] der = publicKey(OWN).getEncoded();
        String pem = KeyPairs.pem("PUBLIC KEY", der);
        for (byte[] secret : List.of(
                der,
                pem.getBytes(StandardCharsets.UTF_8),
                publicKey(OWN).getModulus().toByteArray())) {
            for (SessionId session : List.of(SESSION, OF_API_KEY)) {
                String own = client(session)
                        .withIssuer("47")
                        .withClaim("ist", "project")
                        .sign(Algorithm.HMAC256(secret));
                assertThatThrownBy(() -> clients.verify(session, own)).isInstanceOf(TokenException.class);
                String relabelled = hmac("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", own, secret);
                assertThatThrownBy(() -> clients.verify(session, relabelled)).isInstanceOf(TokenException.class);
            }
            String call = backend().withIssuer("47").withClaim("ist", "project").sign(Algorithm.HMAC256(secret));
            assertThatThrownBy(() -> backends.verify(call)).isInstanceOf(TokenException.class);
            String relabelled = hmac("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", call, secret);
            assertThatThrownBy(() -> backends.verify(relabelled)).isInstanceOf(TokenException.class);
        }
        assertThatThrownBy(() -> backends.verify(backend().sign(Algorithm.none())))
                .isInstanceOf(TokenException.class);
    }

    private static String hmac(String header, String token, byte[] secret) throws Exception {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String signed =
                encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + '.' + token.split("\\.", -1)[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + '.' + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keyInTheHeaderIsIgnored() {
        Map<String, Object> header = Map.of("jwk", Map.of("kty", "RSA", "e", "AQAB", "n", "AQAB"), "jku", "http://x/");
        assertThatThrownBy(() -> clients.verify(SESSION, sign(client(SESSION).withHeader(header), OTHER)))
                .hasMessageContaining("signature");
    }

    @Test
    void backendsTokenMayLeaveItsEndOut() throws TokenException {
        ApiTokenVerifier.ApiToken token = backends.verify(sign(backend(), OWN));
        assertThat(token.project()).isEqualTo(PROJECT);
        assertThat(token.id()).isEqualTo("1");
        assertThat(token.endSeconds()).isEqualTo(NOW + 900 + 60);
        Instant end = Instant.ofEpochSecond(NOW + 900);
        assertThat(backends.verify(sign(backend().withExpiresAt(end).withClaim("ist", "project"), OWN))
                        .endSeconds())
                .isEqualTo(NOW + 900 + 60);
        Instant old = Instant.ofEpochSecond(NOW - 959);
        assertThat(backends.verify(sign(backend().withIssuedAt(old), OWN)).endSeconds())
                .isEqualTo(NOW + 1);
    }

    static Stream<String> refusedBackends() {
        return Stream.of(
                sign(backend(), OTHER),
                sign(backend().withClaim("application_id", ANOTHER.toString()), OWN),
                sign(backend().withClaim("application_id", UUID.randomUUID().toString()), OWN),
                sign(backend().withClaim("application_id", "47"), OWN),
                sign(backend().withNullClaim("application_id"), OWN),
                sign(backend().withNullClaim("jti"), OWN),
                sign(backend().withNullClaim("iat"), OWN),
                sign(backend().withJWTId("x".repeat(257)), OWN),
                sign(backend().withIssuedAt(Instant.ofEpochSecond(NOW - 960)), OWN),
                sign(backend().withIssuedAt(Instant.ofEpochSecond(NOW + 61)), OWN),
                sign(backend().withExpiresAt(Instant.ofEpochSecond(NOW + 901)), OWN),
                sign(backend().withExpiresAt(Instant.ofEpochSecond(NOW * 1000 + 900)), OWN),
                sign(backend().withExpiresAt(Instant.ofEpochSecond(NOW - 60)), OWN),
                sign(backend().withNotBefore(Instant.ofEpochSecond(NOW + 61)), OWN),
                sign(backend().withHeader(Map.of("crit", List.of("b64"))), OWN),
                sign(backend().withSubject("alice"), OWN),
                sign(backend().withClaim("acl", paths("/**")), OWN),
                sign(backend().withClaim("scope", "session.connect"), OWN),
                sign(client(SESSION), OWN),
                backend().sign(Algorithm.RSA384(publicKey(OWN), privateKey(OWN))));
    }

    @ParameterizedTest
    @MethodSource("refusedBackends")
    void badTokenOfABackendIsRefused(String token) {
        assertThatThrownBy(() -> backends.verify(token)).isInstanceOf(TokenException.class);
    }

    @Test
    void projectWithoutAnApplicationHasNoUnifiedTokens() {
        SessionId session = IDS.create(49, true);
        assertThatThrownBy(() -> clients.verify(session, sign(client(session), OWN)))
                .hasMessageContaining("has no application");
    }
}

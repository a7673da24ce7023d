package dev.videosession.server.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.signature.Signatures;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {
    private static final long NOW = 1_800_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    private static final String SECRET = "0123456789abcdef0123456789abcdef01234567";
    private static final String OLD_SECRET = "fedcba9876543210fedcba9876543210fedcba98";
    private static final Project PROJECT = new Project(47_000_001, List.of(SECRET, OLD_SECRET));
    private static final SessionId SESSION = new SessionIds(CLOCK).create(PROJECT.apiKey(), true);
    private static final SessionId OTHER = new SessionIds(CLOCK).create(PROJECT.apiKey(), true);
    private static final SessionId FOREIGN = new SessionIds(CLOCK).create(12, true);

    private final TokenVerifier verifier =
            new TokenVerifier(new Projects().put(PROJECT).put(new Project(13, SECRET)), CLOCK);
    private final TokenIssuer issuer = new TokenIssuer(PROJECT, CLOCK);

    @ParameterizedTest
    @EnumSource(Role.class)
    void mintedTokensOfBothKindsAreAccepted(Role role) throws TokenException {
        ClientToken token = new ClientToken(SESSION).withRole(role).withData("n=\u00e4 +&%~:");
        for (String text : List.of(issuer.jwt(token), issuer.t1(token))) {
            VerifiedToken verified = verifier.verify(SESSION, text);
            assertThat(verified.role()).isEqualTo(role);
            assertThat(verified.data()).isEqualTo("n=\u00e4 +&%~:");
            assertThat(verified.expiresAtSeconds()).isEqualTo(NOW + 86_400);
            assertThat(verified.fingerprint()).hasSize(64);
        }
    }

    static Stream<String> acceptedT1() {
        String session = "session_id=" + SESSION;
        return Stream.of(
                t1(
                        "create_time=1800000000&expire_time=1800000001&" + session + "&nonce=-5&role=moderator"
                                + "&initial_layout_class_list=a b&connection_data=a+b&scope=session.connect",
                        SECRET,
                        false),
                t1(
                        session + "&create_time=1800000000&nonce=0.25&role=moderator&expire_time=1800000001.5"
                                + "&connection_data=a%20b&initial_layout_class_list=",
                        SECRET,
                        true),
                t1(session + "&create_time=1799913601&role=moderator&connection_data=a%20b", OLD_SECRET, false)
                        .replaceFirst("=+$", ""));
    }

    @ParameterizedTest
    @MethodSource("acceptedT1")
    void spellingsOfOtherLibrariesAreAccepted(String token) throws TokenException {
        VerifiedToken verified = verifier.verify(SESSION, token);
        assertThat(verified.role()).isEqualTo(Role.MODERATOR);
        assertThat(verified.data()).isEqualTo("a b");
        assertThat(verified.expiresAtSeconds()).isEqualTo(NOW + 1);
    }

    @Test
    void jwtMayHaveItsKindInTheHeaderAndLivesForADayUnlessItSaysMore() throws TokenException {
        String token = jwt().withHeader(Map.of("ist", "project"))
                .withIssuedAt(Instant.ofEpochSecond(NOW - 86_399))
                .sign(Algorithm.HMAC256(OLD_SECRET));
        VerifiedToken verified = verifier.verify(SESSION, token);
        assertThat(verified.role()).isEqualTo(Role.PUBLISHER);
        assertThat(verified.expiresAtSeconds()).isEqualTo(NOW + 1);
    }

    static Stream<String> refused() {
        String session = "session_id=" + SESSION + "&create_time=1800000000";
        TokenIssuer issuer = new TokenIssuer(PROJECT, CLOCK);
        String good = issuer.jwt(new ClientToken(SESSION));
        return Stream.of(
                "",
                "nonsense",
                "a.b.c",
                "T1==",
                "T1==***",
                "T1==" + base64("partner_id=47000001&sig=00", false),
                good.substring(0, good.length() - 2),
                good.substring(good.indexOf('.')),
                issuer.jwt(new ClientToken(OTHER)),
                issuer.t1(new ClientToken(OTHER)),
                t1(session, "0".repeat(40), false),
                t1(session + "&role=king", SECRET, false),
                t1(session + "&role=moderator&role=publisher", SECRET, false),
                t1(session + "&expire_time=1800000000", SECRET, false),
                t1(session + "&expire_time=soon", SECRET, false),
                t1(session + "&expire_time=NaN", SECRET, false),
                t1(session + "&connection_data=%zz", SECRET, false),
                t1(session + "&connection_data=" + "x".repeat(1001), SECRET, false),
                t1("session_id=" + SESSION, SECRET, false),
                t1("session_id=" + SESSION + "&create_time=1799913600", SECRET, false),
                t1("session_id=" + SESSION + "&create_time=1800000301", SECRET, false),
                t1("create_time=1800000000", SECRET, false),
                t1(session, SECRET, false, 13),
                jwt().sign(Algorithm.HMAC256(SECRET)),
                project().sign(Algorithm.HMAC512(SECRET)),
                project().sign(Algorithm.none()),
                project().sign(Algorithm.HMAC256("0".repeat(40))),
                project().withIssuer("13").sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("scope", "archive").sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("role", "king").sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("role", 5).sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("session_id", 5).sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("exp", "x").sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("connection_data", "x".repeat(1001)).sign(Algorithm.HMAC256(SECRET)),
                project().withIssuedAt(Instant.ofEpochSecond(NOW + 301)).sign(Algorithm.HMAC256(SECRET)),
                project().withExpiresAt(Instant.ofEpochSecond(NOW)).sign(Algorithm.HMAC256(SECRET)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void badTokenIsRefusedAndNotRepeatedInTheMessage(String token) {
        TokenException e = catchThrowableOfType(TokenException.class, () -> verifier.verify(SESSION, token));
        assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_ERROR);
        assertThat(e.getMessage()).doesNotContain(SECRET);
        if (token.length() > 8) {
            assertThat(e.getMessage()).doesNotContain(token);
        }
    }

    static Stream<String> wrongTimes() {
        String session = "session_id=" + SESSION + "&create_time=1800000000";
        return Stream.of(
                t1(session + "&expire_time=1800000060000", SECRET, false),
                jwt(NOW).withClaim("exp", (NOW + 60) * 1000).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("exp", 1e300).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("exp", Long.MAX_VALUE).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("exp", -1).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW * 1000).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW - 86_400).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("nbf", NOW + 301).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("nbf", NOW * 1000).sign(Algorithm.HMAC256(SECRET)),
                project().sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("exp", NOW + 30 * 86_400 + 1).sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("exp", NOW + 30 * 86_400 + 1).sign(Algorithm.HMAC256(SECRET)),
                t1(session + "&expire_time=" + (NOW + 30 * 86_400 + 1), SECRET, false),
                jwt(NOW).withHeader(Map.of("crit", List.of("exp"))).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withHeader(Map.of("crit", List.of())).sign(Algorithm.HMAC256(SECRET)));
    }

    @ParameterizedTest
    @MethodSource("wrongTimes")
    void tokenWithImpossibleTimesOrCriticalExtensionsIsRefused(String token) {
        assertThatThrownBy(() -> verifier.verify(SESSION, token)).isInstanceOf(TokenException.class);
    }

    @Test
    void timesAtTheirBoundsAreAccepted() throws TokenException {
        String session = "session_id=" + SESSION + "&create_time=1800000000";
        for (String token : List.of(
                jwt(NOW + 300).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("nbf", NOW + 300).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("exp", NOW + 1.5).sign(Algorithm.HMAC256(SECRET)),
                jwt(NOW).withClaim("exp", NOW + 30 * 86_400).sign(Algorithm.HMAC256(SECRET)),
                project().withClaim("exp", NOW + 30 * 86_400).sign(Algorithm.HMAC256(SECRET)),
                t1(session + "&expire_time=" + (NOW + 30 * 86_400), SECRET, false))) {
            verifier.verify(SESSION, token);
        }
    }

    @Test
    void longestLifetimeIsTheServersChoice() throws TokenException {
        TokenVerifier strict = new TokenVerifier(new Projects().put(PROJECT), CLOCK, Duration.ofMinutes(10));
        assertThatThrownBy(() -> strict.verify(SESSION, issuer.jwt(new ClientToken(SESSION))))
                .hasMessageContaining("600 seconds");
        ClientToken brief = new ClientToken(SESSION).withLifetime(Duration.ofMinutes(10));
        strict.verify(SESSION, issuer.jwt(brief));
        strict.verify(SESSION, issuer.t1(brief));
        assertThat(strict.verify(SESSION, jwt(NOW - 100).sign(Algorithm.HMAC256(SECRET)))
                        .expiresAtSeconds())
                .isEqualTo(NOW + 500);
    }

    @Test
    void layoutClassesMayBeEncodedAsInAForm() throws TokenException {
        for (String text : List.of("focus wide", "focus+wide", "focus%20wide", " focus  wide ")) {
            String token = jwt(NOW).withClaim("initial_layout_class_list", text).sign(Algorithm.HMAC256(SECRET));
            assertThat(verifier.verify(SESSION, token).layoutClasses()).containsExactly("focus", "wide");
        }
        String broken = jwt(NOW).withClaim("initial_layout_class_list", "100%").sign(Algorithm.HMAC256(SECRET));
        assertThat(verifier.verify(SESSION, broken).layoutClasses()).containsExactly("100%");
    }

    @Test
    void sessionsOfUnknownProjectsDoNotExist() {
        String token = issuer.jwt(new ClientToken(SESSION));
        for (SessionId id : List.of(FOREIGN, new SessionId("lobby"), new SessionId("2_%%"), new SessionId("2_MX4x"))) {
            TokenException e = catchThrowableOfType(TokenException.class, () -> verifier.verify(id, token));
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SESSION_ID);
        }
    }

    @Test
    void impossibleTokensAreNotMinted() {
        assertThatThrownBy(() -> issuer.jwt(new ClientToken(FOREIGN))).isInstanceOf(IllegalArgumentException.class);
        ClientToken token = new ClientToken(SESSION);
        assertThatThrownBy(() -> token.withLifetime(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> token.withLifetime(Duration.ofDays(31))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> token.withData("x".repeat(1001))).isInstanceOf(IllegalArgumentException.class);
    }

    private static JWTCreator.Builder jwt() {
        return JWT.create().withIssuer("47000001").withClaim("session_id", SESSION.value());
    }

    private static JWTCreator.Builder jwt(long issued) {
        return project().withClaim("iat", issued);
    }

    private static JWTCreator.Builder project() {
        return jwt().withClaim("ist", "project");
    }

    private static String t1(String fields, String secret, boolean urlAlphabet) {
        return t1(fields, secret, urlAlphabet, PROJECT.apiKey());
    }

    private static String t1(String fields, String secret, boolean urlAlphabet, int key) {
        String text = "partner_id=" + key + "&sig=" + Signatures.hmacSha1Hex(secret, fields) + ":" + fields;
        return "T1==" + base64(text, urlAlphabet);
    }

    private static String base64(String text, boolean urlAlphabet) {
        Base64.Encoder encoder = urlAlphabet ? Base64.getUrlEncoder() : Base64.getEncoder();
        return encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.videosession.server.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.fixture.FuzzRounds;
import dev.videosession.server.fixture.Mutator;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a token is made of, it is accepted with what was signed or refused with a reason. */
@Timeout(value = 1, unit = TimeUnit.HOURS) // fuzz.times sets its duration; each round has a bound
class TokenFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final Project PROJECT = new Project(47, "0123456789abcdef0123456789abcdef");
    private static final Projects PROJECTS = new Projects().put(PROJECT);
    private static final TokenVerifier VERIFIER = new TokenVerifier(PROJECTS, Clock.systemUTC());
    private static final ApiTokenVerifier API = new ApiTokenVerifier(PROJECTS, Clock.systemUTC());
    private static final SessionId SESSION = new SessionIds(Clock.systemUTC()).create(47, true);
    private static final TokenIssuer ISSUER = new TokenIssuer(PROJECT);
    private static final ClientToken CLIENT =
            new ClientToken(SESSION).withRole(Role.SUBSCRIBER).withData("name=Ada & \u00e9");

    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private static byte[] hmac(String algorithm, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(PROJECT.signingSecret().getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** With a damaged header and payload and a correct signature. */
    private static String signedJwt(String header, String payload) {
        String signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(hmac("HmacSHA256", signed));
    }

    private static String signedT1(String fields) {
        String text = "partner_id=47&sig=" + HexFormat.of().formatHex(hmac("HmacSHA1", fields)) + ":" + fields;
        return "T1==" + base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String jwt, int part) {
        return new String(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[part]), StandardCharsets.UTF_8);
    }

    /** Returns null if it was refused. */
    private VerifiedToken verify(SessionId session, String token) {
        try {
            VerifiedToken verified = VERIFIER.verify(session, token);
            accepted.incrementAndGet();
            return verified;
        } catch (TokenException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.code().name()).isIn("AUTHENTICATION_ERROR", "INVALID_SESSION_ID");
            refused.incrementAndGet();
            return null;
        }
    }

    @Test
    void bentTokensOfClientsSayWhatWasSignedOrNothing() {
        List<String> good = List.of(ISSUER.jwt(CLIENT), ISSUER.t1(CLIENT));
        FuzzRounds.play("client tokens", ROUNDS, 2, random -> {
            Mutator mutator = new Mutator(random);
            VerifiedToken verified = verify(SESSION, mutator.text(mutator.oneOf(good)));
            if (verified != null) {
                assertThat(verified.role()).isEqualTo(Role.SUBSCRIBER);
                assertThat(verified.data()).isEqualTo("name=Ada & \u00e9");
            }
        });
        assertThat(refused.get()).isGreaterThan(accepted.get());
    }

    /** Only here does what stands in the token reach the code behind the check of the signature. */
    @Test
    void signedNonsenseIsAcceptedOrRefused() {
        String jwt = ISSUER.jwt(CLIENT);
        String t1 = new String(Base64.getDecoder().decode(ISSUER.t1(CLIENT).substring(4)), StandardCharsets.UTF_8);
        String fields = t1.substring(t1.indexOf(':') + 1);
        FuzzRounds.play("signed tokens", ROUNDS, 2, random -> {
            Mutator mutator = new Mutator(random);
            String header = mutator.chance(0.2) ? mutator.text(decoded(jwt, 0)) : decoded(jwt, 0);
            verify(SESSION, signedJwt(header, times(mutator, mutator.text(decoded(jwt, 1)))));
            verify(SESSION, signedT1(mutator.text(fields)));
        });
        assertThat(accepted.get()).as("some edits do not matter").isPositive();
        assertThat(refused.get()).isPositive();
    }

    /** Numbers where the times stand. */
    private static String times(Mutator mutator, String payload) {
        return mutator.chance(0.5)
                ? payload.replaceFirst("\"(exp|iat|nbf)\":[0-9]+", "\"$1\":" + mutator.number())
                : payload;
    }

    @Test
    void bentTokensOfBackendsAreAcceptedOrRefused() {
        long end = Clock.systemUTC().instant().plus(Duration.ofMinutes(3)).getEpochSecond();
        String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
        String payload = "{\"iss\":\"47\",\"ist\":\"project\",\"iat\":" + (end - 200) + ",\"exp\":" + end + ",\"nbf\":"
                + (end - 200) + ",\"jti\":\"a\"}";
        String good = signedJwt(header, payload);
        FuzzRounds.play("backend tokens", ROUNDS, 2, random -> {
            Mutator mutator = new Mutator(random);
            verifyApi(mutator.text(good));
            verifyApi(signedJwt(mutator.chance(0.2) ? mutator.text(header) : header, times(mutator, payload)));
            verifyApi(signedJwt(header, mutator.text(payload)));
        });
        assertThat(accepted.get()).isPositive();
        assertThat(refused.get()).isPositive();
    }

    private void verifyApi(String token) {
        try {
            assertThat(API.verify(token).project()).isEqualTo(PROJECT);
            accepted.incrementAndGet();
        } catch (TokenException e) {
            assertThat(e.getMessage()).isNotBlank();
            refused.incrementAndGet();
        }
    }

    @Test
    void bentSessionIdsOpenNothing() {
        String jwt = ISSUER.jwt(CLIENT);
        FuzzRounds.play("session ids", ROUNDS, 2, random -> {
            String bent = bentSession(random);
            SessionId id;
            try {
                id = new SessionId(bent);
            } catch (IllegalArgumentException e) {
                return;
            }
            SessionIds.read(id)
                    .ifPresent(parts ->
                            assertThat(ProjectId.parse(parts.project().value())).contains(parts.project()));
            if (!bent.equals(SESSION.value())) {
                assertThat(verify(id, jwt)).as("a token for another session").isNull();
            }
        });
    }

    private static String bentSession(SplittableRandom random) {
        Mutator mutator = new Mutator(random);
        if (mutator.chance(0.5)) {
            return mutator.text(SESSION.value());
        }
        byte[] inner = Base64.getUrlDecoder().decode(SESSION.value().substring(2));
        return "2_" + base64(mutator.bytes(inner));
    }
}

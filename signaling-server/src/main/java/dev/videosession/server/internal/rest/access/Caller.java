package dev.videosession.server.internal.rest.access;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.http.HttpCall;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.token.ApiTokenVerifier;
import dev.videosession.server.internal.token.TokenException;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.settings.RestRate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Authenticates REST calls and limits their rate. Thread-safe. */
public final class Caller {
    private static final String BEARER = "Bearer ";

    private final ApiTokenVerifier verifier;
    private final RestRate rate;
    private final TimeSource time;
    private final UsedTokens used;
    private final Map<Integer, ProjectGuard> guards = new ConcurrentHashMap<>();

    public Caller(ApiTokenVerifier verifier, RestRate rate, TimeSource time, UsedTokens used) {
        this.used = used;
        this.verifier = verifier;
        this.rate = rate;
        this.time = time;
    }

    /**
     * A call that may be carried out.
     *
     * @param remembered completed when the use of the token is on disk; failed if it cannot be written
     */
    public record Admitted(RestCall call, CompletableFuture<Void> remembered) {}

    /** A call without a token gets status 401, one with a wrong token 403, which all OpenTok libraries report as such. */
    public Admitted admit(HttpCall call) throws RestException {
        String token = tokenOf(call);
        if (token == null) {
            throw RestException.unauthenticated(
                    401, "A JSON web token is missing. Send it in the header X-OPENTOK-AUTH or Authorization: Bearer.");
        }
        ApiTokenVerifier.ApiToken found;
        try {
            found = verifier.verify(token);
        } catch (TokenException e) {
            throw RestException.unauthenticated(403, String.valueOf(e.getMessage()));
        }
        Project project = found.project();
        String path = call.parameters().get("apiKey");
        if (path != null && ProjectId.parse(path).filter(project::has).isEmpty()) {
            throw RestException.unauthenticated(403, "The token is for another project than the path.");
        }
        ProjectGuard guard =
                guards.computeIfAbsent(project.apiKey(), key -> new ProjectGuard(rate, time.nanos(), used.before(key)));
        if (!guard.permits(time.nanos())) {
            throw new RestException(429, "Too many calls. Slow down.");
        }
        String refusal = used.refusal(found);
        if (refusal != null) {
            throw RestException.unauthenticated(403, refusal);
        }
        if (found.id() != null
                && !guard.isNew(found.id(), found.endSeconds(), time.instant().getEpochSecond())) {
            throw RestException.unauthenticated(
                    403, "The token was used before. Make a new one, with a new jti, for each call.");
        }
        return new Admitted(new RestCall(call, project, found.caller()), used.use(found));
    }

    private static @Nullable String tokenOf(HttpCall call) {
        String own = call.headers().firstValue("X-OPENTOK-AUTH").orElse(null);
        if (own != null) {
            return own.strip();
        }
        String standard = call.headers().firstValue("Authorization").orElse(null);
        return standard != null && standard.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? standard.substring(BEARER.length()).strip()
                : null;
    }
}

package dev.videosession.server.internal.token;

import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The claim {@code acl} of a token: path patterns, each with restrictions. In a pattern {@code *} stands for one segment
 * and {@code **} for any number. Restrictions (methods, filters) cannot be enforced on a session, so that a pattern with
 * restrictions permits nothing.
 */
final class AccessList {
    private static final int MAX_PATTERNS = 64;
    private static final int MAX_SEGMENTS = 16;

    private final Map<String, Object> paths;

    private AccessList(Map<String, Object> paths) {
        this.paths = paths;
    }

    static AccessList of(Claim claim) throws TokenException {
        Map<String, Object> acl;
        try {
            acl = claim.asMap();
        } catch (JWTDecodeException e) {
            throw new TokenException("The token's acl must be an object.", e);
        }
        if (acl == null || !(acl.get("paths") instanceof Map<?, ?> paths)) {
            throw new TokenException("The token's acl must be an object with paths.");
        }
        if (paths.size() > MAX_PATTERNS) {
            throw new TokenException("The token's acl has more than " + MAX_PATTERNS + " paths.");
        }
        Map<String, Object> byPattern = new HashMap<>();
        paths.forEach((pattern, rules) -> byPattern.put(String.valueOf(pattern), rules));
        return new AccessList(byPattern);
    }

    /** Throws unless a pattern permits a path, which is given by its segments. */
    void requirePermits(String... path) throws TokenException {
        List<String> segments = List.of(path);
        for (Map.Entry<String, Object> entry : paths.entrySet()) {
            List<String> pattern = List.of(entry.getKey().replaceFirst("^/", "").split("/", -1));
            boolean unrestricted = entry.getValue() instanceof Map<?, ?> rules && rules.isEmpty();
            if (unrestricted && pattern.size() <= MAX_SEGMENTS && matches(pattern, segments)) {
                return;
            }
        }
        throw new TokenException(
                "The token's acl does not permit the session. It must contain /session/** without restrictions.");
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.isEmpty()) {
            return path.isEmpty();
        }
        String first = pattern.get(0);
        List<String> rest = pattern.subList(1, pattern.size());
        if (first.equals("**")) {
            return matches(rest, path) || (!path.isEmpty() && matches(pattern, path.subList(1, path.size())));
        }
        return !path.isEmpty()
                && (first.equals("*") || first.equals(path.get(0)))
                && matches(rest, path.subList(1, path.size()));
    }
}

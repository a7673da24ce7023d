package dev.videosession.server.internal.rest;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.rest.call.Json;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import dev.videosession.server.project.SessionIds;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Creates session ids. Nothing is stored: an id holds all that the server needs. */
final class SessionCreation {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT);
    private static final int CREDENTIAL_SECONDS = 86_100;

    private final SessionIds ids;
    private final InstantSource clock;

    SessionCreation(InstantSource clock) {
        this.ids = new SessionIds(clock);
        this.clock = clock;
    }

    List<RestRoute> routes() {
        return List.of(new RestRoute("POST", "/session/create", this::create));
    }

    private CompletionStage<HttpReply> create(RestCall call) throws RestException {
        Map<String, List<String>> form = form(call);
        boolean relayed = oneOf(form, "p2p.preference", "disabled", "enabled");
        boolean archived = oneOf(form, "archiveMode", "manual", "always");
        boolean encrypted = oneOf(form, "e2ee", "false", "true");
        if (relayed && archived) {
            throw new RestException(400, "archiveMode always needs p2p.preference disabled.");
        }
        if (encrypted && (relayed || archived)) {
            throw new RestException(400, "e2ee needs p2p.preference disabled and archiveMode manual.");
        }
        Optional<String> location = value(form, "location");
        if (location.isPresent() && !isLocation(location.get())) {
            throw new RestException(400, "location must be an IPv4 address.");
        }
        if (archived) {
            throw new RestException(501, "Archiving is not available on this server.");
        }
        SessionId id = ids.create(call.caller(), relayed);
        String created = DATE.format(clock.instant().atOffset(ZoneOffset.UTC));
        return CompletableFuture.completedFuture(
                acceptsJson(call)
                        ? json(id, call, created)
                        : xml(id, call.caller().value(), created));
    }

    private static Map<String, List<String>> form(RestCall call) throws RestException {
        try {
            return new QueryStringDecoder(call.http().body(), false).parameters();
        } catch (IllegalArgumentException e) {
            throw new RestException(400, "The form is malformed.", e);
        }
    }

    private static Optional<String> value(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** The location is a hint that OpenTok needs and this server does not. One library writes null for no location. */
    private static boolean isLocation(String text) {
        return text.equals("null") || NetUtil.isValidIpV4Address(text);
    }

    /** One library writes True and False. */
    private static boolean oneOf(Map<String, List<String>> form, String name, String otherwise, String yes)
            throws RestException {
        String value = value(form, name).orElse(otherwise);
        if (!value.equalsIgnoreCase(yes) && !value.equalsIgnoreCase(otherwise)) {
            throw new RestException(400, name + " must be " + otherwise + " or " + yes);
        }
        return value.equalsIgnoreCase(yes);
    }

    /** Libraries that read XML accept anything, or do not say what they accept. */
    private static boolean acceptsJson(RestCall call) {
        return call.http().headers().allValues("Accept").stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(range -> range.split(";", -1)[0].strip())
                .anyMatch(HttpReply.JSON::equalsIgnoreCase);
    }

    private static HttpReply json(SessionId id, RestCall call, String created) {
        return HttpReply.json(200, Json.write(writer -> {
            writer.beginArray().beginObject();
            writer.name("session_id").value(id.value());
            writer.name("project_id").value(call.caller().value());
            writer.name("partner_id").value(call.caller().value());
            if (call.project().application() != null) {
                writer.name("application_id")
                        .value(call.project().application().id().toString());
            }
            writer.name("create_dt").value(created);
            for (String name : List.of(
                    "session_status",
                    "status_invalid",
                    "media_server_hostname",
                    "messaging_server_url",
                    "messaging_url",
                    "symphony_address",
                    "properties",
                    "ice_server")) {
                writer.name(name).nullValue();
            }
            writer.name("session_segment_id").value(UUID.randomUUID().toString());
            writer.name("ice_servers").nullValue();
            writer.name("ice_credential_expiration").value(CREDENTIAL_SECONDS);
            writer.endObject().endArray();
        }));
    }

    /** Nothing in it needs escaping. */
    private static HttpReply xml(SessionId id, String project, String created) {
        return HttpReply.text(
                200,
                "text/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><sessions><Session><session_id>"
                        + id.value()
                        + "</session_id><partner_id>"
                        + project
                        + "</partner_id><create_dt>"
                        + created
                        + "</create_dt></Session></sessions>");
    }
}

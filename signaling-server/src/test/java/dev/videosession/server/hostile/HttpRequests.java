package dev.videosession.server.hostile;

import dev.videosession.server.fixture.Mutator;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** HTTP requests of every kind that the server knows, good at first, then bent part by part. */
final class HttpRequests {
    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "get",
            "BREW",
            "PRI",
            "A".repeat(300));
    private static final List<String> HEADERS = List.of(
            "Host: ",
            "Content-Length: 3",
            "Content-Length: -1",
            "Content-Length: 1, 2",
            "Content-Length: 99999999999999999999",
            "Content-Length: 0x5",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: identity",
            "Transfer-Encoding: \u000bchunked",
            "Expect: 100-continue",
            "Expect: miracles",
            "Connection: close",
            "Connection: keep-alive, Upgrade",
            "Connection: ,,,",
            "Upgrade: h2c",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Key: short",
            "Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5",
            "Sec-WebSocket-Key2: 12998 5 Y3 1  .P00",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
            "Sec-WebSocket-Protocol: a, b",
            "Accept-Encoding: gzip;q=x",
            "Accept: application/json",
            "Accept: ,;",
            "X-OPENTOK-AUTH: ",
            "Authorization: Bearer ",
            "Authorization: Bearer a.b.c",
            " folded: yes",
            "no colon",
            ": no name",
            "X: " + "x".repeat(9000),
            "Y: \u0000",
            "Z: \u00e9\u20ac");
    private static final List<String> JSON = List.of(
            "{}",
            "{\"type\":\"chat\",\"data\":\"hello\"}",
            "{\"active\":true,\"excludedStreamIds\":[\"a\"]}",
            "{\"items\":[{\"id\":\"a\",\"layoutClassList\":[\"b\"]}]}",
            "{\"message\":\"bye\",\"ban\":false}",
            "{\"token\":\"a.b.c\"}",
            "{\"data\":\"" + "x".repeat(8193) + "\"}",
            "{\"data\":\"" + "x".repeat(70_000) + "\"}");

    private final ServerFixture fixture;
    private final RestClient rest;
    private final SplittableRandom random;
    private final Mutator mutator;

    HttpRequests(ServerFixture fixture, SplittableRandom random) {
        this.fixture = fixture;
        this.rest = new RestClient(fixture);
        this.random = random;
        this.mutator = new Mutator(random);
    }

    private static final class Request {
        String method;
        String path;
        String version = "HTTP/1.1";
        final Map<String, String> headers = new LinkedHashMap<>();
        final List<String> further = new ArrayList<>();
        byte[] body = new byte[0];
        boolean chunked;

        byte[] toBytes(Mutator mutator) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            StringBuilder head = new StringBuilder(method + " " + path + " " + version + "\r\n");
            if (chunked) {
                headers.put("Transfer-Encoding", "chunked");
            } else if (body.length > 0 || !method.equals("GET")) {
                headers.put("Content-Length", Integer.toString(body.length));
            }
            headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            further.forEach(line -> head.append(line + "\r\n"));
            out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            if (!chunked) {
                out.writeBytes(body);
                return out.toByteArray();
            }
            for (int at = 0; at < body.length; ) {
                int length = Math.min(body.length - at, 1 + (body.length - at) / 2);
                String extension = mutator.chance(0.1) ? ";name=\"value\"" : "";
                String size = Integer.toHexString(length) + extension + "\r\n";
                out.writeBytes(size.getBytes(StandardCharsets.US_ASCII));
                out.write(body, at, length);
                out.writeBytes(new byte[] {'\r', '\n'});
                at += length;
            }
            String trailer = mutator.chance(0.1) ? "0\r\nX-Trailer: yes\r\n\r\n" : "0\r\n\r\n";
            out.writeBytes(trailer.getBytes(StandardCharsets.US_ASCII));
            return out.toByteArray();
        }
    }

    private Request good() {
        Request request = new Request();
        request.headers.put("Host", "localhost");
        switch (random.nextInt(10)) {
            case 0 -> set(request, "GET", mutator.oneOf(List.of("/health", "/metrics")), "");
            case 1 -> set(request, "GET", "/v1/signaling", "");
            case 2 -> {
                set(request, "GET", "/v1/signaling", "");
                request.headers.put("Upgrade", "websocket");
                request.headers.put("Connection", "Upgrade");
                request.headers.put("Sec-WebSocket-Version", "13");
                request.headers.put("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
            }
            case 3 -> {
                set(request, "POST", "/session/create", "p2p.preference=enabled&archiveMode=manual&location=10.0.0.1");
                request.headers.put("Content-Type", "application/x-www-form-urlencoded");
            }
            default -> rest(request);
        }
        if (!request.path.startsWith("/v1") && !request.path.equals("/health")) {
            request.headers.put(
                    mutator.oneOf(List.of("X-OPENTOK-AUTH", "x-opentok-auth")),
                    mutator.chance(0.9) ? rest.token() : fixture.token(dev.videosession.protocol.Role.MODERATOR));
        }
        return request;
    }

    private void rest(Request request) {
        String session = rest.path("");
        String path = mutator.oneOf(List.of(
                "/signal",
                "/stream",
                "/stream/x",
                "/mute",
                "/connection/x/signal",
                "/connection/x",
                "/connection",
                "/stream/x/mute",
                "/play-dtmf",
                ""));
        String method = mutator.oneOf(List.of("GET", "POST", "PUT", "DELETE"));
        set(request, method, session + path, method.equals("GET") ? "" : mutator.oneOf(JSON));
        request.path += mutator.oneOf(List.of("", "", "?offset=0&count=5", "?count=x", "?message=%zz", "?ban=maybe"));
        request.headers.put("Content-Type", "application/json");
    }

    private static void set(Request request, String method, String path, String body) {
        request.method = method;
        request.path = path;
        request.body = body.getBytes(StandardCharsets.UTF_8);
    }

    /** Bends some parts of a request and leaves the framing unchanged, so that the parts reach the code that checks them. */
    private Request bent(Request request) {
        for (int bends = random.nextInt(4); bends > 0; bends--) {
            switch (random.nextInt(7)) {
                case 0 -> request.method = mutator.oneOf(METHODS);
                case 1 -> request.path = visible(mutator.text(request.path));
                case 2 -> request.further.add(mutator.oneOf(HEADERS));
                case 3 ->
                    request.headers.replaceAll(
                            (name, value) -> mutator.chance(0.4) ? visible(mutator.text(value)) : value);
                case 4 -> request.body = mutator.bytes(request.body);
                case 5 -> request.chunked = true;
                default ->
                    request.version = mutator.oneOf(List.of("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "http/1.1", "X"));
            }
        }
        return request;
    }

    private static String visible(String text) {
        return text.replaceAll("[\\r\\n\\s]", "");
    }

    /** What one socket is sent: one or several requests, the bytes of some of them broken. */
    byte[] conversation() {
        if (mutator.chance(0.05)) {
            return mutator.noise(2000);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int count = mutator.chance(0.7) ? 1 : 1 + random.nextInt(5); count > 0; count--) {
            byte[] request = bent(good()).toBytes(mutator);
            out.writeBytes(mutator.chance(0.3) ? mutator.bytes(request) : request);
        }
        out.writeBytes("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    static boolean mayAnswerWithoutBody(byte[] conversation) {
        return new String(conversation, StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT)
                .contains("HEAD");
    }
}

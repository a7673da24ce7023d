package dev.videosession.app.server;

import dev.videosession.session.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;

/**
 * One call of the REST API of a server. It uses {@link HttpURLConnection}, because java.net.http refuses host names with underscores. All
 * methods block.
 */
final class BackendCall implements AutoCloseable {
    private static final int FIRST_ERROR = 400;

    private final HttpURLConnection connection;

    /**
     * Prepares a call.
     *
     * @param node the server
     * @param path of the call, with its query
     * @param token of the project
     * @param timeoutMillis how long to wait for a connection, and for the answer
     */
    BackendCall(ServerAddress node, String path, String token, int timeoutMillis) throws IOException {
        connection = (HttpURLConnection) node.resolve(path).toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setRequestProperty("X-OPENTOK-AUTH", token);
        connection.setRequestProperty("Accept", "application/json");
    }

    /** {@return the status of the answer to a request without a body} */
    int send(String method) throws IOException {
        connection.setRequestMethod(method);
        return connection.getResponseCode();
    }

    /** {@return the status of the answer to a posted form} */
    int post(String form) throws IOException {
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(form.getBytes(StandardCharsets.US_ASCII));
            return connection.getResponseCode();
        }
    }

    /** {@return the body of the answer, or its first bytes if it is longer than that; empty if there is none} */
    String answer(int mostBytes) throws IOException {
        InputStream body =
                connection.getResponseCode() < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream();
        if (body == null) {
            return "";
        }
        try (body) {
            return new String(body.readNBytes(mostBytes), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}

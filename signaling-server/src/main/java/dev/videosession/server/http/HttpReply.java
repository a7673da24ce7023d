package dev.videosession.server.http;

import java.util.Map;

/**
 * One HTTP response.
 *
 * @param status for instance 200
 * @param contentType exactly as it is sent; not sent if empty
 * @param headers further headers
 * @param body sent as UTF-8, may be empty
 */
public record HttpReply(int status, String contentType, Map<String, String> headers, String body) {
    /** The type of JSON. No charset: some client libraries compare the whole header. */
    public static final String JSON = "application/json";

    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /**
     * Makes a reply with text.
     *
     * @param status for instance 200
     * @param contentType exactly as it is sent
     * @param text the body
     * @return the reply
     */
    public static HttpReply text(int status, String contentType, String text) {
        return new HttpReply(status, contentType, Map.of(), text);
    }

    /**
     * Makes a reply with JSON.
     *
     * @param status for instance 200
     * @param json well-formed
     * @return the reply
     */
    public static HttpReply json(int status, String json) {
        return text(status, JSON, json);
    }

    /** {@return a reply with status 204 and no body} */
    public static HttpReply noContent() {
        return text(204, "", "");
    }

    /**
     * Makes an error as clients of the API expect it: JSON with {@code code}, {@code message} and {@code description}.
     *
     * @param status 400 to 599
     * @param message for people; must not contain quotes, backslashes or control characters
     * @return the reply
     */
    public static HttpReply error(int status, String message) {
        String quoted = '"' + message + '"';
        return json(status, "{\"code\":" + status + ",\"message\":" + quoted + ",\"description\":" + quoted + "}");
    }
}

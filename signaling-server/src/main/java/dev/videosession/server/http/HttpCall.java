package dev.videosession.server.http;

import java.net.http.HttpHeaders;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param method for instance {@code GET}
 * @param path as it came, without the query
 * @param parameters values of the names in braces of the route's template, percent signs decoded
 * @param query the text after the question mark, as it came, may be empty
 * @param headers its headers
 * @param body its body as UTF-8, may be empty
 */
public record HttpCall(
        String method, String path, Map<String, String> parameters, String query, HttpHeaders headers, String body) {}

package dev.videosession.server.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.rest.call.RestRoute;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.RestRate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of calls in docs/OPENTOK.md name every route that the server registers, and no other. */
class RestDocumentTest {
    private static final Pattern SECTION = Pattern.compile("(?s)\n## Calls\n.*?\n## ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]+ \\| ([^|]+) \\| (.+) \\|$");
    private static final Pattern CALL = Pattern.compile("`(GET|POST|PUT|DELETE|PATCH) (/[^`? ]*)");
    private static final Pattern METHODS_OF_A_PATH = Pattern.compile("`(/[^`]*)`: ((?:[A-Z]+(?:, )?)+)");
    private static final Pattern NAME = Pattern.compile("\\{\\w+}");

    @Test
    void tablesNameEveryRoute() throws IOException {
        Set<String> documented = new TreeSet<>(documented(false));
        documented.addAll(documented(true));
        assertThat(documented).isEqualTo(routes(registered()));
    }

    @Test
    void rowsWithStatus501AreTheCallsThatAreNotAvailable() throws IOException {
        assertThat(documented(true)).isEqualTo(routes(MissingCalls.routes().stream()));
    }

    /** {@return the registered routes; each also ends with a slash, which the document states once} */
    private static Stream<RestRoute> registered() {
        HttpRoutes routes = OpenTokRest.routes(
                new Projects(),
                control(),
                new LayoutClasses(),
                RestRate.DEFAULT,
                TimeSource.system(),
                TokenStore.none(),
                new SimpleMeterRegistry());
        List<String> templates =
                routes.all().stream().map(HttpRoutes.Route::template).toList();
        return routes.all().stream()
                .filter(route -> !route.template().endsWith("/"))
                .peek(route -> assertThat(templates).contains(route.template() + "/"))
                .map(route -> new RestRoute(route.method(), route.template(), call -> {
                    throw new AssertionError("not called");
                }));
    }

    /** {@return what fails if it is called} */
    private static SessionControl control() {
        return (SessionControl) Proxy.newProxyInstance(
                SessionControl.class.getClassLoader(),
                new Class<?>[] {SessionControl.class},
                (proxy, method, values) -> {
                    throw new AssertionError("not called");
                });
    }

    private static Set<String> routes(Stream<RestRoute> routes) {
        return routes.map(route -> route.method() + " " + path(route.template().replace(RestRoute.PROJECT, "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return the calls in the rows whose response is 501, or in the others} */
    private static Set<String> documented(boolean missing) throws IOException {
        Set<String> calls = new TreeSet<>();
        ROW.matcher(section())
                .results()
                .filter(row -> row.group(2).equals("501") == missing)
                .forEach(row -> {
                    CALL.matcher(row.group(1))
                            .results()
                            .forEach(call -> calls.add(call.group(1) + " " + path(call.group(2))));
                    METHODS_OF_A_PATH
                            .matcher(row.group(1))
                            .results()
                            .forEach(call -> Stream.of(call.group(2).split(", ", -1))
                                    .forEach(method -> calls.add(method + " " + path(call.group(1)))));
                });
        return calls;
    }

    /** {@return a path whose names in braces are empty, because the document has shorter ones} */
    private static String path(String template) {
        return NAME.matcher(template).replaceAll("{}");
    }

    private static String section() throws IOException {
        return SECTION.matcher(Files.readString(Path.of("..", "docs", "OPENTOK.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }
}

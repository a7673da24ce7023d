package dev.videosession.app.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.videosession.app.bot.BotCommand;
import dev.videosession.app.call.CallCommand;
import dev.videosession.app.console.ConsoleCommand;
import dev.videosession.app.server.SessionCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the commands make of the address of a server. */
class ServerAddressOptionTest {
    private static final String[] PROJECT = {"--api-key", "42", "--api-secret", "0123456789abcdef0123456789abcdef"};

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Callable<Integer> command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://%s/video/",
                "ws://%s/video",
                "HTTP://%s/video//",
                " Ws://%s/video/ ",
                "http://127.0.0.1:1,ws://%s/video"
            })
    void sessionIsCreatedUnderThePrefixOfTheAddress(String address) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = "[{\"session_id\":\"2_abc\"}]".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        proxy.start();
        try {
            String url =
                    String.format(address, "127.0.0.1:" + proxy.getAddress().getPort());
            int exitCode = run(
                    new SessionCommand(),
                    Stream.concat(Stream.of(PROJECT), Stream.of(url)).toArray(String[]::new));
            assertThat(err.toString()).isEmpty();
            assertThat(exitCode).isZero();
            assertThat(out.toString().strip()).isEqualTo("2_abc");
            assertThat(asked).containsExactly("POST /video/session/create");
        } finally {
            proxy.stop(0);
        }
    }

    static Stream<Callable<Integer>> commands() {
        return Stream.of(new SessionCommand(), new BotCommand(), new CallCommand(), new ConsoleCommand());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void passwordInAnAddressIsRefusedAndNotPrinted(Callable<Integer> command) {
        String address = "https://b.example,https://ada:hunter2@video.example";
        String[] arguments = command instanceof SessionCommand
                ? Stream.concat(Stream.of(PROJECT), Stream.of(address)).toArray(String[]::new)
                : new String[] {address, "2_session", "token"};

        assertThat(run(command, arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .contains("remove the user name and the password")
                .doesNotContain("hunter2");
        assertThat(out.toString()).doesNotContain("hunter2");
    }
}

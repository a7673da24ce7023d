package dev.videosession.app.bot;

import dev.videosession.app.option.ServerList;
import dev.videosession.app.option.ServerListConverter;
import dev.videosession.app.process.StopSignal;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Starts a {@link Bot} and connects it to standard input and output. */
@Command(
        name = "bot",
        description = "A participant without a window that prints events and reads commands as lines of JSON.",
        mixinStandardHelpOptions = true)
public final class BotCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(BotCommand.class);

    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            converter = ServerListConverter.class,
            description = ServerList.DESCRIPTION)
    private ServerList server;

    @Parameters(index = "1", paramLabel = "SESSION", description = "Session id.")
    private String sessionId;

    @Parameters(index = "2", paramLabel = "TOKEN", description = "Token for the session.")
    private String token;

    @Option(
            names = "--video",
            paramLabel = "WxH@FPS",
            defaultValue = "640x360@30",
            converter = Format.class,
            description = "Size and rate of the synthetic video (${DEFAULT-VALUE}).")
    private VideoFormat video;

    @Option(names = "--no-publish", description = "Only subscribe.")
    private boolean silent;

    @Option(
            names = "--tone",
            paramLabel = "HZ",
            defaultValue = "440",
            description = "Frequency of the synthetic audio in Hz (${DEFAULT-VALUE}).")
    private double tone;

    @Option(names = "--name", defaultValue = "bot", description = "Name of the stream (${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--insecure-turn", description = "Accept every certificate of a TURN server (turns: URLs).")
    private boolean insecureTurn;

    @Option(
            names = "--exit-on-eof",
            description = "Exit at the end of standard input. Without this option the bot stays connected.")
    private boolean exitOnEof;

    /** For the command line. */
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    public BotCommand() {}

    /**
     * For the command line.
     *
     * @param spec of this command
     */
    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        spec.usageMessage()
                .footerHeading("%nCommands on standard input, one JSON object a line, for instance%n"
                        + "  {\"do\":\"signal\",\"data\":\"hello\"}%nFields with ? may be left out.%n")
                .footer(BotVerb.help());
    }

    @Override
    public Integer call() throws InterruptedException {
        BotOptions options = new BotOptions(server, sessionId, token, !silent, video, tone, name, !insecureTurn);
        StopSignal stop = new StopSignal().onTermination();
        try (LineWriter out = new LineWriter(spec.commandLine().getOut())) {
            try (MediaEngine engine = engine();
                    Bot bot = Bot.enter(options, engine, out, stop)) {
                Thread input = new Thread(() -> read(bot, stop), "bot-input");
                input.setDaemon(true);
                input.start();
                stop.await();
                return 0;
            } catch (CommandException e) {
                out.write(e.line());
                return 1;
            }
        }
    }

    private static MediaEngine engine() throws CommandException {
        try {
            return MediaEngine.create();
        } catch (MediaUnavailableException e) {
            throw new CommandException("connect", e);
        }
    }

    private void read(Bot bot, StopSignal stop) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    bot.obey(line);
                }
            }
        } catch (IOException e) {
            LOG.warn("event=inputFailed reason=\"{}\"", e.toString());
        }
        if (exitOnEof) {
            stop.request();
        }
    }

    /** Reads {@code 640x360@30}; the rate may be left out. */
    static final class Format implements ITypeConverter<VideoFormat> {
        private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})x(\\d{1,5})(?:@(\\d{1,3}))?");

        @Override
        public VideoFormat convert(String text) {
            Matcher matcher = SHAPE.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("must look like 640x360@30, was " + text);
            }
            int rate = matcher.group(3) == null ? 30 : Integer.parseInt(matcher.group(3));
            try {
                VideoFormat format =
                        new VideoFormat(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), rate);
                // refuses a format that it cannot generate before the bot connects
                VideoSource pattern = VideoSources.pattern(format);
                LOG.debug("event=publishing video={} format={}", pattern.kind(), format);
                return format;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}

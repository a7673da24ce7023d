package dev.videosession.app.bot;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Everything that a line of input can ask for, with its fields. */
enum BotVerb {
    FORCE_DISCONNECT(
            "forceDisconnect",
            "connection, message?, ban?",
            fields -> new BotRequest.ForceDisconnect(
                    fields.required("connection", ConnectionId::new),
                    fields.text("message"),
                    fields.flag("ban", false))),
    FORCE_UNPUBLISH("forceUnpublish", "stream", fields -> new BotRequest.ForceUnpublish(fields.stream())),
    MUTE_STREAM("muteStream", "stream", fields -> new BotRequest.MuteStream(fields.stream())),
    MUTE_ALL("muteAll", "excluded? (array of streams)", fields -> new BotRequest.MuteAll(fields.streams("excluded"))),
    DISABLE_FORCE_MUTE("disableForceMute", "", fields -> new BotRequest.DisableForceMute()),
    SIGNAL(
            "signal",
            "type?, data?, to? (a connection)",
            fields -> new BotRequest.Signal(
                    fields.text("type"), fields.text("data"), fields.optional("to", ConnectionId::new))),
    PUBLISH("publish", "", fields -> new BotRequest.Publish()),
    UNPUBLISH("unpublish", "", fields -> new BotRequest.Unpublish()),
    SUBSCRIBE("subscribe", "stream", fields -> new BotRequest.Subscribe(fields.stream())),
    UNSUBSCRIBE("unsubscribe", "stream", fields -> new BotRequest.Unsubscribe(fields.stream())),
    PREFERRED_RESOLUTION(
            "preferredResolution",
            "stream, width?, height? (both, or neither for the size as published)",
            fields -> new BotRequest.PreferredResolution(fields.stream(), fields.dimensions("width", "height"))),
    PREFERRED_FRAME_RATE(
            "preferredFrameRate",
            "stream, frameRate? or fps? (neither for the rate as published)",
            fields -> new BotRequest.PreferredFrameRate(fields.stream(), fields.integer("frameRate", "fps"))),
    PUBLISH_AUDIO("publishAudio", "on? (true)", fields -> new BotRequest.PublishAudio(fields.flag("on", true))),
    PUBLISH_VIDEO("publishVideo", "on? (true)", fields -> new BotRequest.PublishVideo(fields.flag("on", true))),
    PREVENT_DEFAULT("preventDefault", "", fields -> new BotRequest.PreventDefault()),
    ROSTER("roster", "", fields -> new BotRequest.ListRoster()),
    CONNECT("connect", "", fields -> new BotRequest.Connect()),
    DISCONNECT("disconnect", "", fields -> new BotRequest.Disconnect()),
    EXIT("exit", "", fields -> new BotRequest.Exit());

    /** Makes the request out of its fields. */
    @FunctionalInterface
    private interface Reader {
        BotRequest read(RequestFields fields) throws CommandException;
    }

    private final String word;
    private final String fields;
    private final Reader reader;

    BotVerb(String word, String fields, Reader reader) {
        this.word = word;
        this.fields = fields;
        this.reader = reader;
    }

    BotRequest read(RequestFields given) throws CommandException {
        return reader.read(given);
    }

    static BotVerb of(String word) throws CommandException {
        for (BotVerb verb : values()) {
            if (verb.word.equals(word)) {
                return verb;
            }
        }
        String known = Arrays.stream(values()).map(verb -> verb.word).collect(Collectors.joining(", "));
        throw new CommandException(word, ErrorCode.NOT_SUPPORTED, "unknown command; there are " + known);
    }

    /** A line for each, for people. */
    static String[] help() {
        return Arrays.stream(values())
                .map(verb -> String.format("  %-20s%s", verb.word, verb.fields).stripTrailing())
                .toArray(String[]::new);
    }
}

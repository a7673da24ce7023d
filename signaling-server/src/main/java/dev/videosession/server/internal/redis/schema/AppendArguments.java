package dev.videosession.server.internal.redis.schema;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.EncodedMessages;
import dev.videosession.server.internal.log.Guard;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.state.EndVisitor;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Encodes one step as the arguments of the script {@code append.lua}. */
public final class AppendArguments {
    private static final byte[] NOTHING = new byte[0];
    /** How long a session without connections is kept. */
    public static final byte[] EMPTY_LIFE_MILLIS = RedisLink.bytes(60L * 60 * 1000);

    private static final byte[] REPLY = RedisLink.bytes("reply");
    private static final byte[] CONNECTION = RedisLink.bytes("connection");
    private static final byte[] LINK = RedisLink.bytes("link");
    private static final byte[] UNLINK = RedisLink.bytes("unlink");
    private static final byte[] MAIL = RedisLink.bytes("mail");
    private static final byte[] NOTICE = RedisLink.bytes("notice");
    private static final byte[] HOOK = RedisLink.bytes("hook");
    private static final byte[] STREAM = RedisLink.bytes("stream");

    private final EventJson json;
    private final String prefix;
    private final EncodedMessages encoded;
    private final List<byte[]> arguments = new ArrayList<>();
    private Position last;

    private AppendArguments(EventJson json, String prefix, EncodedMessages encoded, Position last) {
        this.json = json;
        this.prefix = prefix;
        this.encoded = encoded;
        this.last = last;
    }

    /**
     * Makes the arguments.
     *
     * @param arguments in the order that the script expects
     * @param last position of the last entry if everything is written
     */
    public record Made(List<byte[]> arguments, Position last) {}

    /**
     * Makes the arguments for one step.
     *
     * @param json writes events and messages
     * @param keys of the session
     * @param epoch of this server
     * @param leased whether the script refuses the step if the epoch has no lease
     * @param stepId number of the step, by which this server recognizes it after a failure
     * @param endLifeMillis how long the record of an ended connection is kept
     * @param step the step
     * @param encoded gets the messages that clients may receive
     * @return the arguments
     */
    public static Made of(
            EventJson json,
            SessionKeys keys,
            long epoch,
            boolean leased,
            long stepId,
            long endLifeMillis,
            Append step,
            EncodedMessages encoded) {
        AppendArguments made = new AppendArguments(json, keys.prefix(), encoded, step.expected());
        List<byte[]> entries = made.entries(step);
        made.add(
                RedisLink.bytes(keys.prefix()),
                RedisLink.bytes(NodeEpoch.CHANNELS),
                RedisLink.bytes(epoch),
                RedisLink.bytes(leased ? 1 : 0),
                RedisLink.bytes(stepId),
                RedisLink.bytes(step.expected().sequence() + "-0"),
                RedisLink.bytes(step.expected().nonce()),
                EMPTY_LIFE_MILLIS,
                RedisLink.bytes(endLifeMillis),
                Frame.beginEntries(keys.prefix()));
        made.addGuards(step.guards());
        made.add(RedisLink.bytes(step.entries().size()));
        made.arguments.addAll(entries);
        made.addRecords(step.records());
        made.addEnds(step.entries());
        return new Made(made.arguments, made.last);
    }

    private void add(byte[]... values) {
        arguments.addAll(List.of(values));
    }

    private List<byte[]> entries(Append step) {
        List<byte[]> made = new ArrayList<>(3 * step.entries().size());
        for (List<LoggedEvent> events : step.entries()) {
            Position position = new Position(
                    last.sequence() + events.size(), ThreadLocalRandom.current().nextLong());
            made.add(RedisLink.bytes(position.sequence() + "-0"));
            made.add(RedisLink.bytes(position.nonce()));
            made.add(StoredEntry.write(json, position, last.nonce(), events, encoded::put));
            last = position;
        }
        return made;
    }

    private void addGuards(List<Guard> guards) {
        add(RedisLink.bytes(guards.size()));
        for (Guard guard : guards) {
            add(RedisLink.bytes(guard.connectionId().value()), RedisLink.bytes(guard.epoch()));
        }
    }

    private void addRecords(List<SideRecord> records) {
        add(RedisLink.bytes(records.size()));
        Records visitor = new Records();
        records.forEach(record -> record.accept(visitor));
    }

    private final class Records implements SideRecord.Visitor {
        @Override
        public void onReply(SideRecord.Reply written) {
            byte[] reply = json.write(written.reply());
            encoded.put(written.reply(), reply);
            add(
                    REPLY,
                    RedisLink.bytes(written.connectionId().value()),
                    RedisLink.bytes(written.requestId()),
                    NOTHING,
                    reply);
        }

        @Override
        public void onPutConnection(SideRecord.PutConnection written) {
            ConnectionRecord record = written.connection();
            add(
                    CONNECTION,
                    RedisLink.bytes(record.connectionId().value()),
                    RedisLink.bytes(record.epoch()),
                    RedisLink.bytes(record.lastResume()),
                    RecordText.write(record.client()));
        }

        @Override
        public void onPutLink(SideRecord.PutLink written) {
            add(written.link(), LINK, RecordText.write(json, written.link()));
        }

        @Override
        public void onRemoveLink(SideRecord.RemoveLink written) {
            add(written.link(), UNLINK, NOTHING);
        }

        @Override
        public void onMail(SideRecord.Mail written) {
            add(MAIL, RedisLink.bytes(written.to().value()), NOTHING, NOTHING, json.write(written.message()));
        }

        @Override
        public void onLinkNotice(SideRecord.LinkNotice written) {
            byte[] message = json.write(written.message());
            add(
                    NOTICE,
                    RedisLink.bytes(written.to().value()),
                    NOTHING,
                    NOTHING,
                    Frame.message(prefix, written.to(), message, Frame.LAST_HOP));
        }

        @Override
        public void onHook(SideRecord.Hook written) {
            add(HOOK, NOTHING, NOTHING, NOTHING, RedisLink.bytes(written.body()));
        }

        private void add(Link link, byte[] kind, byte[] value) {
            AppendArguments.this.add(
                    kind,
                    RedisLink.bytes(link.linkId().value()),
                    RedisLink.bytes(link.streamId().value()),
                    RedisLink.bytes(link.subscriber().value()),
                    value);
        }

        private void add(byte[]... values) {
            AppendArguments.this.add(values);
        }
    }

    private void addEnds(List<List<LoggedEvent>> entries) {
        int at = arguments.size();
        Ends ends = new Ends();
        entries.forEach(events -> events.forEach(event -> event.accept(ends)));
        arguments.add(at, RedisLink.bytes((arguments.size() - at) / 3));
    }

    /** Collects the ends of connections. A client that has left by itself does not resume, so its end is not kept. */
    private final class Ends extends EndVisitor {
        @Override
        protected void connectionEnded(LoggedEvent.ConnectionDestroyed event) {
            boolean left = event.reason() == DisconnectReason.CLIENT_DISCONNECTED;
            byte[] message = left
                    ? NOTHING
                    : json.write(new ServerMessage.Disconnected(event.reason(), event.detail(), event.message()));
            add(CONNECTION, RedisLink.bytes(event.connectionId().value()), message);
        }

        @Override
        protected void streamEnded(LoggedEvent.StreamDestroyed event) {
            add(STREAM, RedisLink.bytes(event.streamId().value()), NOTHING);
        }
    }
}

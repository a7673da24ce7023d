package dev.videosession.benchmark.micro;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A signal of 64 characters, read as a request and written as an event. */
@State(Scope.Thread)
public class CodecBenchmark {
    private static final String TEXT = "0123456789abcdef".repeat(4);

    private final MessageCodec codec = new MessageCodec();
    private final String request = codec.encodeClient(new ClientMessage.Signal(17, "m", TEXT, null));
    private final SequencedEvent event =
            new SequencedEvent.Signal(48, new ConnectionId("0123456789abcdef0123456789abcdef"), "m", TEXT);

    /** For JMH. */
    public CodecBenchmark() {}

    /**
     * Reads.
     *
     * @return the message
     * @throws MessageException never
     */
    @Benchmark
    public ClientMessage decodeSignal() throws MessageException {
        return codec.decodeClient(request);
    }

    /** {@return the event as UTF-8} */
    @Benchmark
    public byte[] encodeSignal() {
        return codec.encodeServerBytes(event);
    }
}

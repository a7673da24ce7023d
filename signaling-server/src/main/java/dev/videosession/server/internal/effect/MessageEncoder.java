package dev.videosession.server.internal.effect;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.log.EncodedMessages;
import dev.videosession.server.internal.state.LoggedEvent;

/** Encodes what one session sends to clients, unless its log has done so. Belongs to the session's loop. */
public final class MessageEncoder {
    private final MessageCodec codec;
    private EncodedMessages encoded = new EncodedMessages();

    /**
     * Creates the encoder of one session.
     *
     * @param codec encodes messages
     */
    public MessageEncoder(MessageCodec codec) {
        this.codec = codec;
    }

    /**
     * Sets what the log has encoded.
     *
     * @param messages changed by the log
     */
    public void use(EncodedMessages messages) {
        encoded = messages;
    }

    /** {@return a message in UTF-8, which must not be changed} */
    byte[] encode(ServerMessage message) {
        byte[] known = encoded.find(message);
        return known == null ? codec.encodeServerBytes(message) : known;
    }

    /** {@return the message of an event in UTF-8, which must not be changed} */
    byte[] encode(LoggedEvent event, long sequence) {
        byte[] known = encoded.find(event, sequence);
        return known == null ? codec.encodeServerBytes(event.toWire(sequence)) : known;
    }
}

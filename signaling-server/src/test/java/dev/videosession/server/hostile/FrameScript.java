package dev.videosession.server.hostile;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.server.fixture.Mutator;
import dev.videosession.server.fixture.TestClient;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What a hostile client sends over a WebSocket: frames that are good at first, then bent in header and payload. */
final class FrameScript {
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final List<String> MESSAGES = List.of(
            "{\"type\":\"heartbeat\"}",
            "{\"type\":\"publish\",\"id\":ID,\"name\":\"cam\",\"hasAudio\":true,\"hasVideo\":true,\"videoType\":\"camera\","
                    + "\"dimensions\":{\"width\":640,\"height\":360}}",
            "{\"type\":\"signal\",\"id\":ID,\"signalType\":\"chat\",\"data\":\"hello\"}",
            "{\"type\":\"signal\",\"id\":ID,\"data\":\"hello\",\"to\":\"unknown\"}",
            "{\"type\":\"updateStream\",\"id\":ID,\"streamId\":\"s\",\"change\":{\"hasAudio\":true}}",
            "{\"type\":\"unpublish\",\"id\":ID,\"streamId\":\"s\",\"reason\":\"mediaStopped\"}",
            "{\"type\":\"subscribe\",\"id\":ID,\"streamId\":\"s\",\"subscription\":{\"audio\":true,\"video\":true}}",
            "{\"type\":\"unsubscribe\",\"id\":ID,\"linkId\":\"l\"}",
            "{\"type\":\"description\",\"linkId\":\"l\",\"negotiation\":1,\"kind\":\"offer\",\"sdp\":\"v=0\"}",
            "{\"type\":\"candidate\",\"linkId\":\"l\",\"negotiation\":1,\"candidate\":\"\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}",
            "{\"type\":\"restart\",\"linkId\":\"l\"}",
            "{\"type\":\"forceMuteAll\",\"id\":ID,\"excludedStreamIds\":[\"a\",\"b\"]}",
            "{\"type\":\"disableForceMute\",\"id\":ID}",
            "{\"type\":\"forceDisconnect\",\"id\":ID,\"connectionId\":\"c\",\"message\":\"bye\",\"ban\":true}",
            "{\"type\":\"resume\",\"id\":ID,\"protocol\":1,\"sessionId\":\"SESSION\",\"connectionId\":\"c\",\"resumeKey\":\"k\","
                    + "\"sequence\":1}",
            "{\"type\":\"connect\",\"id\":ID,\"protocol\":1,\"sessionId\":\"SESSION\",\"token\":\"TOKEN\"}",
            "{\"type\":\"unheardOf\",\"id\":ID}");
    private static final int[] CLOSES = {
        0, 1, 999, 1000, 1001, 1004, 1005, 1006, 1011, 1015, 2999, 3000, 4000, 4999, 5000, 65535
    };

    private final SplittableRandom random;
    private final Mutator mutator;
    private final SessionId session;
    private final String token;
    private boolean abrupt;

    FrameScript(SplittableRandom random, SessionId session, String token) {
        this.random = random;
        this.mutator = new Mutator(random);
        this.session = session;
        this.token = token;
    }

    /** Whether the client breaks off so that no close frame can be expected. */
    boolean endsAbruptly() {
        return abrupt;
    }

    List<byte[]> toBytes() {
        List<byte[]> frames = new ArrayList<>();
        if (mutator.chance(0.8)) {
            String bent = mutator.text(token);
            String sent = mutator.chance(0.85) ? token : bent.substring(0, Math.min(bent.length(), Limits.TOKEN));
            String connect = TestClient.CODEC.encodeClient(new ClientMessage.Connect(1, 1, session, token, null, null));
            frames.add(frame(TEXT, connect.replace(token, sent))); // as text: a message refuses what is no token
        }
        for (int count = random.nextInt(12); count > 0; count--) {
            byte[] good = good();
            byte[] sent = mutator.chance(0.2) ? mutator.bytes(good) : good;
            abrupt |= sent.length > 0 && (sent[0] & 0xF) == (CLOSE & 0xF); // the answer may be cut off, or an echo
            frames.add(sent);
        }
        if (mutator.chance(0.7)) {
            frames.add(frame(TEXT, "{\"type\":\"disconnect\"}"));
        }
        return frames;
    }

    private byte[] good() {
        return switch (random.nextInt(12)) {
            case 0 -> frame(0x80 | random.nextInt(16), new String(mutator.noise(20), StandardCharsets.ISO_8859_1));
            case 1 -> fragments();
            case 2 -> header(TEXT, 4, true, random.nextLong() >>> random.nextInt(64));
            case 3 -> header(TEXT, 2, true, 5);
            case 4 -> header(TEXT, 1, false, 5);
            case 5 -> frame(0x81, new byte[] {(byte) 0xC3, 0x28, (byte) 0xED, (byte) 0xA0, (byte) 0x80}, true);
            case 6 -> frame(mutator.oneOf(List.of(0x89, 0x8A)), mutator.noise(130), true);
            case 7 -> close();
            default -> frame(TEXT, message());
        };
    }

    private String message() {
        String good = mutator.oneOf(MESSAGES)
                .replace("ID", Integer.toString(2 + random.nextInt(20)))
                .replace("SESSION", session.value())
                .replace("TOKEN", token);
        return mutator.chance(0.5) ? mutator.text(good) : good;
    }

    /** One message in pieces, with or without something between them, at times without an end or a beginning. */
    private byte[] fragments() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] text = message().getBytes(StandardCharsets.UTF_8);
        int pieces = 1 + random.nextInt(mutator.chance(0.05) ? 200 : 5);
        int from = 0;
        for (int i = 0; i < pieces; i++) {
            int to = i == pieces - 1 ? text.length : from + random.nextInt(text.length - from + 1);
            int opcode = i == 0 && mutator.chance(0.95) ? 1 : 0;
            int last = i == pieces - 1 && mutator.chance(0.9) ? 0x80 : 0;
            out.writeBytes(frame(last | opcode, Arrays.copyOfRange(text, from, to), true));
            if (mutator.chance(0.1)) {
                out.writeBytes(frame(0x89, new byte[3], true));
            }
            from = to;
        }
        return out.toByteArray();
    }

    private byte[] close() {
        if (mutator.chance(0.2)) {
            return frame(CLOSE, new byte[] {3}, true);
        }
        byte[] reason = mutator.chance(0.3) ? mutator.noise(130) : "bye".getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload = ByteBuffer.allocate(2 + reason.length);
        payload.putShort((short) CLOSES[random.nextInt(CLOSES.length)]).put(reason);
        return frame(CLOSE, payload.array(), true);
    }

    private static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static byte[] frame(int first, byte[] payload, boolean masked) {
        int form = payload.length < 126 ? 1 : payload.length <= 0xFFFF ? 2 : 4;
        byte[] header = header(first, form, masked, payload.length);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, frame, header.length, payload.length);
        return frame;
    }

    /** The length as one, two or (form 4) eight bytes, whether or not that is the shortest form; the mask is zero. */
    private static byte[] header(int first, int form, boolean masked, long length) {
        ByteBuffer header = ByteBuffer.allocate(14);
        int mask = masked ? 0x80 : 0;
        header.put((byte) first);
        if (form == 1) {
            header.put((byte) (mask | (int) length));
        } else if (form == 2) {
            header.put((byte) (mask | 126)).putShort((short) length);
        } else {
            header.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            header.putInt(0);
        }
        return Arrays.copyOf(header.array(), header.position());
    }
}

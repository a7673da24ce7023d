package dev.videosession.app.turn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A TURN client (RFC 8656) for one allocation over UDP, and a program for use in a network namespace: {@code TurnProbe SERVER USER
 * COMMAND...}. Each command prints one line: {@code allocate4}, {@code allocate6}, {@code permit ADDRESS}, {@code send ADDRESS PORT}.
 */
final class TurnProbe {
    private static final int COOKIE = 0x2112A442;
    private static final int ALLOCATE = 0x003;
    private static final int CREATE_PERMISSION = 0x008;
    private static final int SEND = 0x016;
    private static final int ERROR = 0x110;
    private static final int USERNAME = 0x0006;
    private static final int INTEGRITY = 0x0008;
    private static final int ERROR_CODE = 0x0009;
    private static final int PEER = 0x0012;
    private static final int DATA = 0x0013;
    private static final int REALM = 0x0014;
    private static final int NONCE = 0x0015;
    private static final int FAMILY = 0x0017;
    private static final int TRANSPORT = 0x0019;
    private static final byte[] UDP = {17, 0, 0, 0};
    private static final byte[] IPV6 = {2, 0, 0, 0};
    private static final int HEADER = 20;

    /** Open until the process ends: coturn knows an allocation by its port, which another allocation must not have. */
    private final DatagramSocket socket = new DatagramSocket();

    private final InetSocketAddress server;
    private final String user;
    private final String password;
    private byte[] realm = new byte[0];
    private byte[] nonce = new byte[0];

    private TurnProbe(InetSocketAddress server, String user) throws IOException, GeneralSecurityException {
        this.server = server;
        this.user = user;
        this.password = Base64.getEncoder()
                .encodeToString(
                        hmac(Coturn.SECRET.getBytes(StandardCharsets.UTF_8), user.getBytes(StandardCharsets.UTF_8)));
        socket.setSoTimeout(3000);
    }

    @SuppressWarnings("SystemOut") // the test reads it
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress server = new InetSocketAddress(arguments[0], Deployment.TURN_PORT);
        TurnProbe probe = new TurnProbe(server, arguments[1]);
        for (int i = 2; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "allocate4" -> {
                    probe = new TurnProbe(server, arguments[1]);
                    System.out.println("allocate4 " + probe.allocate(false));
                }
                case "allocate6" -> {
                    probe = new TurnProbe(server, arguments[1]);
                    System.out.println("allocate6 " + probe.allocate(true));
                }
                case "permit" -> {
                    String peer = arguments[++i];
                    System.out.println("permit " + peer + " " + probe.permit(InetAddress.getByName(peer)));
                }
                case "send" -> {
                    InetAddress peer = InetAddress.getByName(arguments[++i]);
                    probe.send(new InetSocketAddress(peer, Integer.parseInt(arguments[++i])));
                }
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        System.out.println("done");
    }

    /** {@return 0, or the error code} */
    private int allocate(boolean ipv6) throws IOException, GeneralSecurityException {
        return request(ALLOCATE, ipv6 ? Map.of(TRANSPORT, UDP, FAMILY, IPV6) : Map.of(TRANSPORT, UDP), null);
    }

    private int permit(InetAddress peer) throws IOException, GeneralSecurityException {
        return request(CREATE_PERMISSION, Map.of(), new InetSocketAddress(peer, 0));
    }

    private void send(InetSocketAddress peer) throws IOException, GeneralSecurityException {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        byte[] message = message(SEND, Map.of(DATA, text), peer, false);
        socket.send(new DatagramPacket(message, message.length, server));
    }

    private int request(int type, Map<Integer, byte[]> attributes, @Nullable InetSocketAddress peer)
            throws IOException, GeneralSecurityException {
        for (int attempt = 0; ; attempt++) {
            byte[] message = message(type, attributes, peer, realm.length > 0);
            socket.send(new DatagramPacket(message, message.length, server));
            DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
            socket.receive(answer);
            ByteBuffer buffer = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
            if ((buffer.getShort(0) & ERROR) != ERROR) {
                return 0;
            }
            int code = 0;
            buffer.position(HEADER);
            while (buffer.remaining() >= 4) {
                int attribute = buffer.getShort();
                byte[] value = new byte[buffer.getShort()];
                buffer.get(value);
                buffer.position(Math.min(buffer.limit(), buffer.position() + padding(value.length)));
                switch (attribute) {
                    case ERROR_CODE -> code = value[2] * 100 + value[3];
                    case REALM -> realm = value;
                    case NONCE -> nonce = value;
                    default -> {
                        // of no use here
                    }
                }
            }
            if (code != 401 || attempt > 0) {
                return code;
            }
        }
    }

    private byte[] message(int type, Map<Integer, byte[]> attributes, @Nullable InetSocketAddress peer, boolean signed)
            throws GeneralSecurityException {
        byte[] transaction = new byte[12];
        ThreadLocalRandom.current().nextBytes(transaction);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (peer != null) {
            put(body, PEER, xor(peer, transaction));
        }
        for (Map.Entry<Integer, byte[]> each : attributes.entrySet()) {
            put(body, each.getKey(), each.getValue());
        }
        if (signed) {
            put(body, USERNAME, user.getBytes(StandardCharsets.UTF_8));
            put(body, REALM, realm);
            put(body, NONCE, nonce);
        }
        byte[] head = head(type, body.size() + (signed ? 24 : 0), transaction);
        if (signed) {
            byte[] key = MessageDigest.getInstance("MD5")
                    .digest((user + ":" + new String(realm, StandardCharsets.UTF_8) + ":" + password)
                            .getBytes(StandardCharsets.UTF_8));
            byte[] covered = Arrays.copyOf(head, HEADER + body.size());
            System.arraycopy(body.toByteArray(), 0, covered, HEADER, body.size());
            put(body, INTEGRITY, hmac(key, covered));
        }
        byte[] message = Arrays.copyOf(head, HEADER + body.size());
        System.arraycopy(body.toByteArray(), 0, message, HEADER, body.size());
        return message;
    }

    private static byte[] head(int type, int length, byte[] transaction) {
        return ByteBuffer.allocate(HEADER)
                .putShort((short) type)
                .putShort((short) length)
                .putInt(COOKIE)
                .put(transaction)
                .array();
    }

    private static void put(ByteArrayOutputStream body, int type, byte[] value) {
        body.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) type)
                .putShort((short) value.length)
                .array());
        body.writeBytes(value);
        body.writeBytes(new byte[padding(value.length)]);
    }

    private static int padding(int length) {
        return -length & 3;
    }

    /** XOR-PEER-ADDRESS: the address is covered with the cookie and the transaction id. */
    private static byte[] xor(InetSocketAddress peer, byte[] transaction) {
        byte[] address = peer.getAddress().getAddress();
        byte[] mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
        for (int i = 0; i < address.length; i++) {
            address[i] ^= mask[i];
        }
        return ByteBuffer.allocate(4 + address.length)
                .putShort((short) (peer.getAddress() instanceof Inet6Address ? 2 : 1))
                .putShort((short) (peer.getPort() ^ (COOKIE >>> 16)))
                .put(address)
                .array();
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac.doFinal(text);
    }
}

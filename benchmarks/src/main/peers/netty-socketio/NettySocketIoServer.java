import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.JWTVerifier;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;

/** A netty-socketio server with rooms, tokens and removal. Arguments: the secret of the tokens. */
final class NettySocketIoServer {
    public static void main(String[] arguments) throws Exception {
        JWTVerifier verifier = JWT.require(Algorithm.HMAC256(arguments[0])).build();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.setWebsocketCompression(false);
        configuration.getSocketConfig().setTcpNoDelay(true);
        SocketIOServer server = new SocketIOServer(configuration);
        server.addNamespace("").addAuthTokenListener((data, client) -> {
            try {
                DecodedJWT token = verifier.verify((String) ((Map<?, ?>) data).get("token"));
                String room = token.getClaim("room").asString();
                client.set("room", room);
                client.set("role", token.getClaim("role").asString());
                client.set("events", token.getClaim("events").asBoolean());
                if (token.getClaim("events").asBoolean()) {
                    server.getRoomOperations(room).sendEvent("j", client.getSessionId().toString());
                }
                client.joinRoom(room);
                return AuthTokenResult.AuthTokenResultSuccess;
            } catch (RuntimeException e) {
                return new AuthTokenResult(false, e.getMessage());
            }
        });
        server.addDisconnectListener(client -> {
            String room = client.get("room");
            if (room != null && Boolean.TRUE.equals(client.get("events"))) {
                server.getRoomOperations(room).sendEvent("l", client.getSessionId().toString());
            }
        });
        server.addEventListener("m", String.class, (client, text, ack) -> {
            String room = client.get("room");
            server.getRoomOperations(room).sendEvent("m", text);
        });
        server.addEventListener("k", String.class, (client, id, ack) -> {
            if ("moderator".equals(client.get("role"))) {
                server.getClient(UUID.fromString(id)).disconnect();
            }
        });
        server.start();
        System.out.println("listening " + port);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals("memory")) {
                System.gc();
                System.out.println("heap " + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
        }
        System.exit(0);
    }
}

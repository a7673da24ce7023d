package dev.videosession.session.internal.signaling;

import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** Opens WebSockets with OkHttp. */
public final class OkHttpConnector implements WebSocketConnector {
    private final OkHttpClient client;

    /** Creates a connector with the library's own client. */
    public OkHttpConnector() {
        this(Shared.CLIENT);
    }

    /**
     * Creates a connector with the application's client, for instance with its proxy or certificates. If the client has a
     * socket factory of its own, single bytes are not noticed, and a suspended server is taken for a dead one.
     *
     * @param client remains owned by the application
     */
    public OkHttpConnector(OkHttpClient client) {
        this.client = client;
    }

    @Override
    public Socket open(URI uri, Events events) {
        Request request = new Request.Builder().url(uri.toString()).build();
        OkHttpClient own = client;
        if (client.socketFactory().equals(SocketFactory.getDefault())) {
            // shares the pool and the threads of the client it is made from
            own = client.newBuilder()
                    .socketFactory(new ActivitySocketFactory(events))
                    .build();
        }
        return new OkHttpSocket(own.newWebSocket(request, new Adapter(events)));
    }

    private static final class Shared {
        static final OkHttpClient CLIENT = new OkHttpClient.Builder()
                .dispatcher(dispatcher())
                .connectTimeout(10, TimeUnit.SECONDS)
                .readTimeout(15, TimeUnit.SECONDS)
                .build();

        /** Each open WebSocket counts as a request under way: the application decides how many sessions it has. */
        private static Dispatcher dispatcher() {
            Dispatcher dispatcher = new Dispatcher(daemons());
            dispatcher.setMaxRequests(Integer.MAX_VALUE);
            dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
            return dispatcher;
        }

        /** OkHttp's own threads would keep a program alive for a minute after its last session was closed. */
        private static ExecutorService daemons() {
            return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 3, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "session-socket");
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    private record OkHttpSocket(WebSocket socket) implements Socket {
        @Override
        public boolean send(String text) {
            return socket.send(text);
        }

        @Override
        public void close() {
            socket.close(1000, null);
        }

        @Override
        public void abort() {
            socket.cancel();
        }
    }

    private static final class Adapter extends WebSocketListener {
        private final Events events;

        Adapter(Events events) {
            this.events = events;
        }

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            events.onOpen();
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            events.onText(text);
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            // the server's close frame ends the socket for this client too; the answer closes it
            webSocket.close(1000, null);
            events.onClosed(code, reason);
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable t, @Nullable Response response) {
            events.onFailure(t, response == null ? 0 : response.code());
        }
    }
}

package dev.videosession.session.model;

import dev.videosession.session.internal.signaling.WebSocketConnector;
import dev.videosession.session.model.ModelLane.Item;
import dev.videosession.session.model.ModelLane.Kind;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket between a client and the server of the model, over a network that delays and loses. The end at the client
 * behaves as OkHttp does, the one at the server is the server's own pipeline.
 */
final class ModelSocket implements WebSocketConnector.Socket, ModelFrames.Reader {
    private static final int NETWORK_HOLDS = 8;
    private static final int NORMAL = 1000;

    private final ModelNode node;
    private final ModelClient client;
    private final Random random;
    private final WebSocketConnector.Events events;
    private final ModelLane up;
    private final ModelLane down;
    private final ModelFrames frames = new ModelFrames();
    private @Nullable ModelChannel channel;
    private boolean closing;
    private boolean gone;
    private boolean serverEnded;
    /** How many messages this socket still carries before it breaks, 0 for any number. */
    private int untilCut;

    private boolean cutOff;
    private String lastResume = "";
    private final ModelOrder order;

    ModelSocket(ModelTime time, ModelNode node, ModelClient client, Random random, WebSocketConnector.Events events) {
        this.node = node;
        this.client = client;
        this.order = new ModelOrder(client);
        this.random = random;
        this.events = events;
        ModelConditions conditions = client.conditions;
        this.up = new ModelLane(time, conditions, true, node::stalledUntil, this::arriveAtServer);
        this.down = new ModelLane(time, conditions, false, client.process::frozenUntil, this::arriveAtClient);
        time.add(up);
        time.add(down);
        if (conditions.refuses || !node.isAlive()) {
            down.add(Item.of(Kind.END));
        } else {
            up.add(Item.of(Kind.REACH));
            up.add(Item.of(Kind.OPEN));
        }
    }

    // The client's end

    @Override
    public boolean send(String text) {
        if (closing || gone) {
            return false;
        }
        if (text.startsWith("{\"type\":\"resume\"")) {
            lastResume = text;
        }
        order.sent(text);
        up.add(new Item(Kind.TEXT, text, 0));
        return true;
    }

    @Override
    public void close() {
        if (!closing && !gone) {
            closing = true;
            up.add(new Item(Kind.CLOSE, "", NORMAL));
        }
    }

    @Override
    public void abort() {
        if (!gone) {
            gone = true;
            up.loseTail(random);
            if (random.nextInt(4) > 0) {
                up.add(
                        Item.of(Kind.END),
                        random.nextInt(4) == 0 ? random.nextInt(6000) : client.conditions.delayMillis());
            }
        }
    }

    private void arriveAtClient(Item item) {
        ModelChannel from = channel;
        if (from != null && down.size() == NETWORK_HOLDS - 1) {
            from.drained();
        }
        if (gone) {
            if (item.kind() == Kind.END) {
                down.finish();
            } else if (!up.contains(Kind.END)) {
                up.add(Item.of(Kind.END));
            }
            return;
        }
        switch (item.kind()) {
            case REACH -> events.onReached();
            case OPEN -> events.onOpen();
            case TEXT -> {
                order.arrived(item.text());
                client.arrived(item.text(), lastResume, () -> events.onText(item.text()));
            }
            case CLOSE -> {
                client.trace("hears close " + item.code());
                if (!closing) {
                    closing = true;
                    up.add(new Item(Kind.CLOSE, "", NORMAL));
                }
                events.onClosed(item.code(), item.text());
            }
            case END -> {
                gone = true;
                down.finish();
                client.trace("loses a socket");
                events.onFailure(new IOException("connection reset"), 0);
            }
        }
    }

    // The network

    /** It breaks no more by itself. */
    void heal() {
        untilCut = 0;
    }

    /** A device on the path resets the connection. Data in transit may or may not arrive. */
    void cut() {
        int who = random.nextInt(5);
        if (who < 4) {
            up.loseTail(random);
            up.add(Item.of(Kind.END));
        }
        if (who > 0) {
            down.loseTail(random);
            down.add(Item.of(Kind.END));
        }
    }

    boolean hasEnded() {
        return gone && (channel == null || !channel.isOpen());
    }

    String describe() {
        return "socket(client " + (gone ? "gone" : closing ? "closing" : "open") + ", server "
                + (channel == null ? "none" : channel.isOpen() ? "open" : "closed") + ", up " + up.size() + ", down "
                + down.size() + ")";
    }

    // The server's end

    private void arriveAtServer(Item item) {
        ModelChannel to = channel;
        if (serverEnded && channel == null) {
            reset();
        } else if (item.kind() == Kind.REACH) {
            down.add(item);
        } else if (item.kind() == Kind.OPEN) {
            to = node.accept();
            channel = to;
            to.connectedTo(() -> down.size() >= NETWORK_HOLDS, this::collect);
            write(to, ModelFrames.upgrade());
        } else if (to == null || !to.isOpen()) {
            end();
        } else if (item.kind() == Kind.TEXT) {
            client.trace("says " + item.text());
            write(to, ModelFrames.text(item.text()));
        } else if (item.kind() == Kind.CLOSE) {
            client.trace("says close " + item.code());
            write(to, ModelFrames.close(item.code()));
        } else {
            client.trace("is lost to the server");
            if (random.nextBoolean()) {
                to.pipeline().fireExceptionCaught(new IOException("connection reset"));
            }
            to.drop();
            end();
        }
    }

    /** The server's process has ended, and its machine does not know the socket. */
    void serverDied() {
        if (node.isAlive() || (serverEnded && channel == null)) {
            return;
        }
        channel = null;
        if (random.nextInt(4) > 0) {
            reset();
        }
        serverEnded = true;
    }

    private void reset() {
        if (!down.contains(Kind.END)) {
            down.loseTail(random);
            down.add(Item.of(Kind.END));
        }
        if (gone) {
            end();
        }
    }

    private static void write(ModelChannel to, ByteBuf bytes) {
        to.writeInbound(bytes);
        to.touched();
    }

    private void end() {
        up.finish();
        if (gone) {
            down.finish();
        }
    }

    private void collect() {
        ModelChannel from = channel;
        if (from == null) {
            return;
        }
        for (Object out = from.readOutbound(); out != null; out = from.readOutbound()) {
            frames.read((ByteBuf) out, this);
        }
        if (!from.isOpen() && !serverEnded) {
            serverEnded = true;
            down.add(Item.of(Kind.END));
            up.finish();
        }
    }

    @Override
    public void upgraded() {
        down.add(Item.of(Kind.OPEN));
    }

    @Override
    public void text(String text) {
        if (cutOff) {
            return;
        }
        down.add(new Item(Kind.TEXT, text, 0));
        if (text.startsWith("{\"type\":\"resumed\"")) {
            untilCut = client.conditions.takeCutOfReturn();
        }
        if (untilCut > 0 && --untilCut == 0) {
            cutOff = true;
            down.add(Item.of(Kind.END));
            up.add(Item.of(Kind.END));
        }
    }

    @Override
    public void closed(int code, String reason) {
        down.add(new Item(Kind.CLOSE, reason, code));
    }
}

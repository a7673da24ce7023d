package dev.videosession.session.model;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.session.Connection;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.SignalOptions;
import dev.videosession.session.Stream;
import dev.videosession.session.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What may happen in a run of the model, and how often. Each run leaves some of it out, so that the rest meets more often. */
final class ModelCommands {
    private static final int MANY_STREAMS = 4;

    private record Choice(String name, int weight, Consumer<ModelClient> action) {}

    private final ModelWorld world;
    private final Random random;
    private final List<Choice> choices = new ArrayList<>();
    private int total;
    private int names;

    ModelCommands(ModelWorld world) {
        this.world = world;
        this.random = world.random;
        add("connect", 14, ModelClient::connect);
        optional("disconnect", 3, ModelClient::disconnect);
        optional("close", 1, ModelClient::close);
        add("publish", 8, this::publish);
        optional(
                "unpublish",
                3,
                client -> withPublisher(
                        client, publisher -> client.call("unpublish", client.session.unpublish(publisher))));
        optional("destroy a publisher", 1, client -> withPublisher(client, Publisher::destroy));
        optional(
                "audio",
                3,
                client -> withPublisher(client, publisher -> publisher.publishAudio(!publisher.publishesAudio())));
        optional(
                "video",
                2,
                client -> withPublisher(client, publisher -> publisher.publishVideo(!publisher.publishesVideo())));
        optional("subscribe", 6, client -> withStream(client, client::subscribe));
        optional("unsubscribe", 2, client -> withSubscriber(client, client.session::unsubscribe));
        optional(
                "change a subscription",
                1,
                client -> withSubscriber(client, subscriber -> subscriber.subscribeToVideo(random.nextBoolean())));
        optional("signal", 8, this::signal);
        optional("signal to one", 3, this::signalToOne);
        optional("force disconnect", 2, this::forceDisconnect);
        optional(
                "force unpublish",
                2,
                client -> withStream(
                        client, stream -> client.call("forceUnpublish", client.session.forceUnpublish(stream.id()))));
        optional(
                "force mute",
                2,
                client -> withStream(
                        client, stream -> client.call("forceMute", client.session.forceMuteStream(stream.id()))));
        optional(
                "force mute all",
                2,
                client -> client.call("forceMuteAll", client.session.forceMuteAll(excluded(client))));
        optional("allow sound", 2, client -> client.call("disableForceMute", client.session.disableForceMute()));
        optional("backend", 1, this::backend);
        trouble("cut", 6, client -> client.sockets.forEach(ModelSocket::cut));
        trouble("cut the return", 2, client -> {
            client.sockets.forEach(ModelSocket::cut);
            client.conditions.cutReturnAfter(1 + random.nextInt(4));
        });
        trouble("black hole up", 2, client -> client.conditions.upBlocked = true);
        trouble("black hole down", 2, client -> client.conditions.downBlocked = true);
        trouble("black hole", 2, client -> {
            client.conditions.upBlocked = true;
            client.conditions.downBlocked = true;
        });
        optional("refuse", 1, client -> client.conditions.refuses = true);
        add("heal", 6, client -> client.conditions.heal());
        optional("delay", 2, client -> client.conditions.maxDelayMillis = random.nextInt(100));
        trouble("long delay", 1, client -> client.conditions.maxDelayMillis = random.nextInt(3000));
        trouble("freeze", 1, client -> client.process.suspend(someTime()));
        trouble("sleep", 1, client -> client.process.sleep(someTime()));
        if (world.server.cluster == null) {
            optional("server restart", 1, client -> {
                world.clients.forEach(ModelClient::trouble);
                world.restartServer();
            });
            optional("stall", 1, client -> {
                world.clients.forEach(ModelClient::trouble);
                world.server.stall(0, someTime());
            });
        } else {
            new ModelClusterCommands(world, world.server.cluster).addTo(this::add);
        }
        optional("short stall", 2, client -> shortStall());
        optional("jump", 1, client -> {
            if (world.server.cluster != null) {
                world.clients.forEach(ModelClient::trouble); // answers of Redis may come too late
            }
            world.time.jump(someTime());
            world.server.hasJumped();
        });
        optional("pass a little", 8, client -> world.time.pass(random.nextInt(300)));
        optional("pass", 6, client -> world.time.pass(random.nextInt(3000)));
        optional(
                "pass silence",
                2,
                client -> world.time.pass(world.settings.timings().silenceMillis() + random.nextInt(3000)));
        optional(
                "pass the window",
                1,
                client -> world.time.pass(world.settings.timings().silenceMillis()
                        + world.settings.timings().resumeWindowMillis()
                        + random.nextInt(3000)));
    }

    private void trouble(String name, int weight, Consumer<ModelClient> action) {
        optional(name, weight, client -> {
            client.trouble();
            action.accept(client);
        });
    }

    private void optional(String name, int weight, Consumer<ModelClient> action) {
        if (random.nextInt(4) > 0) {
            add(name, weight, action);
        }
    }

    private void add(String name, int weight, Consumer<ModelClient> action) {
        choices.add(new Choice(name, weight, action));
        total += weight;
    }

    /** Lets one thing happen, and then as much of what follows as chance wants. */
    void next() {
        int at = random.nextInt(total);
        int index = 0;
        while (at >= choices.get(index).weight) {
            at -= choices.get(index++).weight;
        }
        Choice choice = choices.get(index);
        ModelClient client = world.clients.get(random.nextInt(world.clients.size()));
        if (client.closed && choice.name.equals("connect")) {
            world.say("* restart " + client.name);
            world.restart(client);
            return;
        }
        world.say("* " + choice.name + " (" + client.name + ", " + client.session.state() + ")");
        choice.action.accept(client);
        if (random.nextInt(3) == 0) {
            world.time.settle();
        } else {
            for (int steps = random.nextInt(20); steps > 0; steps--) {
                world.time.step();
            }
        }
        if (random.nextBoolean()) {
            world.time.pass(random.nextInt(50));
        }
        world.verify();
    }

    private long someTime() {
        Timings timings = world.settings.timings();
        return random.nextInt(
                (int) (random.nextBoolean() ? 1000 : timings.silenceMillis() + timings.resumeWindowMillis() + 2000));
    }

    private String fresh(String what) {
        return what + ++names;
    }

    /** Harmless by itself, not right after another. */
    private void shortStall() {
        if (world.server.hasJustStalled()) {
            world.clients.forEach(ModelClient::trouble);
        }
        Timings timings = world.settings.timings();
        world.server.stall(0, random.nextInt((int) (timings.silenceMillis() - timings.heartbeatMillis() - 400)));
    }

    private void publish(ModelClient client) {
        if (client.publishers.stream()
                        .filter(each -> each.session().isPresent())
                        .count()
                < MANY_STREAMS) {
            client.publish(fresh("stream"));
        }
    }

    private void signal(ModelClient client) {
        String data = fresh("signal");
        client.call(
                "signal " + data,
                client.session.signal(
                        "chat", data, SignalOptions.TO_ALL.withRetryAfterReconnect(random.nextInt(4) > 0)));
    }

    private void signalToOne(ModelClient client) {
        withOther(client, other -> {
            String data = fresh("direct");
            client.call(data, client.session.signal("chat", data, SignalOptions.to(other)));
        });
    }

    private void forceDisconnect(ModelClient client) {
        withOther(
                client,
                other -> client.call(
                        "forceDisconnect",
                        client.session.forceDisconnect(
                                other,
                                ForceDisconnectOptions.DEFAULT
                                        .withMessage("out")
                                        .withBan(random.nextInt(6) == 0))));
    }

    private List<StreamId> excluded(ModelClient client) {
        List<StreamId> excluded = new ArrayList<>();
        if (random.nextBoolean()) {
            withStream(client, stream -> excluded.add(stream.id()));
        }
        return excluded;
    }

    private void backend(ModelClient client) {
        ConnectionId id = client.session.connection().map(Connection::id).orElse(null);
        switch (random.nextInt(4)) {
            case 0 -> world.server.command(new Command.Signal(null, null, "chat", fresh("signal")));
            case 1 -> world.server.command(new Command.ForceMuteAll(null, List.of()));
            case 2 -> world.server.command(new Command.Close("over"));
            default -> {
                if (id != null) {
                    world.server.command(new Command.ForceDisconnect(null, id, "out", false));
                }
            }
        }
    }

    private void withPublisher(ModelClient client, Consumer<Publisher> action) {
        with(
                client.publishers.stream()
                        .filter(each -> each.session().isPresent())
                        .toList(),
                action);
    }

    private void withSubscriber(ModelClient client, Consumer<Subscriber> action) {
        with(client.subscribers.stream().filter(each -> !each.isDestroyed()).toList(), action);
    }

    private void withStream(ModelClient client, Consumer<Stream> action) {
        with(client.remoteStreams(), action);
    }

    private void withOther(ModelClient client, Consumer<Connection> action) {
        with(client.others(), action);
    }

    private <T> void with(List<T> all, Consumer<T> action) {
        @Nullable T one = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
        if (one != null) {
            action.accept(one);
        }
    }
}

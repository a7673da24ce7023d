package dev.videosession.server.internal.start;

import dev.videosession.server.internal.memory.OutOfMemory;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The threads that serve sockets. An {@link OutOfMemoryError} in one of their tasks ends the process. */
final class EventLoops {
    private EventLoops() {}

    static EventLoopGroup start(int threads, String name) {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... arguments) {
                return new GuardedLoop(this, executor, factory);
            }
        };
    }

    static Class<? extends ServerChannel> serverChannel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    static Class<? extends Channel> clientChannel() {
        return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** Completed when each loop has carried out a task. Never completed if one of them is blocked for good. */
    static CompletableFuture<Void> turn(EventLoopGroup loops) {
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (EventExecutor loop : loops) {
            CompletableFuture<Void> turned = new CompletableFuture<>();
            turns.add(turned);
            loop.execute(() -> turned.complete(null));
        }
        return CompletableFuture.allOf(turns.toArray(CompletableFuture[]::new));
    }

    /** Netty logs what a task throws and goes on. */
    private static final class GuardedLoop extends SingleThreadIoEventLoop {
        GuardedLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory factory) {
            super(parent, executor, factory);
        }

        @Override
        public void execute(Runnable task) {
            super.execute(OutOfMemory.guard(task));
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(OutOfMemory.guard(task), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
            return super.scheduleAtFixedRate(OutOfMemory.guard(task), delay, period, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            return super.scheduleWithFixedDelay(OutOfMemory.guard(task), first, delay, unit);
        }
    }
}

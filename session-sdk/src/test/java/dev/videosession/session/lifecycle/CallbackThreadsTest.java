package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.fixture.SessionSetup;
import dev.videosession.session.internal.signaling.WebSocketConnector;
import io.reactivex.rxjava3.disposables.Disposable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which threads callbacks run on, and what a slow one delays, on the library's real threads. */
class CallbackThreadsTest {
    private static final URI SERVER = URI.create("http://server.test:1");
    private static final int LOOP_THREADS = 2;

    /** Executors that may run a task in the thread that hands it over. */
    enum Careless {
        DIRECT {
            @Override
            Executor make() {
                return Runnable::run;
            }
        },
        CALLER_RUNS {
            @Override
            Executor make() {
                return task -> new ThreadPoolExecutor.CallerRunsPolicy().rejectedExecution(task, busy());
            }
        },
        REFUSING {
            @Override
            Executor make() {
                return task -> {
                    throw new IllegalStateException("closed");
                };
            }
        };

        abstract Executor make();

        private static ThreadPoolExecutor busy() {
            return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        }
    }

    /** A network without servers. */
    private static final WebSocketConnector NOWHERE = (uri, events) -> {
        events.onFailure(new IOException("nothing there"), 0);
        return new WebSocketConnector.Socket() {
            @Override
            public boolean send(String text) {
                return false;
            }

            @Override
            public void close() {}

            @Override
            public void abort() {}
        };
    };

    private static Session session(Executor callbacks) {
        return new SessionSetup(SERVER, "100", new SessionId("2_session"), NOWHERE)
                .callbackExecutor(callbacks)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void callbackNeverRunsOnALoopThread(Careless executor) throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        try (Session session = session(executor.make())) {
            Disposable events = session.events()
                    .subscribe(event -> threads.add(Thread.currentThread().getName()));
            Disposable outcome = session.connect("token")
                    .subscribe(
                            () -> {},
                            failure -> threads.add(Thread.currentThread().getName()));

            List<String> used = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                used.add(threads.poll(5, TimeUnit.SECONDS));
            }
            assertThat(used).doesNotContainNull().anyMatch(name -> name.startsWith("session-callback"));
            assertThat(used).noneMatch(name -> name.startsWith("session-loop"));
            events.dispose();
            outcome.dispose();
        }
    }

    @Test
    void blockedCallbacksOfSomeSessionsDelayNoOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(2 * LOOP_THREADS);
        List<Session> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * LOOP_THREADS; i++) {
                Session slow = session(Runnable::run);
                sessions.add(slow);
                Disposable ignored = slow.events().subscribe(event -> {
                    blocked.countDown();
                    release.await();
                });
                slow.connect("token");
            }
            assertThat(blocked.await(5, TimeUnit.SECONDS)).isTrue();

            Session other = session(Runnable::run);
            sessions.add(other);
            assertThat(other.connect("token").onErrorComplete().blockingAwait(5, TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            release.countDown();
            sessions.forEach(Session::close);
        }
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void missingExecutorIsRefusedWhereItIsGiven() {
        assertThatNullPointerException()
                .isThrownBy(() -> Session.builder(SERVER, "100", "2_session").callbackExecutor(null))
                .withMessage("executor");
        assertThatNullPointerException()
                .isThrownBy(() -> Publisher.builder().callbackExecutor(null))
                .withMessage("executor");
    }
}

package dev.videosession.app.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wish that the program ends, from the operating system (SIGTERM, SIGINT) or from the program itself. Whoever waits
 * for it can then end things in order and choose the exit code.
 */
public final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

    private final CountDownLatch requested = new CountDownLatch(1);

    /** A wish that nobody has uttered yet. */
    public StopSignal() {}

    /**
     * Listens to SIGTERM and SIGINT from now on. The second signal ends the process at once.
     *
     * @return this
     */
    public StopSignal onTermination() {
        handle("TERM", 143);
        handle("INT", 130);
        return this;
    }

    /** Utters the wish. A second call does nothing. */
    public void request() {
        requested.countDown();
    }

    /**
     * Waits for the wish.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits for the wish, but not for ever.
     *
     * @param limit how long
     * @return true if it was uttered
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean await(Duration limit) throws InterruptedException {
        return requested.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void onSignal(int exitCode) {
        if (requested.getCount() == 0) {
            Runtime.getRuntime().halt(exitCode);
        }
        request();
    }

    /**
     * By reflection, because the compiler warns of these classes whatever one does. Where they are missing the process
     * ends on a signal without ceremony, as every Java program does.
     */
    private void handle(String name, int exitCode) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    onSignal(exitCode);
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "StopSignal for SIG" + name;
            };
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invocation);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            LOG.warn("SIG{} ends this program without goodbye: {}", name, e.toString());
        }
    }
}

package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.fixture.FakeServer;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.observers.TestObserver;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy for bad arguments that the documentation of {@link Session} states. */
class BadArgumentsTest {
    private final FakeServer server = new FakeServer();
    private final Session session = server.session();
    private final Publisher publisher = Publisher.builder()
            .audio(AudioSources.tone(440))
            .video(VideoSources.pattern(VideoFormat.P360))
            .build();
    private final Subscriber subscriber = subscriber();
    private final Map<Class<?>, Object> examples = Map.of(
            String.class,
            "text",
            Stream.class,
            subscriber.stream(),
            StreamId.class,
            subscriber.stream().id(),
            Connection.class,
            session.connections().get(0),
            ConnectionId.class,
            new ConnectionId("bob"),
            SignalOptions.class,
            SignalOptions.TO_ALL,
            SubscriberOptions.class,
            SubscriberOptions.EVERYTHING,
            ForceDisconnectOptions.class,
            ForceDisconnectOptions.DEFAULT,
            VideoSource.class,
            VideoSources.pattern(VideoFormat.P360));

    private Subscriber subscriber() {
        server.establish(
                session,
                List.of(FakeServer.connection("bob", Role.PUBLISHER)),
                List.of(FakeServer.stream("cam", "bob")));
        return session.subscribe(session.streams().get(0));
    }

    @AfterEach
    void close() {
        publisher.close();
        session.close();
        server.settle();
    }

    @Test
    void everyMethodThrowsForNullWhereNullIsNotPermitted() throws Exception {
        List<String> tested = new ArrayList<>();
        for (Map.Entry<Class<?>, Object> each : Map.of(
                        Session.class, session, Publisher.class, publisher, Subscriber.class, subscriber)
                .entrySet()) {
            for (Method method : each.getKey().getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    tested.addAll(throwsForNull(method, each.getValue()));
                }
            }
        }
        assertThat(tested).hasSizeGreaterThan(25);
    }

    private List<String> throwsForNull(Method method, Object target) throws IllegalAccessException {
        List<String> tested = new ArrayList<>();
        AnnotatedType[] types = method.getAnnotatedParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i].isAnnotationPresent(Nullable.class) || method.getParameterTypes()[i].isPrimitive()) {
                continue;
            }
            @Nullable
            Object[] arguments =
                    Arrays.stream(method.getParameterTypes()).map(examples::get).toArray();
            arguments[i] = null;
            String call = method.toGenericString() + " with null at " + i;
            tested.add(call);
            try {
                method.invoke(target, arguments);
                throw new AssertionError(call + " did not throw");
            } catch (InvocationTargetException e) {
                assertThat(e.getCause()).as(call).isInstanceOf(NullPointerException.class);
            }
        }
        return tested;
    }

    @Test
    void valueOutOfRangeThrowsWhereThereIsNoOutcome() {
        assertThatIllegalArgumentException().isThrownBy(() -> publisher.setMaxVideoBitrate(4_999));
        assertThatIllegalArgumentException().isThrownBy(() -> publisher.setPreferredFrameRate(0));
        assertThatIllegalArgumentException().isThrownBy(() -> subscriber.setPreferredFrameRate(241));
        assertThatIllegalArgumentException().isThrownBy(() -> subscriber.setAudioVolume(101));
        assertThatIllegalArgumentException().isThrownBy(() -> SubscriberOptions.EVERYTHING.withPreferredFrameRate(241));
    }

    @Test
    void publisherOfAnotherMakeFailsThroughTheOutcome() {
        Publisher foreign = (Publisher) Proxy.newProxyInstance(
                Publisher.class.getClassLoader(), new Class<?>[] {Publisher.class}, (proxy, method, arguments) -> null);
        for (Completable call : List.of(session.publish(foreign), session.unpublish(foreign))) {
            TestObserver<Void> outcome = call.test();
            server.settle();
            outcome.assertError(error -> error instanceof SessionException e && e.code() == 1011);
        }
    }

    @Test
    void ofCollectionsNoElementMayBeNull() {
        Collection<StreamId> withNull = Arrays.asList(new StreamId("cam"), null);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> session.forceMuteAll(withNull)))
                .isInstanceOf(NullPointerException.class);
    }
}

package dev.videosession.session.internal.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.MediaEngine;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.link.LinkCandidate;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkDescription;
import dev.videosession.media.internal.link.LinkSignaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SharedMediaEngineTest {
    private final List<RtcEngine> made = new CopyOnWriteArrayList<>();
    private final List<Runnable> hooks = new ArrayList<>();
    private final SharedMediaEngine shared = new SharedMediaEngine(this::make, hooks::add);

    private RtcEngine make() {
        RtcEngine engine = RtcEngine.of(MediaEngine.create(MediaEngine.AudioMode.HEADLESS));
        made.add(engine);
        return engine;
    }

    private static boolean isClosed(RtcEngine engine) {
        try {
            engine.receive(LinkConfig.DIRECT, new LinkSignaling() {
                        @Override
                        public void sendDescription(LinkDescription description) {}

                        @Override
                        public void sendCandidate(LinkCandidate candidate) {}
                    })
                    .close();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void engineIsSharedAndClosedWithTheLastLease() {
        SharedMediaEngine.Lease first = shared.acquire();
        SharedMediaEngine.Lease second = shared.acquire();
        assertThat(second.engine()).isSameAs(first.engine());

        first.close();
        first.close();
        assertThat(isClosed(second.engine())).isFalse();
        second.close();

        await("the engine to be closed").atMost(Duration.ofSeconds(10)).until(() -> isClosed(made.get(0)));
        SharedMediaEngine.Lease third = shared.acquire();
        assertThat(made).hasSize(2);
        third.close();
        await("the other one too").atMost(Duration.ofSeconds(10)).until(() -> isClosed(made.get(1)));
        assertThat(hooks).hasSize(1);
    }

    @Test
    void noEngineIsMadeWhenTheProcessEndsAlready() {
        SharedMediaEngine late = new SharedMediaEngine(this::make, task -> {
            throw new IllegalStateException("Shutdown in progress");
        });

        assertThatIllegalStateException().isThrownBy(late::acquire);
        assertThatIllegalStateException().isThrownBy(late::acquire);

        assertThat(made).isEmpty();
    }

    @Test
    void endOfTheProcessClosesTheEngineAndRefusesFurtherLeases() {
        SharedMediaEngine.Lease lease = shared.acquire();

        hooks.forEach(Runnable::run);

        assertThat(isClosed(lease.engine())).isTrue();
        assertThatIllegalStateException().isThrownBy(shared::acquire).withMessageContaining("ending");
        lease.close();
        hooks.forEach(Runnable::run);
        assertThat(made).hasSize(1);
    }

    @Test
    void engineThatCannotBeMadeLeavesNoLease() {
        boolean[] broken = {true};
        SharedMediaEngine flaky = new SharedMediaEngine(
                () -> {
                    if (broken[0]) {
                        throw new UnsatisfiedLinkError("libpulse");
                    }
                    return make();
                },
                hooks::add);
        assertThatThrownBy(flaky::acquire).isInstanceOf(UnsatisfiedLinkError.class);

        broken[0] = false;
        flaky.acquire().close();

        await("the engine to be closed").atMost(Duration.ofSeconds(10)).until(() -> isClosed(made.get(0)));
    }
}

package dev.videosession.app.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.grid.FakeStream;
import dev.videosession.app.grid.GridParticipant;
import dev.videosession.session.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client takes part in a call once it announces itself or publishes; until then it only watches. */
class PeopleTest {
    private static final Connection ADA = FakeStream.connection("Ada");
    private static final Connection BEN = FakeStream.connection("Ben");
    private static final Connection CONSOLE = FakeStream.connection("Moderator");
    private static final List<Connection> ALL = List.of(ADA, BEN, CONSOLE);

    private final People people = new People();

    PeopleTest() {
        ALL.forEach(people::joined);
        people.setOwn(ADA);
    }

    @Test
    void aClientThatOnlyWatchesIsNoParticipant() {
        assertThat(people.remoteParticipants(ALL)).isEmpty();
        assertThat(people.watchers()).isEqualTo(2);
    }

    @Test
    void aClientThatAnnouncesItselfIsAParticipantWithoutAnyStream() {
        people.said(BEN.id(), new ParticipantSignal("Benjamin", true));
        people.setReconnecting(BEN.id(), true);

        assertThat(people.remoteParticipants(ALL))
                .containsExactly(new GridParticipant(BEN.id(), "Benjamin", true, true));
        assertThat(people.watchers()).isEqualTo(1);
    }

    @Test
    void aClientRemainsAParticipantWhenItsStreamEnds() {
        FakeStream stream = FakeStream.camera("camera", BEN);
        people.published(stream);
        people.unpublished(stream);

        assertThat(people.remoteParticipants(ALL))
                .extracting(GridParticipant::name)
                .containsExactly("Ben");
    }

    @Test
    void aClientWhoseStreamEndsBecauseItLeavesIsNoParticipant() {
        FakeStream stream = FakeStream.camera("camera", BEN);
        people.published(stream);
        people.unpublished(stream);

        assertThat(people.remoteParticipants(List.of(ADA, CONSOLE))).isEmpty();
    }

    @Test
    void theUserIsNotAmongTheOthers() {
        people.said(ADA.id(), new ParticipantSignal("Ada", false));

        assertThat(people.remoteParticipants(ALL)).isEmpty();
        assertThat(people.participants()).isEqualTo(1);
    }
}

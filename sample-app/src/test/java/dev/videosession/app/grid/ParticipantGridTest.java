package dev.videosession.app.grid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Connection;
import java.awt.Component;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Participants without a stream among those with one: where they are, what they say, and when they are large. */
class ParticipantGridTest {
    private static final Connection BEN = FakeStream.connection("Ben");
    private static final Connection CLEO = FakeStream.connection("Cleo");
    private static final Connection DAN = FakeStream.connection("Dan");

    private final ParticipantGrid grid = new ParticipantGrid();
    private final List<String> reported = new ArrayList<>();

    /** A feed without frames. */
    private record NoVideo() implements VideoFeed {
        @Override
        public void addSink(VideoSink sink) {}

        @Override
        public void removeSink(VideoSink sink) {}

        @Override
        public Optional<BufferedImage> snapshot() {
            return Optional.empty();
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public int height() {
            return 0;
        }

        @Override
        public long frames() {
            return 0;
        }
    }

    @BeforeEach
    void prepare() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            grid.setSize(1280, 720);
            grid.setTileListener((stream, shown) -> reported.add(stream + "=" + shown));
            grid.own().show(new NoVideo(), "Ada");
        });
    }

    @Test
    void participantsWithoutAStreamFollowTheStreams() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            participants(participant(CLEO), participant(BEN));
            show(FakeStream.camera("ben", BEN));
        });

        assertThat(shown()).containsExactly("preview", "tile:ben", "avatar:connection-Cleo");
        assertThat(says("avatar:connection-Cleo")).isEqualTo("Cleo, muted, camera off");
        assertThat(reported).as("streams whose video may be stopped").containsExactly("ben=true");
    }

    @Test
    void aParticipantThatOnlySharesItsScreenHasAnAvatarToo() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            show(FakeStream.screen("screen", BEN));
            participants(participant(BEN));
        });

        assertThat(shown()).containsExactlyInAnyOrder("preview", "tile:screen", "avatar:connection-Ben");
        assertThat(largest()).isEqualTo("tile:screen");
    }

    @Test
    void anAvatarEndsWithTheFirstStreamAndReturnsWithTheLast() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            participants(participant(BEN));
            show(FakeStream.camera("ben", BEN));
            participants(participant(BEN));
        });
        assertThat(shown()).containsExactly("preview", "tile:ben");

        SwingUtilities.invokeAndWait(() -> {
            grid.remote().hide(new StreamId("ben"));
            participants(participant(BEN));
        });
        assertThat(shown()).containsExactly("preview", "avatar:connection-Ben");

        SwingUtilities.invokeAndWait(() -> participants());
        assertThat(shown()).containsExactly("preview");
    }

    @Test
    void handsAndLostConnectionsAreMarkedOnBothKindsOfTiles() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            show(FakeStream.camera("ben", BEN));
            participants(
                    new GridParticipant(BEN.id(), "Ben", false, true),
                    new GridParticipant(CLEO.id(), "Cleo", true, true));
        });
        assertThat(says("tile:ben")).isEqualTo("Ben, Reconnecting …");
        assertThat(says("avatar:connection-Cleo")).isEqualTo("Cleo, muted, camera off, Reconnecting …, hand raised");

        SwingUtilities.invokeAndWait(() -> show(FakeStream.camera("cleo", CLEO)));
        assertThat(says("tile:cleo")).isEqualTo("Cleo, Reconnecting …, hand raised");

        SwingUtilities.invokeAndWait(() -> participants(participant(BEN), participant(CLEO)));
        assertThat(says("tile:ben")).isEqualTo("Ben");
        assertThat(says("tile:cleo")).isEqualTo("Cleo");
    }

    @Test
    void theSpeakerViewPrefersAStreamToAnAvatarAndAnAvatarToTheUser() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            grid.setView(GridView.SPEAKER);
            participants(participant(CLEO), participant(BEN));
        });
        assertThat(largest()).isEqualTo("avatar:connection-Cleo");

        SwingUtilities.invokeAndWait(() -> {
            show(FakeStream.camera("ben", BEN));
            show(FakeStream.camera("dan", DAN));
        });
        assertThat(largest()).isEqualTo("tile:ben");

        SwingUtilities.invokeAndWait(() -> grid.remote().setSpeakers(new StreamId("dan"), Set.of()));
        assertThat(largest()).isEqualTo("tile:dan");
        assertThat(grid.mainStream()).contains(new StreamId("dan"));
    }

    @Test
    void aPinnedAvatarIsLargeAndStaysPinnedAsAStream() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            show(FakeStream.camera("ben", BEN));
            participants(participant(BEN), participant(CLEO));
            pin("avatar:connection-Cleo");
        });
        assertThat(largest()).isEqualTo("avatar:connection-Cleo");
        assertThat(grid.mainStream()).as("the stream for a snapshot").contains(new StreamId("ben"));

        SwingUtilities.invokeAndWait(() -> show(FakeStream.camera("cleo", CLEO)));
        assertThat(largest()).isEqualTo("tile:cleo");

        SwingUtilities.invokeAndWait(() -> pin("tile:cleo"));
        assertThat(shown().stream().map(this::size).distinct()).hasSize(1);
    }

    @Test
    void aPinnedParticipantStaysPinnedWithoutItsStreamUntilItLeaves() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            show(FakeStream.camera("ben", BEN));
            show(FakeStream.camera("cleo", CLEO));
            participants(participant(BEN), participant(CLEO));
            pin("tile:cleo");
            grid.remote().hide(new StreamId("cleo"));
        });
        assertThat(largest()).isEqualTo("avatar:connection-Cleo");

        SwingUtilities.invokeAndWait(() -> participants(participant(BEN)));
        assertThat(shown()).containsExactly("preview", "tile:ben");
        assertThat(shown().stream().map(this::size).distinct()).hasSize(1);
    }

    @Test
    void avatarsCountForPages() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            show(FakeStream.camera("ben", BEN));
            participants(IntStream.range(0, 30)
                    .mapToObj(i -> participant(FakeStream.connection("P" + i)))
                    .toArray(GridParticipant[]::new));
        });
        assertThat(shown()).hasSize(25).startsWith("preview", "tile:ben", "avatar:connection-P0");
        assertThat(grid.pages()).isEqualTo(2);

        SwingUtilities.invokeAndWait(() -> grid.setPage(1));
        assertThat(shown()).hasSize(7).allMatch(name -> name.startsWith("avatar:"));
        assertThat(reported).containsExactly("ben=true", "ben=false");

        SwingUtilities.invokeAndWait(() -> grid.remote().clear());
        assertThat(shown()).containsExactly("preview");
        assertThat(grid.pages()).isEqualTo(1);
    }

    private static GridParticipant participant(Connection connection) {
        return new GridParticipant(connection.id(), Names.of(connection), false, false);
    }

    private void participants(GridParticipant... all) {
        grid.remote().setParticipants(List.of(all));
    }

    private void show(FakeStream stream) {
        grid.remote().show(stream, new NoVideo());
    }

    private void pin(String name) {
        ParticipantTile tile = (ParticipantTile) tile(name);
        tile.getActionMap().get("pin").actionPerformed(new ActionEvent(tile, ActionEvent.ACTION_PERFORMED, "pin"));
    }

    private Component tile(String name) {
        return Stream.of(grid.getComponents())
                .filter(each -> name.equals(each.getName()))
                .findFirst()
                .orElseThrow();
    }

    private String says(String name) {
        return tile(name).getAccessibleContext().getAccessibleName();
    }

    private Rectangle size(String name) {
        return new Rectangle(tile(name).getSize());
    }

    /** The names of the tiles on the page, row by row. */
    private List<String> shown() throws Exception {
        List<String> names = new ArrayList<>();
        SwingUtilities.invokeAndWait(() -> {
            grid.doLayout();
            Stream.of(grid.getComponents())
                    .filter(Component::isVisible)
                    .sorted(Comparator.comparing(Component::getY).thenComparing(Component::getX))
                    .forEach(each -> names.add(each.getName()));
        });
        return names;
    }

    private String largest() throws Exception {
        return shown().stream()
                .max(Comparator.comparing(name -> tile(name).getWidth()))
                .orElseThrow();
    }
}

package dev.videosession.app.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileLayoutTest {
    private static final Rectangle AREA = new Rectangle(8, 8, 984, 600);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 9, 12, 25, 60})
    void tilesAreOfOneSizeInsideTheAreaAndApart(int count) {
        List<Rectangle> tiles = TileLayout.arrange(count, AREA);
        assertThat(tiles).hasSize(count);
        assertThat(tiles).allSatisfy(tile -> {
            assertThat(AREA.contains(tile)).isTrue();
            assertThat(tile.getSize()).isEqualTo(tiles.get(0).getSize());
            assertThat(tile.width / (double) tile.height).isBetween(1.7, 1.85);
            assertThat(tiles.stream().filter(tile::intersects)).hasSize(1);
        });
    }

    @Test
    void fourTilesAreTwoByTwo() {
        assertThat(TileLayout.arrange(4, AREA).stream().map(tile -> tile.x).distinct())
                .hasSize(2);
    }

    @Test
    void anAreaWithoutSpaceGivesEmptyTiles() {
        assertThat(TileLayout.arrange(3, new Rectangle(0, 0, 0, 0))).allMatch(Rectangle::isEmpty);
        assertThat(TileLayout.arrange(0, AREA)).isEmpty();
    }

    @Test
    void aPageHoldsAtMost25TilesAndNoneTooSmallToRecognize() {
        assertThat(TileLayout.capacity(40, new Rectangle(0, 0, 1920, 1080))).isEqualTo(25);
        Rectangle small = new Rectangle(8, 8, 464, 250);
        int capacity = TileLayout.capacity(9, small);
        assertThat(capacity).isBetween(1, 8);
        assertThat(TileLayout.arrange(capacity, small)).allMatch(tile -> tile.width >= 168);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 30})
    void theLargeTileAndTheSmallOnesAreInsideTheAreaAndApart(int others) {
        for (Rectangle area : List.of(AREA, new Rectangle(8, 8, 400, 600), new Rectangle(8, 8, 464, 240))) {
            TileLayout.Focus focus = TileLayout.focus(area, others);
            assertThat(area.contains(focus.large())).isTrue();
            assertThat(focus.small()).hasSizeLessThanOrEqualTo(others).allSatisfy(tile -> {
                assertThat(area.contains(tile)).isTrue();
                assertThat(tile.intersects(focus.large())).isFalse();
                assertThat(focus.small().stream().filter(tile::intersects)).hasSize(1);
            });
        }
    }
}

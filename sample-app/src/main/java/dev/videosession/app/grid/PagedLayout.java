package dev.videosession.app.grid;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the tiles of the current page go. For the Swing thread. */
final class PagedLayout {
    private int page;
    private int pages = 1;

    int page() {
        return page;
    }

    int pages() {
        return pages;
    }

    void setPage(int newPage) {
        page = Math.max(0, Math.min(newPage, pages - 1));
    }

    /** {@return the places of the tiles that are shown; the page is kept in range} */
    Map<ParticipantTile, Rectangle> place(
            List<ParticipantTile> tiles, Optional<ParticipantTile> large, Rectangle area) {
        Map<ParticipantTile, Rectangle> places = new HashMap<>();
        List<ParticipantTile> small = new ArrayList<>(tiles);
        if (large.isPresent()) {
            small.remove(large.get());
            TileLayout.Focus focus = TileLayout.focus(area, small.size());
            places.put(large.get(), focus.large());
            put(small, Math.max(1, focus.small().size()), places, focus.small());
        } else {
            int capacity = TileLayout.capacity(small.size(), area);
            int shown = turnTo(small.size(), capacity);
            put(small, capacity, places, TileLayout.arrange(shown, area));
        }
        return places;
    }

    private void put(
            List<ParticipantTile> tiles, int capacity, Map<ParticipantTile, Rectangle> places, List<Rectangle> free) {
        turnTo(tiles.size(), capacity);
        for (int i = 0; i < free.size() && page * capacity + i < tiles.size(); i++) {
            places.put(tiles.get(page * capacity + i), free.get(i));
        }
    }

    /** Keeps the page in range, and returns how many tiles it has. */
    private int turnTo(int tiles, int capacity) {
        pages = Math.max(1, (tiles + capacity - 1) / capacity);
        page = Math.min(page, pages - 1);
        return Math.min(capacity, tiles - page * capacity);
    }
}

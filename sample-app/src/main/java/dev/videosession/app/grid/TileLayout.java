package dev.videosession.app.grid;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/** Where tiles go: all of one size and the shape of wide video, as large as fits, in rows that are centred. Pure arithmetic. */
final class TileLayout {
    static final int GAP = 8;
    private static final double SHAPE = 16.0 / 9.0;
    private static final int MOST = 25;
    private static final int NARROWEST = 168;
    private static final int STRIP_SHARE = 5;
    private static final int STRIP_NARROWEST = 120;
    private static final int STRIP_WIDEST = 240;

    private TileLayout() {}

    /** {@return where a number of tiles go in an area} */
    static List<Rectangle> arrange(int tiles, Rectangle area) {
        return best(tiles, area).place(tiles, area);
    }

    /** {@return how many tiles one page holds: at most 25, and not so many that one cannot be recognized} */
    static int capacity(int tiles, Rectangle area) {
        int most = Math.min(MOST, Math.max(1, tiles));
        while (most > 1 && best(most, area).width < NARROWEST) {
            most--;
        }
        return most;
    }

    /** {@return one large place, and small ones at the right of a wide area or below a tall one} */
    static Focus focus(Rectangle area, int others) {
        if (others == 0) {
            return new Focus(area, List.of());
        }
        boolean wide = area.width > area.height * 1.15;
        int width = Math.max(STRIP_NARROWEST, Math.min(STRIP_WIDEST, area.width / STRIP_SHARE));
        int height = (int) (width / SHAPE);
        int room = wide ? (area.height + GAP) / (height + GAP) : (area.width + GAP) / (width + GAP);
        int shown = Math.min(others, room);
        List<Rectangle> places = new ArrayList<>(shown);
        for (int i = 0; i < shown; i++) {
            places.add(
                    wide
                            ? new Rectangle(
                                    area.x + area.width - width,
                                    area.y + (area.height - shown * (height + GAP) + GAP) / 2 + i * (height + GAP),
                                    width,
                                    height)
                            : new Rectangle(
                                    area.x + (area.width - shown * (width + GAP) + GAP) / 2 + i * (width + GAP),
                                    area.y + area.height - height,
                                    width,
                                    height));
        }
        int right = wide && shown > 0 ? width + GAP : 0;
        int below = !wide && shown > 0 ? height + GAP : 0;
        return new Focus(new Rectangle(area.x, area.y, area.width - right, area.height - below), places);
    }

    /**
     * One large tile and a row or column of small ones.
     *
     * @param large where the large one goes
     * @param small where the small ones go that there is room for
     */
    record Focus(Rectangle large, List<Rectangle> small) {}

    private static Rows best(int tiles, Rectangle area) {
        Rows best = new Rows(1, 0);
        for (int columns = 1; columns <= tiles; columns++) {
            int rows = rows(tiles, columns);
            double byWidth = (area.width - GAP * (columns - 1)) / (double) columns;
            double byHeight = (area.height - GAP * (rows - 1)) / (double) rows * SHAPE;
            double width = Math.min(byWidth, byHeight);
            if (width > best.width) {
                best = new Rows(columns, width);
            }
        }
        return best;
    }

    private static int rows(int tiles, int columns) {
        return (tiles + columns - 1) / columns;
    }

    private record Rows(int columns, double width) {
        List<Rectangle> place(int tiles, Rectangle area) {
            int w = (int) width;
            int h = (int) (width / SHAPE);
            int rows = rows(tiles, columns);
            int top = area.y + (area.height - rows * h - (rows - 1) * GAP) / 2;
            List<Rectangle> places = new ArrayList<>(tiles);
            for (int tile = 0; tile < tiles; tile++) {
                int row = tile / columns;
                int inRow = Math.min(columns, tiles - row * columns);
                int left = area.x + (area.width - inRow * w - (inRow - 1) * GAP) / 2;
                places.add(new Rectangle(left + tile % columns * (w + GAP), top + row * (h + GAP), w, h));
            }
            return places;
        }
    }
}

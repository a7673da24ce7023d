package dev.videosession.app.grid;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.LayoutManager;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles of one size and the shape of a wide picture, as large as fits, in rows that are centred.
 */
final class TileLayout implements LayoutManager {
    private static final double SHAPE = 16.0 / 9.0;
    private static final int GAP = 8;
    private static final Dimension SMALLEST = new Dimension(160, 90);
    private static final Dimension USUAL = new Dimension(400, 225);

    /** Returns where a number of tiles go in an area. */
    static List<Rectangle> arrange(int tiles, Rectangle area) {
        Grid best = new Grid(1, 0);
        for (int columns = 1; columns <= tiles; columns++) {
            int rows = rows(tiles, columns);
            double byWidth = (area.width - GAP * (columns - 1)) / (double) columns;
            double byHeight = (area.height - GAP * (rows - 1)) / (double) rows * SHAPE;
            double width = Math.min(byWidth, byHeight);
            if (width > best.width) {
                best = new Grid(columns, width);
            }
        }
        return best.place(tiles, area);
    }

    private static int rows(int tiles, int columns) {
        return (tiles + columns - 1) / columns;
    }

    private record Grid(int columns, double width) {
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

    @Override
    public void layoutContainer(Container parent) {
        Component[] tiles = parent.getComponents();
        Rectangle area = new Rectangle(GAP, GAP, parent.getWidth() - 2 * GAP, parent.getHeight() - 2 * GAP);
        List<Rectangle> places = arrange(tiles.length, area);
        for (int i = 0; i < tiles.length; i++) {
            tiles[i].setBounds(places.get(i));
        }
    }

    @Override
    public Dimension preferredLayoutSize(Container parent) {
        return around(parent, USUAL);
    }

    @Override
    public Dimension minimumLayoutSize(Container parent) {
        return around(parent, SMALLEST);
    }

    private static Dimension around(Container parent, Dimension tile) {
        int tiles = Math.max(1, parent.getComponentCount());
        int columns = (int) Math.ceil(Math.sqrt(tiles));
        return new Dimension(GAP + columns * (tile.width + GAP), GAP + rows(tiles, columns) * (tile.height + GAP));
    }

    @Override
    public void addLayoutComponent(String name, Component component) {
        // every component is a tile, whatever its name
    }

    @Override
    public void removeLayoutComponent(Component component) {
        // nothing was kept
    }
}

package dev.videosession.app.control;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.LayoutManager;
import java.util.Arrays;
import java.util.List;
import javax.swing.JPanel;

/** The buttons below a call, in the middle of their row. When the row is too narrow for their words, they show their icons only. */
public final class ControlBar extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int GAP = 6;
    private static final int EDGE = 8;

    /**
     * A bar.
     *
     * @param buttons from left to right; the first one has the focus at first
     */
    public ControlBar(ControlButton... buttons) {
        super(new Row());
        Arrays.stream(buttons).forEach(this::add);
    }

    private static List<ControlButton> buttons(Container parent) {
        return Arrays.stream(parent.getComponents())
                .filter(Component::isVisible)
                .map(ControlButton.class::cast)
                .toList();
    }

    private static final class Row implements LayoutManager {
        @Override
        public void layoutContainer(Container parent) {
            List<ControlButton> buttons = buttons(parent);
            int full = buttons.stream().mapToInt(ControlButton::fullWidth).sum() + GAP * (buttons.size() + 1);
            boolean compact = full > parent.getWidth();
            buttons.forEach(button -> button.setCompact(compact));
            int width = buttons.stream()
                            .mapToInt(each -> each.getPreferredSize().width)
                            .sum()
                    + GAP * (buttons.size() - 1);
            int x = Math.max(GAP, (parent.getWidth() - width) / 2);
            for (ControlButton button : buttons) {
                Dimension size = button.getPreferredSize();
                button.setBounds(x, (parent.getHeight() - size.height) / 2, size.width, size.height);
                x += size.width + GAP;
            }
        }

        @Override
        public Dimension preferredLayoutSize(Container parent) {
            List<ControlButton> buttons = buttons(parent);
            int width = buttons.stream().mapToInt(ControlButton::fullWidth).sum();
            int height = buttons.stream()
                    .mapToInt(each -> each.getPreferredSize().height)
                    .max()
                    .orElse(0);
            return new Dimension(width + GAP * (buttons.size() + 1), height + 2 * EDGE);
        }

        @Override
        public Dimension minimumLayoutSize(Container parent) {
            return new Dimension(0, preferredLayoutSize(parent).height);
        }

        @Override
        public void addLayoutComponent(String name, Component component) {
            // all are asked of the parent
        }

        @Override
        public void removeLayoutComponent(Component component) {
            // all are asked of the parent
        }
    }
}

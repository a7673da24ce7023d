package dev.videosession.app.control;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Font;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** The main content with one panel or none at its right; in a narrow window the panel takes its place. For the Swing thread. */
public final class SidePane extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int SIDE = 300;
    private static final int NARROW = 680;

    private final JComponent main;
    private final JPanel side = new JPanel(new BorderLayout());
    private final JLabel title = new JLabel();
    private @Nullable JComponent open;

    /**
     * Without a panel.
     *
     * @param main the main content
     */
    public SidePane(JComponent main) {
        super(null);
        this.main = main;
        title.setFont(title.getFont().deriveFont(Font.BOLD, title.getFont().getSize2D() + 1));
        title.setBorder(BorderFactory.createEmptyBorder(8, 12, 4, 12));
        side.add(title, BorderLayout.NORTH);
        side.setVisible(false);
        add(main);
        add(side);
    }

    /**
     * Opens a panel, in place of another one, or closes it.
     *
     * @param panel which
     * @param heading above it
     */
    public void toggle(JComponent panel, String heading) {
        JComponent former = open;
        if (former != null) {
            side.remove(former);
        }
        open = former == panel ? null : panel;
        if (open != null) {
            title.setText(heading);
            SwingUtilities.updateComponentTreeUI(open); // the theme may have changed while it was closed
            side.add(open, BorderLayout.CENTER);
        }
        side.setBorder(BorderFactory.createMatteBorder(0, 1, 0, 0, UIManager.getColor("Component.borderColor")));
        side.setVisible(open != null);
        refresh();
    }

    private void refresh() {
        revalidate();
        side.revalidate();
        if (isShowing()) {
            doLayout(); // so that the panel is on the screen and can take the focus
        }
        repaint();
    }

    /**
     * Tells whether a panel is open.
     *
     * @param panel which
     * @return whether
     */
    public boolean isOpen(JComponent panel) {
        return open == panel;
    }

    @Override
    public void doLayout() {
        boolean narrow = getWidth() < NARROW;
        int taken = open == null ? 0 : narrow ? getWidth() : SIDE;
        main.setVisible(taken < getWidth());
        main.setBounds(0, 0, getWidth() - taken, getHeight());
        side.setBounds(getWidth() - taken, 0, taken, getHeight());
    }

    @Override
    public Dimension getPreferredSize() {
        return main.getPreferredSize();
    }

    @Override
    public Dimension getMinimumSize() {
        return new Dimension(0, 0);
    }
}

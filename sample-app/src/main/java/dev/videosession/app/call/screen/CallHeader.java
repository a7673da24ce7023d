package dev.videosession.app.call.screen;

import dev.videosession.app.grid.GridView;
import dev.videosession.app.grid.ParticipantGrid;
import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.GlyphIcon;
import dev.videosession.app.text.Texts;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;

/** The line above the video: the state of the call, pages, the view and the settings. For the Swing thread. */
public final class CallHeader extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int ICON = 18;

    private final ParticipantGrid grid;
    private final JLabel status = new JLabel(" ");
    private final JButton previous = button("page-previous", Glyph.PREVIOUS, "header.previous");
    private final JLabel pages = new JLabel();
    private final JButton next = button("page-next", Glyph.NEXT, "header.next");
    private final JButton view = button("view", Glyph.SPEAKER, "header.speaker");
    private final JButton more = button("settings", Glyph.SETTINGS, "header.settings");

    CallHeader(ParticipantGrid grid, CallActions actions) {
        super(new MigLayout("insets 4 12 4 8, fillx, hidemode 1", "[grow, 0:pref]8[][][]8[][]", "[center]"));
        this.grid = grid;
        status.setName("status");
        status.putClientProperty("html.disable", true); // what moderators write is text
        status.getAccessibleContext().setAccessibleDescription(Texts.of("header.status"));
        pages.setName("pages");
        previous.addActionListener(event -> grid.setPage(grid.page() - 1));
        next.addActionListener(event -> grid.setPage(grid.page() + 1));
        view.addActionListener(event -> switchView());
        more.addActionListener(event -> MoreMenu.open(more, actions));
        add(status, "growx, wmin 0");
        add(previous);
        add(pages);
        add(next);
        add(view);
        add(more);
        grid.setPageListener(this::showPages);
        grid.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentShown(ComponentEvent event) {
                showPages();
            }

            @Override
            public void componentHidden(ComponentEvent event) {
                showPages();
            }
        });
        showPages();
    }

    private static JButton button(String name, Glyph glyph, String key) {
        JButton button = new JButton(new GlyphIcon(glyph, ICON));
        button.setName(name);
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        button.setToolTipText(Texts.of(key));
        button.getAccessibleContext().setAccessibleName(Texts.of(key));
        button.setRequestFocusEnabled(false);
        return button;
    }

    /**
     * Shows the state of the call.
     *
     * @param text plain text in one line
     */
    public void setStatus(String text) {
        status.setText(text);
        status.setToolTipText(text);
    }

    /** Shows all tiles in one size, or the speaker large, whichever is not shown now. */
    public void switchView() {
        boolean tiles = grid.view() == GridView.TILES;
        grid.setView(tiles ? GridView.SPEAKER : GridView.TILES);
        view.setIcon(new GlyphIcon(tiles ? Glyph.GRID : Glyph.SPEAKER, ICON));
        String text = Texts.of(tiles ? "header.tiles" : "header.speaker");
        view.setToolTipText(text);
        view.getAccessibleContext().setAccessibleName(text);
    }

    private void showPages() {
        boolean several = grid.pages() > 1 && grid.isVisible(); // in a narrow window the chat hides the grid
        view.setVisible(grid.isVisible());
        previous.setVisible(several);
        pages.setVisible(several);
        next.setVisible(several);
        pages.setText(Texts.of("header.pages", grid.page() + 1, grid.pages()));
        previous.setEnabled(grid.page() > 0);
        next.setEnabled(grid.page() < grid.pages() - 1);
    }
}

package dev.videosession.app.share;

import dev.videosession.app.text.Texts;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.DesktopWindow;
import dev.videosession.session.DisplayText;
import java.awt.Component;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.swing.DefaultListCellRenderer;
import javax.swing.DefaultListModel;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ListSelectionModel;
import javax.swing.SwingWorker;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The windows of other programs, listed in the background; nothing where windows are not listed. */
final class WindowList extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WindowList.class);
    private static final int ROWS = 4;
    private static final int MOST_LETTERS = 80;

    private final DefaultListModel<DesktopWindow> model = new DefaultListModel<>();
    private final JList<DesktopWindow> list = new JList<>(model);

    /**
     * Begins to list them.
     *
     * @param onListed called when there are windows to choose from
     * @param onSelected called when the user selects one
     */
    WindowList(Runnable onListed, Runnable onSelected) {
        super(new MigLayout("insets 0, wrap 1, fill", "[grow, fill]", "[]4[]"));
        JLabel label = new JLabel(Texts.of("share.windows"));
        label.setLabelFor(list);
        list.setName("share-windows");
        list.setVisibleRowCount(ROWS);
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new TitleRenderer());
        list.addListSelectionListener(event -> {
            if (!event.getValueIsAdjusting() && selected() != null) {
                onSelected.run();
            }
        });
        add(label);
        add(new JScrollPane(list), "wmin 0");
        setVisible(false);
        listWindows(windows -> {
            model.addAll(windows);
            if (!windows.isEmpty()) {
                setVisible(true);
                onListed.run();
            }
        });
    }

    private static void listWindows(Consumer<List<DesktopWindow>> onListed) {
        new SwingWorker<List<DesktopWindow>, Void>() {
            @Override
            protected List<DesktopWindow> doInBackground() {
                return VideoSources.windows().stream()
                        .filter(window -> !window.own()) // a call that shows itself
                        .toList();
            }

            @Override
            protected void done() {
                try {
                    onListed.accept(get());
                } catch (ExecutionException e) {
                    LOG.info("event=windowsNotListed reason=\"{}\"", e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }

    @Nullable
    DesktopWindow selected() {
        return list.getSelectedValue();
    }

    void clearSelection() {
        list.clearSelection();
    }

    /** Titles are chosen by other programs. */
    private static final class TitleRenderer extends DefaultListCellRenderer {
        private static final long serialVersionUID = 1L;

        @Override
        public Component getListCellRendererComponent(
                JList<?> list, @Nullable Object value, int index, boolean selected, boolean focused) {
            String title = value instanceof DesktopWindow window ? DisplayText.of(window.title(), MOST_LETTERS) : "";
            putClientProperty("html.disable", true);
            return super.getListCellRendererComponent(list, title, index, selected, focused);
        }
    }
}

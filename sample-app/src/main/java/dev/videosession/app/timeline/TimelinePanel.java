package dev.videosession.app.timeline;

import dev.videosession.app.control.TextChanges;
import dev.videosession.app.text.Texts;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.ActionEvent;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.SwingConstants;
import javax.swing.SwingWorker;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableColumn;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/**
 * A table of what happened, the newest below, with a filter by kind, a search, and buttons to copy and export what is shown. Keeps the
 * last {@value TimelineModel#LONGEST} entries. For the Swing thread.
 */
public final class TimelinePanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int MARGIN = 16;
    private static final Dimension SIZE = new Dimension(480, 160);

    private final TimelineModel model = new TimelineModel();
    private final JTable table = new JTable(model);
    private final JComboBox<Object> kinds = new JComboBox<>();
    private final JTextField search = new JTextField();
    private final transient Consumer<String> onNotice;

    /**
     * An empty timeline.
     *
     * @param name of the table; those of the other components start with it
     * @param title what the table contains, for screen readers
     * @param onNotice gets a sentence when something was exported or could not be
     */
    public TimelinePanel(String name, String title, Consumer<String> onNotice) {
        super(new BorderLayout());
        this.onNotice = onNotice;
        table.setName(name);
        table.getAccessibleContext().setAccessibleName(title);
        table.setFillsViewportHeight(true);
        table.setAutoResizeMode(JTable.AUTO_RESIZE_LAST_COLUMN);
        table.getActionMap().put("copy", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                copy();
            }
        });
        DefaultTableCellRenderer plain = new Cell();
        plain.putClientProperty("html.disable", true); // what clients write is text
        table.setDefaultRenderer(Object.class, plain);
        if (table.getTableHeader().getDefaultRenderer() instanceof JLabel titles) {
            titles.setHorizontalAlignment(SwingConstants.LEADING); // as the cells
        }
        fit(0, List.of("00:00:00.000"));
        fit(1, Arrays.stream(EntryKind.values()).map(EntryKind::word).toList());
        JScrollPane pane = new JScrollPane(table);
        pane.setPreferredSize(SIZE);
        pane.setMinimumSize(new Dimension(0, 0));
        add(tools(name), BorderLayout.NORTH);
        add(pane, BorderLayout.CENTER);
    }

    /** Long texts are readable in the tooltip. */
    private static final class Cell extends DefaultTableCellRenderer {
        private static final long serialVersionUID = 1L;

        @Override
        protected void setValue(@Nullable Object value) {
            super.setValue(value);
            setToolTipText(value == null ? null : value.toString());
        }
    }

    private JPanel tools(String name) {
        kinds.setName(name + "-kinds");
        kinds.getAccessibleContext().setAccessibleName(Texts.of("timeline.kinds"));
        kinds.addItem(Texts.of("timeline.all"));
        for (EntryKind kind : EntryKind.values()) {
            kinds.addItem(kind);
        }
        kinds.setRenderer((list, value, index, selected, focused) -> {
            String text = value instanceof EntryKind kind ? kind.word() : String.valueOf(value);
            return new javax.swing.DefaultListCellRenderer()
                    .getListCellRendererComponent(list, text, index, selected, focused);
        });
        kinds.addActionListener(event -> filter());
        search.setName(name + "-search");
        search.putClientProperty("JTextField.placeholderText", Texts.of("timeline.search"));
        search.putClientProperty("JTextField.showClearButton", true);
        search.getAccessibleContext().setAccessibleName(Texts.of("timeline.search"));
        search.getDocument().addDocumentListener(new TextChanges(this::filter));
        JPanel tools =
                new JPanel(new MigLayout("insets 6 6 6 6, fillx", "[60:pref, shrinkprio 110]6[grow, 40:160]6[][][]"));
        tools.add(kinds, "wmin 0");
        tools.add(search, "growx, wmin 0");
        tools.add(button(name + "-copy", "timeline.copy", "timeline.copyHelp", this::copy));
        tools.add(button(name + "-csv", "timeline.csv", "timeline.csvHelp", () -> export("csv", TimelineExport::csv)));
        tools.add(button(
                name + "-json", "timeline.json", "timeline.jsonHelp", () -> export("json", TimelineExport::json)));
        return tools;
    }

    private static JButton button(String name, String key, String help, Runnable task) {
        JButton button = new JButton(Texts.of(key));
        button.setName(name);
        button.setToolTipText(Texts.of(help));
        button.getAccessibleContext().setAccessibleDescription(Texts.of(help));
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        button.addActionListener(event -> task.run());
        return button;
    }

    /** Makes a column as wide as its longest text and no wider, whatever the window's size. */
    private void fit(int column, List<String> texts) {
        int width = texts.stream()
                        .mapToInt(text -> table.getFontMetrics(table.getFont()).stringWidth(text))
                        .max()
                        .orElse(0)
                + MARGIN;
        TableColumn fitted = table.getColumnModel().getColumn(column);
        fitted.setMinWidth(width);
        fitted.setMaxWidth(width);
    }

    private void filter() {
        String wanted = search.getText().strip().toLowerCase(Locale.ROOT);
        Object kind = kinds.getSelectedItem();
        model.setFilter(entry -> (!(kind instanceof EntryKind) || entry.kind() == kind)
                && entry.text().toLowerCase(Locale.ROOT).contains(wanted));
    }

    /**
     * Adds an entry and scrolls to it.
     *
     * @param entry the newest
     */
    public void add(TimelineEntry entry) {
        model.add(entry);
        int last = model.getRowCount() - 1;
        table.scrollRectToVisible(table.getCellRect(last, 0, true));
    }

    /** {@return what is selected, else all that is shown} */
    private List<TimelineEntry> chosen() {
        List<TimelineEntry> shown = model.shown();
        int[] rows = table.getSelectedRows();
        return rows.length == 0
                ? shown
                : Arrays.stream(rows).mapToObj(shown::get).toList();
    }

    private void copy() {
        StringSelection text = new StringSelection(TimelineExport.text(chosen()));
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(text, text);
    }

    private void export(String extension, Function<List<TimelineEntry>, String> format) {
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle(Texts.of("timeline.exportTitle"));
        chooser.setSelectedFile(new File(Texts.of("timeline.file") + "." + extension));
        if (chooser.showSaveDialog(this) == JFileChooser.APPROVE_OPTION) {
            write(chooser.getSelectedFile(), format.apply(chosen()));
        }
    }

    private void write(File file, String content) {
        new SwingWorker<Void, Void>() {
            @Override
            protected @Nullable Void doInBackground() throws IOException {
                Files.writeString(file.toPath(), content, StandardCharsets.UTF_8);
                return null;
            }

            @Override
            protected void done() {
                try {
                    get();
                    onNotice.accept(Texts.of("timeline.saved", file.toString()));
                } catch (ExecutionException e) {
                    onNotice.accept(Texts.of("timeline.failed", String.valueOf(e.getMessage())));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }
}

package dev.videosession.app.console;

import dev.videosession.app.control.Mnemonics;
import dev.videosession.app.server.LiveSessionEntry;
import dev.videosession.app.server.ProjectCalls;
import dev.videosession.app.text.Texts;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.SwingWorker;
import javax.swing.Timer;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** The live sessions of a project with their counts, read every two seconds. Enter or a double click opens one. For the Swing thread. */
final class SessionTable extends JPanel implements AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final int PERIOD_MILLIS = 2000;
    private static final int NUMBER_WIDTH = 64;

    private final transient ProjectCalls project;
    private final transient Consumer<String> onOpen;
    private final Rows rows = new Rows();
    private final JTable table = new JTable(rows);
    private final JLabel state = new JLabel(Texts.of("console.loading"));
    private final JButton back = Mnemonics.button("lobby.back");
    private final transient Timer timer = new Timer(PERIOD_MILLIS, event -> load());
    private boolean loading;
    private boolean closed;

    /** A table that is read from now on; the action that opens another project may be null. */
    SessionTable(ProjectCalls project, Consumer<String> onOpen, @Nullable Runnable onBack) {
        super(new BorderLayout());
        this.project = project;
        this.onOpen = onOpen;
        table.setName("session-list");
        table.getAccessibleContext().setAccessibleName(Texts.of("console.sessions"));
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setFillsViewportHeight(true);
        for (int column = 1; column < rows.getColumnCount(); column++) {
            table.getColumnModel().getColumn(column).setMaxWidth(NUMBER_WIDTH);
            table.getColumnModel().getColumn(column).setMinWidth(NUMBER_WIDTH / 2);
        }
        table.setDefaultRenderer(Object.class, new PlainText());
        table.getColumnModel().getColumn(0).setCellRenderer(new SessionIdText());
        table.getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "open");
        table.getActionMap().put("open", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                openSelected();
            }
        });
        table.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
                if (event.getClickCount() == 2) {
                    openSelected();
                }
            }
        });
        state.setName("session-list-state");
        JButton open = new JButton(Texts.of("console.open"));
        open.setName("session-open");
        open.addActionListener(event -> openSelected());
        back.setName("session-back");
        back.setVisible(onBack != null);
        if (onBack != null) {
            back.addActionListener(event -> onBack.run());
        }
        JPanel foot = new JPanel(new MigLayout("insets 8, fillx, hidemode 3", "[grow, 0:pref]8[][]"));
        foot.add(state, "growx, wmin 0");
        foot.add(open);
        foot.add(back);
        JScrollPane pane = new JScrollPane(table);
        pane.setMinimumSize(new Dimension(0, 0));
        setMinimumSize(new Dimension(120, 0));
        add(pane, BorderLayout.CENTER);
        add(foot, BorderLayout.SOUTH);
        timer.setInitialDelay(0);
    }

    /** Starts to read and puts the focus into the table. */
    void opened() {
        timer.start();
        table.requestFocusInWindow();
    }

    private void openSelected() {
        int row = table.getSelectedRow();
        if (row >= 0) {
            onOpen.accept(rows.sessions.get(row).id());
        }
    }

    private void load() {
        if (loading) {
            return;
        }
        loading = true;
        new SwingWorker<List<LiveSessionEntry>, Void>() {
            @Override
            protected List<LiveSessionEntry> doInBackground() throws Exception {
                return project.sessions();
            }

            @Override
            protected void done() {
                loading = false;
                if (closed) {
                    return;
                }
                try {
                    show(get());
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    state.setText(Texts.of("console.listFailed", String.valueOf(cause.getMessage())));
                    state.setToolTipText(state.getText());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }

    private void show(List<LiveSessionEntry> now) {
        int row = table.getSelectedRow();
        String selected = row < 0 ? null : rows.sessions.get(row).id();
        rows.show(now);
        int again = -1;
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).id().equals(selected)) {
                again = i;
            }
        }
        if (again < 0 && !now.isEmpty()) {
            again = 0;
        }
        if (again >= 0) {
            table.setRowSelectionInterval(again, again);
        }
        state.setText(Texts.of("console.sessionCount", now.size()));
        state.setToolTipText(null);
    }

    @Override
    public void close() {
        closed = true;
        timer.stop();
    }

    private static class PlainText extends DefaultTableCellRenderer {
        private static final long serialVersionUID = 1L;

        PlainText() {
            putClientProperty("html.disable", true);
        }
    }

    private static final class SessionIdText extends PlainText {
        private static final long serialVersionUID = 1L;

        @Override
        protected void setValue(Object value) {
            String id = String.valueOf(value);
            super.setValue(SessionTabs.shortened(id));
            setToolTipText(id);
        }
    }

    private static final class Rows extends AbstractTableModel {
        private static final long serialVersionUID = 1L;
        private static final List<String> COLUMNS =
                List.of("console.session", "console.mode", "console.clients", "console.streams");

        private transient List<LiveSessionEntry> sessions = List.of();

        void show(List<LiveSessionEntry> now) {
            if (!now.equals(sessions)) {
                sessions = now;
                fireTableDataChanged();
            }
        }

        @Override
        public int getRowCount() {
            return sessions.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.size();
        }

        @Override
        public String getColumnName(int column) {
            return Texts.of(COLUMNS.get(column));
        }

        @Override
        public @Nullable Object getValueAt(int row, int column) {
            LiveSessionEntry session = sessions.get(row);
            return switch (column) {
                case 0 -> session.id();
                case 1 -> Texts.of(session.routed() ? "console.routed" : "console.relayed");
                case 2 -> session.connections();
                default -> session.streams();
            };
        }
    }
}

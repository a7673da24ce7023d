package dev.videosession.app.console;

import java.awt.Component;
import java.awt.Dimension;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.DefaultTableModel;
import javax.swing.table.TableColumn;

/** What happened and when, the newest below. Keeps the last {@value #LONGEST} lines. */
final class TimelineTable {
    private static final int LONGEST = 1000;
    private static final int MARGIN = 16;
    private static final Dimension SIZE = new Dimension(480, 160);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final DefaultTableModel lines = new DefaultTableModel(new Object[] {"Time", "Event", "About"}, 0);
    private final JTable table = new JTable(lines);
    private final JScrollPane pane = new JScrollPane(table);

    TimelineTable() {
        table.setName("timeline");
        table.getAccessibleContext().setAccessibleName("What happened");
        table.setDefaultEditor(Object.class, null);
        table.setFillsViewportHeight(true);
        table.setAutoResizeMode(JTable.AUTO_RESIZE_LAST_COLUMN);
        DefaultTableCellRenderer plain = new DefaultTableCellRenderer();
        plain.putClientProperty("html.disable", true); // what clients write is text
        table.setDefaultRenderer(Object.class, plain);
        fit(0, "00:00:00.000");
        fit(1, "connectionReconnecting");
        pane.setPreferredSize(SIZE);
    }

    /** Makes a column as wide as its longest text and no wider, whatever the window's size. */
    private void fit(int column, String longest) {
        int width = table.getFontMetrics(table.getFont()).stringWidth(longest) + MARGIN;
        TableColumn fitted = table.getColumnModel().getColumn(column);
        fitted.setMinWidth(width);
        fitted.setMaxWidth(width);
    }

    Component component() {
        return pane;
    }

    void add(String type, String details) {
        if (lines.getRowCount() == LONGEST) {
            lines.removeRow(0);
        }
        lines.addRow(new Object[] {LocalTime.now(ZoneId.systemDefault()).format(TIME), type, details});
        int last = lines.getRowCount() - 1;
        table.scrollRectToVisible(table.getCellRect(last, 0, true));
    }
}

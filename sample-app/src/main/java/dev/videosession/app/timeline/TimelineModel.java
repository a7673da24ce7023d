package dev.videosession.app.timeline;

import dev.videosession.app.text.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import javax.swing.table.AbstractTableModel;

/** The last entries and those of them that a filter lets through. For the Swing thread. */
final class TimelineModel extends AbstractTableModel {
    static final int LONGEST = 5000;
    private static final long serialVersionUID = 1L;
    private static final List<String> COLUMNS = List.of("timeline.time", "timeline.kind", "timeline.text");

    private final transient Deque<TimelineEntry> all = new ArrayDeque<>();
    private final transient List<TimelineEntry> shown = new ArrayList<>();
    private transient Predicate<TimelineEntry> filter = entry -> true;

    void add(TimelineEntry entry) {
        if (all.size() == LONGEST) {
            TimelineEntry oldest = all.remove();
            if (filter.test(oldest) && !shown.isEmpty()) {
                shown.remove(0);
                fireTableRowsDeleted(0, 0);
            }
        }
        all.add(entry);
        if (filter.test(entry)) {
            shown.add(entry);
            fireTableRowsInserted(shown.size() - 1, shown.size() - 1);
        }
    }

    void setFilter(Predicate<TimelineEntry> newFilter) {
        filter = newFilter;
        shown.clear();
        all.stream().filter(filter).forEach(shown::add);
        fireTableDataChanged();
    }

    /** {@return the entries that are shown, in their order} */
    List<TimelineEntry> shown() {
        return List.copyOf(shown);
    }

    @Override
    public int getRowCount() {
        return shown.size();
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
    public Object getValueAt(int row, int column) {
        TimelineEntry entry = shown.get(row);
        return switch (column) {
            case 0 -> TimelineExport.time(entry);
            case 1 -> entry.kind().word();
            default -> entry.text();
        };
    }
}

package dev.videosession.site;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.jspecify.annotations.Nullable;

/** The links to all pages, by task: the table below the heading "Documentation" of the front page. */
final class Navigation {
    /**
     * Links of one task.
     *
     * @param task for instance "moderate"
     * @param entries the links
     */
    record Group(String task, List<Entry> entries) {}

    /**
     * One link.
     *
     * @param text what is shown
     * @param destination as in the document
     */
    record Entry(String text, String destination) {}

    private final List<Group> groups = new ArrayList<>();

    Navigation(Page front) {
        front.content().accept(new AbstractVisitor() {
            private boolean inside;

            @Override
            public void visit(Heading heading) {
                inside = Page.text(heading).equals("Documentation");
            }

            @Override
            public void visit(CustomNode node) {
                if (inside && node instanceof TableRow row && row.getFirstChild() instanceof TableCell task) {
                    List<Entry> entries = entries(task.getNext());
                    if (!entries.isEmpty()) {
                        groups.add(new Group(Page.text(task), entries));
                    }
                } else {
                    visitChildren(node);
                }
            }
        });
    }

    private static List<Entry> entries(org.commonmark.node.@Nullable Node cell) {
        List<Entry> entries = new ArrayList<>();
        if (cell != null) {
            cell.accept(new AbstractVisitor() {
                @Override
                public void visit(Link link) {
                    entries.add(new Entry(Page.text(link), link.getDestination()));
                }
            });
        }
        return entries;
    }

    /** {@return the tasks in the order of the front page} */
    List<Group> groups() {
        return List.copyOf(groups);
    }
}

package dev.videosession.app.statistics;

import dev.videosession.app.control.FocusReturn;
import dev.videosession.app.look.AppIcon;
import dev.videosession.app.text.Texts;
import java.awt.Dimension;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.swing.AbstractAction;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** A window with the statistics of one link at a time: bitrate, frame rate, loss and round trip over the last minute. */
public final class StatisticsWindow {
    private static final Dimension SMALLEST = new Dimension(320, 330);

    private final JDialog dialog;
    private final LinkStatistics statistics;
    private final JComboBox<LinkName> links = new JComboBox<>();
    private final JLabel size = new JLabel(" ");
    private final Plot bitrate = new Plot(Texts.of("stats.bitrate"), "kbit/s", 100);
    private final Plot frames = new Plot(Texts.of("stats.frames"), "fps", 10);
    private final Plot loss = new Plot(Texts.of("stats.loss"), "%", 1);
    private final Plot roundTrip = new Plot(Texts.of("stats.roundTrip"), "ms", 10);

    /**
     * Opens the window.
     *
     * @param owner closes it when it is closed
     * @param statistics what to show; closed with the window
     * @param onClosed run once when the window is closed
     */
    public StatisticsWindow(@Nullable Window owner, LinkStatistics statistics, Runnable onClosed) {
        this.statistics = statistics;
        dialog = new JDialog(owner, Texts.of("stats.title"));
        dialog.setName("statistics");
        FocusReturn.install(dialog);
        dialog.setIconImages(AppIcon.images());
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        dialog.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                statistics.close();
                onClosed.run();
            }
        });
        links.setName("statistics-links");
        links.getAccessibleContext().setAccessibleName(Texts.of("stats.links"));
        links.addActionListener(event -> showLink());
        size.setName("statistics-size");
        JPanel content = new JPanel(new MigLayout(
                "insets 12, fill, wrap 2", "[grow, fill, sg]8[grow, fill, sg]", "[][][grow, fill][grow, fill]"));
        content.add(links, "span 2, wmin 0");
        content.add(size, "span 2, wmin 0");
        for (Plot plot : List.of(bitrate, frames, loss, roundTrip)) {
            content.add(plot, "wmin 0, hmin 0");
        }
        dialog.setContentPane(content);
        dialog.getRootPane()
                .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "close");
        dialog.getRootPane()
                .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_I, 0), "close"); // the key that opens it
        dialog.getRootPane().getActionMap().put("close", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                close();
            }
        });
        statistics.start(this::update);
        dialog.setMinimumSize(SMALLEST);
        dialog.pack();
        dialog.setLocationRelativeTo(owner);
        dialog.setVisible(true);
    }

    /** A link in the list. */
    private record LinkName(String id, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private void update() {
        List<LinkName> now = statistics.links().stream()
                .map(link -> new LinkName(link.id(), link.name()))
                .toList();
        boolean same = now.size() == links.getItemCount();
        for (int i = 0; same && i < now.size(); i++) {
            same = Objects.equals(links.getItemAt(i), now.get(i));
        }
        if (!same) {
            Object selected = links.getSelectedItem();
            links.removeAllItems();
            now.forEach(links::addItem);
            if (now.contains(selected)) {
                links.setSelectedItem(selected);
            }
        }
        showLink();
    }

    private void showLink() {
        String id = links.getSelectedItem() instanceof LinkName name ? name.id() : "";
        LinkHistory history = statistics.history(id);
        List<LinkSample> samples = history.samples();
        bitrate.setValues(values(samples, LinkSample::kilobits));
        frames.setValues(values(samples, LinkSample::framesPerSecond));
        loss.setValues(values(samples, LinkSample::lossPercent));
        roundTrip.setValues(values(samples, LinkSample::roundTripMillis));
        LinkSample latest = history.latest();
        size.setText(
                latest == null || latest.width() == 0
                        ? Texts.of("stats.noVideo")
                        : Texts.of("stats.size", latest.width(), latest.height()));
    }

    private static List<Double> values(List<LinkSample> samples, Function<LinkSample, Double> value) {
        return samples.stream().map(value).toList();
    }

    /** Closes the window. */
    public void close() {
        dialog.dispose();
    }
}

package dev.videosession.app.share;

import dev.videosession.app.control.WindowDialog;
import dev.videosession.app.text.Texts;
import dev.videosession.media.source.DesktopWindow;
import java.awt.Component;
import java.awt.Dialog.ModalityType;
import java.awt.GraphicsDevice;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.util.function.Consumer;
import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSpinner;
import javax.swing.JToggleButton;
import javax.swing.SpinnerNumberModel;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Lets the user choose what to share: a screen, a window, or a region that is entered or drawn. For the Swing thread. */
public final class SharePicker {
    private static final int SMALLEST = 64;
    private static final String[] FIELDS = {"share.x", "share.y", "share.width", "share.height"};

    private final WindowDialog dialog;
    private final Consumer<ShareChoice> onChosen;
    private final JSpinner[] numbers = new JSpinner[FIELDS.length];
    private final JToggleButton region = new JToggleButton(Texts.of("share.region"));
    private final ButtonGroup areas = new ButtonGroup();
    private final WindowList windows;
    private Rectangle chosen;

    private SharePicker(Component near, Consumer<ShareChoice> onChosen) {
        this.onChosen = onChosen;
        dialog = new WindowDialog(near, "share-picker", Texts.of("share.title"), ModalityType.DOCUMENT_MODAL);
        GraphicsDevice[] screens =
                GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices();
        chosen = screens[0].getDefaultConfiguration().getBounds();
        windows = new WindowList(() -> dialog.window().pack(), areas::clearSelection);
        JButton share = button("share-confirm", "share.confirm", this::confirm);
        JButton cancel = button("share-cancel", "share.cancel", dialog::close);
        JPanel content = new JPanel(new MigLayout("insets 16, wrap 1, fill, hidemode 3", "[grow, fill]", ""));
        content.add(screens(screens), "wmin 0");
        content.add(windows, "wmin 0, gaptop 6"); // hidden where no windows are listed, with its gap
        content.add(region, "growx 0, gaptop 6");
        content.add(fields(screens), "wmin 0");
        content.add(share, "split 2, gapbefore push, growx 0, gaptop 8");
        content.add(cancel, "growx 0");
        dialog.open(content, share, share);
    }

    /**
     * Opens the choice and returns at once.
     *
     * @param near in whose window
     * @param onChosen gets the choice, if the user does not cancel
     */
    public static void open(Component near, Consumer<ShareChoice> onChosen) {
        new SharePicker(near, onChosen);
    }

    private static JButton button(String name, String key, Runnable task) {
        JButton button = new JButton(Texts.of(key));
        button.setName(name);
        button.addActionListener(event -> task.run());
        return button;
    }

    private JComponent screens(GraphicsDevice[] screens) {
        JPanel row = new JPanel(new MigLayout("insets 0", "", "[top]"));
        for (int i = 0; i < screens.length; i++) {
            Rectangle bounds = screens[i].getDefaultConfiguration().getBounds();
            String text = Texts.of("share.screen", i + 1, bounds.width, bounds.height);
            ScreenButton button = new ScreenButton(text, bounds);
            button.setName("share-screen:" + i);
            button.setSelected(i == 0);
            button.addActionListener(event -> show(bounds));
            areas.add(button);
            row.add(button);
        }
        region.setName("share-region");
        region.addActionListener(event -> RegionChooser.open(dialog.window(), chosen, this::show));
        areas.add(region);
        return row;
    }

    private JComponent fields(GraphicsDevice[] screens) {
        Rectangle all = new Rectangle();
        for (GraphicsDevice screen : screens) {
            all = all.union(screen.getDefaultConfiguration().getBounds());
        }
        int[] lowest = {all.x, all.y, SMALLEST, SMALLEST};
        int[] highest = {all.x + all.width - SMALLEST, all.y + all.height - SMALLEST, all.width, all.height};
        JPanel row = new JPanel(new MigLayout("insets 0"));
        for (int i = 0; i < FIELDS.length; i++) {
            int value = value(chosen, i);
            JSpinner number = new JSpinner(new SpinnerNumberModel(value, lowest[i], Math.max(value, highest[i]), 1));
            number.setName(FIELDS[i].replace('.', '-'));
            JLabel label = new JLabel(Texts.of(FIELDS[i]));
            label.setLabelFor(number);
            number.addChangeListener(event -> {
                if (!entered().equals(chosen)) {
                    windows.clearSelection();
                    region.setSelected(true);
                }
            });
            numbers[i] = number;
            row.add(label);
            row.add(number, i == 1 ? "wrap" : "");
        }
        return row;
    }

    private static int value(Rectangle area, int field) {
        return new int[] {area.x, area.y, area.width, area.height}[field];
    }

    private Rectangle entered() {
        int[] now = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            now[i] = ((Number) numbers[i].getValue()).intValue();
        }
        return new Rectangle(now[0], now[1], now[2], now[3]);
    }

    private void show(@Nullable Rectangle area) {
        if (area != null) {
            windows.clearSelection();
            chosen = area;
            for (int i = 0; i < numbers.length; i++) {
                numbers[i].setValue(value(area, i));
            }
        }
    }

    private void confirm() {
        DesktopWindow window = windows.selected();
        dialog.close();
        onChosen.accept(window == null ? new ShareChoice.Area(entered()) : new ShareChoice.Window(window));
    }
}

package dev.videosession.app.window;

import dev.videosession.media.view.VideoView;
import java.awt.Container;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.swing.JComponent;
import javax.swing.RepaintManager;

/** Counts the frames that each video view has painted: a view asks for a repaint once for each frame that it shows. */
final class ShownFrames extends RepaintManager {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** Begins to count; on the Swing thread. */
    static ShownFrames install() {
        ShownFrames frames = new ShownFrames();
        RepaintManager.setCurrentManager(frames);
        return frames;
    }

    @Override
    public void addDirtyRegion(JComponent component, int x, int y, int width, int height) {
        if (component instanceof VideoView) {
            Container tile = component.getParent();
            if (tile != null && tile.getName() != null) {
                counts.merge(tile.getName(), 1L, Long::sum);
            }
        }
        super.addDirtyRegion(component, x, y, width, height);
    }

    /** The frames of each tile since the last call, as NAME=NUMBER. */
    String report(String ignoredObject) {
        String report = counts.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
        counts.clear();
        return report;
    }
}

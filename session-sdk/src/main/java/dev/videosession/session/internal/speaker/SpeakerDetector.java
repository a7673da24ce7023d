package dev.videosession.session.internal.speaker;

import dev.videosession.protocol.StreamId;
import dev.videosession.session.Speakers;
import dev.videosession.session.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which streams speak and which one is the active speaker. A change of speakers is settled within 700 ms; a pause between words,
 * a click, or two participants who speak equally loudly change nothing. Used on the session's loop.
 */
public final class SpeakerDetector {
    /** How much louder than the active speaker another one must be to replace it while both speak: 6 dB. */
    private static final double DOMINANCE = 2;

    private static final long DOMINANCE_MILLIS = 300;
    private static final long SHORTEST_TURN_MILLIS = 500;

    /** A tick that comes late does not count as more than this. */
    private static final long LONGEST_TICK_MILLIS = 200;

    private static final Comparator<VoiceActivity> BY_START =
            Comparator.comparingLong(VoiceActivity::startedMillis).thenComparingLong(VoiceActivity::order);

    private final Map<StreamId, VoiceActivity> voices = new LinkedHashMap<>();
    private long sampledMillis;
    private long added;
    private @Nullable StreamId active;
    private long activeMillis;
    private @Nullable StreamId challenger;
    private long challengedMillis;
    private Speakers current = Speakers.NONE;

    /**
     * Takes the levels of all streams with audio. Call it about 20 times a second.
     *
     * @param nowMillis monotonic clock
     * @param levels every stream that is published or received; one that is missing has ended
     * @return whether {@link #current()} has changed
     */
    public boolean sample(long nowMillis, List<Voice> levels) {
        long elapsed = Math.max(0, Math.min(LONGEST_TICK_MILLIS, nowMillis - sampledMillis));
        sampledMillis = nowMillis;
        voices.keySet()
                .removeIf(id ->
                        levels.stream().noneMatch(voice -> voice.stream().id().equals(id)));
        for (Voice voice : levels) {
            voices.computeIfAbsent(voice.stream().id(), id -> new VoiceActivity(voice, added++))
                    .sample(nowMillis, elapsed, voice.level());
        }
        chooseActive(nowMillis);
        Speakers found = new Speakers(activeStream(), speaking());
        boolean changed = !found.equals(current);
        current = found;
        return changed;
    }

    /** {@return the speakers as of the last sample} */
    public Speakers current() {
        return current;
    }

    private void chooseActive(long nowMillis) {
        VoiceActivity former = active == null ? null : voices.get(active);
        if (former == null) {
            active = null;
        }
        VoiceActivity loudest = voices.values().stream()
                .filter(voice -> voice != former && !voice.isOwn())
                .max(Comparator.comparingDouble(VoiceActivity::smoothed))
                .orElse(null);
        challenge(nowMillis, former, loudest);
        VoiceActivity next =
                former != null && former.isSpeaking() ? dominant(nowMillis, loudest) : loudestSpeaker(former);
        if (next != null) {
            active = next.stream().id();
            activeMillis = nowMillis;
            challenger = null;
        }
    }

    /** Notes since when another stream has been clearly louder than the active speaker. */
    private void challenge(long nowMillis, @Nullable VoiceActivity former, @Nullable VoiceActivity loudest) {
        if (former == null || loudest == null || loudest.smoothed() < DOMINANCE * former.smoothed()) {
            challenger = null;
        } else if (!loudest.stream().id().equals(challenger)) {
            challenger = loudest.stream().id();
            challengedMillis = nowMillis;
        }
    }

    private @Nullable VoiceActivity dominant(long nowMillis, @Nullable VoiceActivity loudest) {
        boolean dominates = challenger != null
                && nowMillis - challengedMillis >= DOMINANCE_MILLIS
                && nowMillis - activeMillis >= SHORTEST_TURN_MILLIS;
        return dominates && loudest != null && loudest.isSpeaking() ? loudest : null;
    }

    private @Nullable VoiceActivity loudestSpeaker(@Nullable VoiceActivity former) {
        return voices.values().stream()
                .filter(voice -> voice != former && voice.isSpeaking() && !voice.isOwn())
                .max(Comparator.comparingDouble(VoiceActivity::smoothed))
                .orElse(null);
    }

    private Optional<Stream> activeStream() {
        VoiceActivity voice = active == null ? null : voices.get(active);
        return Optional.ofNullable(voice).map(VoiceActivity::stream);
    }

    private List<Stream> speaking() {
        List<VoiceActivity> speaking = new ArrayList<>();
        for (VoiceActivity voice : voices.values()) {
            if (voice.isSpeaking()) {
                speaking.add(voice);
            }
        }
        speaking.sort(BY_START);
        return speaking.stream().map(VoiceActivity::stream).toList();
    }
}

package dev.videosession.app.timeline;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.Buffer;

/** Writes entries as text, CSV (RFC 4180) or JSON. */
public final class TimelineExport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final String FORMULA = "=+-@\t\r";

    private TimelineExport() {}

    /**
     * Writes a time as tables show it.
     *
     * @param entry any
     * @return its time of day, to the millisecond
     */
    public static String time(TimelineEntry entry) {
        return TIME.format(entry.time());
    }

    /**
     * Writes entries for the clipboard.
     *
     * @param entries in their order
     * @return one line for each, with tabs between time, kind and text
     */
    public static String text(List<TimelineEntry> entries) {
        return entries.stream()
                .map(entry -> time(entry) + "\t" + entry.kind().word() + "\t" + entry.text())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Writes entries for a spreadsheet. A field that a spreadsheet would take for a formula starts with an apostrophe.
     *
     * @param entries in their order
     * @return CSV with a line of headings
     */
    public static String csv(List<TimelineEntry> entries) {
        return Stream.concat(
                        Stream.of("time,kind,type,text"),
                        entries.stream()
                                .map(entry -> Stream.of(
                                                entry.time().toString(), kind(entry), entry.type(), entry.text())
                                        .map(TimelineExport::field)
                                        .collect(Collectors.joining(","))))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String kind(TimelineEntry entry) {
        return entry.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String field(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    /**
     * Writes entries for programs.
     *
     * @param entries in their order
     * @return a JSON array of objects with {@code time} (ISO 8601), {@code kind}, {@code type} and {@code text}
     */
    public static String json(List<TimelineEntry> entries) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.setIndent("  ");
            writer.beginArray();
            for (TimelineEntry entry : entries) {
                writer.beginObject();
                writer.name("time").value(entry.time().toString());
                writer.name("kind").value(kind(entry));
                writer.name("type").value(entry.type());
                writer.name("text").value(entry.text());
                writer.endObject();
            }
            writer.endArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.readUtf8();
    }
}

package dev.videosession.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import okio.Buffer;

/**
 * One JSON object a line: {@code at}, {@code level}, {@code logger}, {@code thread}, the keys of a message of the form
 * {@code event=NAME key=value key="text"}, or {@code message} for any other one, and {@code exception} with a stack trace.
 * A key that would appear twice is written once, with the first value.
 */
final class JsonEncoder extends EncoderBase<ILoggingEvent> {
    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, String> fields = KeyValues.parse(event.getFormattedMessage());
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            json.name("at").value(TextEncoder.TIME.format(event.getInstant()));
            json.name("level").value(event.getLevel().toString());
            json.name("logger").value(event.getLoggerName());
            json.name("thread").value(event.getThreadName());
            fields.remove("at");
            fields.remove("level");
            fields.remove("logger");
            fields.remove("thread");
            fields.remove("exception");
            for (Map.Entry<String, String> field : fields.entrySet()) {
                json.name(field.getKey()).value(field.getValue());
            }
            if (event.getThrowableProxy() != null) {
                json.name("exception").value(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
        buffer.writeByte('\n');
        return buffer.readByteArray();
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}

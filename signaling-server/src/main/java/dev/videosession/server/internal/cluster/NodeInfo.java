package dev.videosession.server.internal.cluster;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself to other nodes. Unknown fields are ignored, so that nodes of two releases run together.
 *
 * @param id its name, for logs
 * @param advertise the address for clients, or null if they reach it through a balancer only
 * @param health the address of its {@code /health}, for other nodes; empty while it starts
 * @param draining whether it moves its clients to other nodes
 * @param routersFull whether its media routers take no further link
 * @param connections how many connections of each project it holds
 */
record NodeInfo(
        String id,
        @Nullable String advertise,
        String health,
        boolean draining,
        boolean routersFull,
        Map<String, Integer> connections) {
    private static final int VERSION = 1;

    NodeInfo {
        connections = Map.copyOf(connections);
    }

    /** {@return whether clients may be sent to it} A node names the address of its health when it is ready for clients. */
    boolean takesClients() {
        return !draining && !health.isEmpty();
    }

    byte[] toJson() {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            writer.name("v").value(VERSION);
            writer.name("id").value(id);
            writer.name("advertise").value(advertise);
            writer.name("health").value(health);
            writer.name("draining").value(draining);
            writer.name("routersFull").value(routersFull);
            writer.name("connections").beginObject();
            for (Map.Entry<String, Integer> project : connections.entrySet()) {
                writer.name(project.getKey()).value(project.getValue());
            }
            writer.endObject().endObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return buffer.readByteArray();
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IOException if it is malformed
     */
    static NodeInfo parse(byte[] json) throws IOException {
        String id = "";
        String advertise = null;
        String health = "";
        boolean draining = false;
        boolean routersFull = false;
        Map<String, Integer> connections = new HashMap<>();
        try (JsonReader reader = JsonReader.of(new Buffer().write(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                switch (reader.nextName()) {
                    case "id" -> id = reader.nextString();
                    case "advertise" -> advertise = reader.nextString();
                    case "health" -> health = reader.nextString();
                    case "draining" -> draining = reader.nextBoolean();
                    case "routersFull" -> routersFull = reader.nextBoolean();
                    case "connections" -> {
                        reader.beginObject();
                        while (reader.hasNext()) {
                            connections.put(reader.nextName(), reader.nextInt());
                        }
                        reader.endObject();
                    }
                    default -> reader.skipValue();
                }
            }
            reader.endObject();
        } catch (JsonDataException e) {
            throw new IOException("not what a node says of itself: " + e.getMessage(), e);
        }
        return new NodeInfo(id, advertise, health, draining, routersFull, connections);
    }
}

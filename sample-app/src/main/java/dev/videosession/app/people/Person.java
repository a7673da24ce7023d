package dev.videosession.app.people;

import dev.videosession.protocol.ConnectionId;

/**
 * A client in a session, as a list shows it.
 *
 * @param id its connection
 * @param name fit to be displayed
 * @param own whether it is the user
 * @param participant whether it takes part; else it is a watcher
 * @param audio whether audio is sent
 * @param video whether video of a camera is sent
 * @param hand whether it raises a hand
 * @param reconnecting whether its connection is lost and may come back
 */
public record Person(
        ConnectionId id,
        String name,
        boolean own,
        boolean participant,
        boolean audio,
        boolean video,
        boolean hand,
        boolean reconnecting) {}

package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Janus that does not belong to this server.
 *
 * @param endpoint where it is
 */
public record RunningJanus(JanusEndpoint endpoint) implements JanusInstance {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJanus.class);

    @Override
    public void close() {
        LOG.debug("event=routerReleased router={}", endpoint.uri());
    }
}

package dev.videosession.server.internal.rest;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.rest.call.JsonBody;
import dev.videosession.server.internal.rest.call.RestCall;
import dev.videosession.server.internal.rest.call.RestException;
import dev.videosession.server.internal.rest.call.RestRoute;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Signals from the backend. */
final class SignalCalls {
    /** OpenTok's code for a signal without usable data. */
    private static final int INVALID_DATA = 15_202;

    private final SessionControl control;

    SignalCalls(SessionControl control) {
        this.control = control;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute("POST", RestRoute.SESSION + "/signal", call -> signal(call, call.session(400), null)),
                new RestRoute(
                        "POST",
                        RestRoute.CONNECTION + "/signal",
                        call -> signal(call, call.session(400), call.connection())));
    }

    private CompletionStage<HttpReply> signal(RestCall call, SessionId session, @Nullable ConnectionId to)
            throws RestException {
        JsonBody body = call.body();
        if (body.has("data") && !body.isText("data")) {
            throw new RestException(400, INVALID_DATA, "data must be a string.");
        }
        return control.signal(session, to, body.text("type"), body.text("data"))
                .thenApply(done -> HttpReply.noContent());
    }
}

package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits for the steps of a negotiation of native connections, up to 10 s each. */
public final class NativeNegotiation {
    private static final int LIMIT_SECONDS = 10;

    private NativeNegotiation() {}

    /**
     * Creates a description.
     *
     * @param request asks a connection for it
     * @return the description
     */
    public static RTCSessionDescription created(Consumer<CreateSessionDescriptionObserver> request) throws Exception {
        CompletableFuture<RTCSessionDescription> result = new CompletableFuture<>();
        request.accept(new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                result.complete(description);
            }

            @Override
            public void onFailure(String error) {
                result.completeExceptionally(new IllegalStateException(error));
            }
        });
        return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Applies a description.
     *
     * @param request gives it to a connection
     */
    public static void applied(Consumer<SetSessionDescriptionObserver> request) throws Exception {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        request.accept(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                result.complete(true);
            }

            @Override
            public void onFailure(String error) {
                result.completeExceptionally(new IllegalStateException(error));
            }
        });
        result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}

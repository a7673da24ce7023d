package example.viewer

import dev.videosession.media.VideoSources
import dev.videosession.media.source.VideoFormat
import dev.videosession.session.Publisher
import dev.videosession.session.Session
import dev.videosession.session.SessionEvent
import java.net.URI
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** Publishes a test pattern under one token and prints the size of the first frame that arrives under another. */
fun main(arguments: Array<String>) {
    val (server, key, session, watchingToken, sendingToken) = arguments
    val size = CompletableFuture<String>()
    Session.builder(URI.create(server), key, session).build().use { watching ->
        Session.builder(URI.create(server), key, session).build().use { sending ->
            Publisher.builder().video(VideoSources.pattern(VideoFormat(160, 120, 10))).build().use { publisher ->
                watching.events().ofType(SessionEvent.StreamCreated::class.java).subscribe { event ->
                    watching.subscribe(event.stream).video().addSink { frame ->
                        size.complete("${frame.width()}x${frame.height()}")
                    }
                }
                watching.connect(watchingToken).blockingAwait()
                sending.connect(sendingToken).blockingAwait()
                sending.publish(publisher).blockingAwait()
                println("frame ${size.get(20, TimeUnit.SECONDS)} in Kotlin")
            }
        }
    }
}

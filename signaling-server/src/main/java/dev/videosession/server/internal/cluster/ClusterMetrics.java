package dev.videosession.server.internal.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** The metrics of a node. */
final class ClusterMetrics {
    private ClusterMetrics() {}

    static void register(Cluster cluster, MeterRegistry meters) {
        Gauge.builder("videosession.cluster.nodes", cluster, Cluster::size)
                .description("nodes with a lease, as far as this one knows")
                .register(meters);
        Gauge.builder("videosession.cluster.ready", cluster, node -> node.whyNotReady() == null ? 1 : 0)
                .description("1 if this node is ready for clients, else 0")
                .register(meters);
        Gauge.builder("videosession.cluster.lease.age", cluster, Cluster::leaseAgeSeconds)
                .description("time since this node renewed its lease")
                .baseUnit("seconds")
                .register(meters);
    }
}

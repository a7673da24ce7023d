package dev.videosession.session.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards of the scripts in Redis are needed: without one of these, the model of two nodes finds a run that goes wrong. The model
 * does not miss the nonce, the guards of a take-over and of a clean-up, the resume id, the notices of links, or the age of a
 * snapshot: the contract of the log tests the nonce, the epoch and the resume id.
 */
@Tag("faults")
class ModelMutationTest {
    private static final int MOST_RUNS = 1000;

    /** A guard that is taken away. */
    enum Mutation {
        EXPECTED_POSITION(script("if lastId ~= expected or lastNonce ~= nonce then", "if false then")),
        REPLY_RECORD(script("redis.call('HSET', replies, request, value)", "")),
        END_RECORD(script("if record and message ~= '' then", "if false then")),
        LEASE(script("if leased == '1' and not redis.call('ZSCORE', 'vs:nodes', epoch) then", "if false then")),
        INCARNATION(SimulatedRedis::keepRunId),
        OWN_COMMAND(script("if owner ~= guard[2] then", "if owner ~= guard[2] and guard[2] ~= epoch then"));

        private final Consumer<SimulatedRedis> change;

        Mutation(Consumer<SimulatedRedis> change) {
            this.change = change;
        }

        private static Consumer<SimulatedRedis> script(String guard, String without) {
            return redis -> redis.mutate(source -> source.replace(guard, without));
        }
    }

    @BeforeAll
    static void listenToTheLog() {
        ModelTest.listenToTheLog();
    }

    @AfterAll
    static void stopListening() {
        ModelTest.stopListening();
    }

    @ParameterizedTest
    @EnumSource(Mutation.class)
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void modelFindsWhatAMissingGuardPermits(Mutation mutation, TestReporter reporter) {
        String caught = "";
        for (int seed = 0; seed < MOST_RUNS && caught.isEmpty(); seed++) {
            try {
                ModelTest.run(seed, 2, mutation.change, null);
            } catch (AssertionError | RuntimeException e) {
                caught = "run " + seed + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            }
        }
        reporter.publishEntry(mutation.name(), caught);
        assertThat(caught).as("what %s guards against", mutation).isNotEmpty();
    }
}

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

/** Each guard of the scripts in Redis is needed: without it, the model of two nodes finds a run that goes wrong. */
@Tag("faults")
class ModelMutationTest {
    private static final int MOST_RUNS = 3000;

    /** A guard that is taken away. */
    enum Mutation {
        EXPECTED_POSITION(script("if lastId ~= expected or lastNonce ~= nonce then", "if false then")),
        NONCE(script("if lastId ~= expected or lastNonce ~= nonce then", "if lastId ~= expected then")),
        OWNER_EPOCH(script("if not record or header(record) ~= guard[2] then", "if not record then")),
        TAKE_OVER_FROM_THE_KNOWN_OWNER(guardsIf("guard[2] == epoch or #records == 0")),
        CLEAN_UP_OF_THE_DEAD_OWNER(guardsIf("guard[2] == epoch or #records > 0")),
        RESUME_ID(script("if resume > tonumber(record[4]) then", "if false then")),
        REPLY_RECORD(script("redis.call('HSET', replies, request, value)", "")),
        END_RECORD(script("if record and message ~= '' then", "if false then")),
        NEWER_SNAPSHOT(script("if stored and tonumber(stored) >= tonumber(ARGV[1]) then", "if false then")),
        LEASE(script("if leased == '1' and not redis.call('ZSCORE', 'vs:nodes', epoch) then", "if false then")),
        INCARNATION(SimulatedRedis::keepRunId);

        private final Consumer<SimulatedRedis> change;

        Mutation(Consumer<SimulatedRedis> change) {
            this.change = change;
        }

        private static Consumer<SimulatedRedis> script(String guard, String without) {
            return redis -> redis.mutate(source -> source.replace(guard, without));
        }

        private static Consumer<SimulatedRedis> guardsIf(String condition) {
            return script(
                    "header(record) ~= guard[2] then", "(header(record) ~= guard[2] and (" + condition + ")) then");
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

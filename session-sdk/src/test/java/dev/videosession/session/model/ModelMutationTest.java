package dev.videosession.session.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards of the scripts in Redis are needed: without one of these, the model of two nodes finds a run that goes wrong. {@code
 * LogGuardsTest} tests the guards of a resume and of a snapshot, {@code LeaseJudgementTest} those of a judgement.
 */
@Tag("faults")
class ModelMutationTest {
    private static final int MOST_RUNS = 1000;
    private static final String GUARDS = "for index, guard in ipairs(guards) do";
    private static final String OWNER = "if owner ~= guard[2] then";
    /** Parts of scripts that were replaced. */
    private static final Set<String> FOUND = new HashSet<>();

    /** The connections that a step takes over. */
    private static final String TAKEN = """
            local taken = {}
            for _, record in ipairs(records) do
                if record[1] == 'connection' and record[3] == epoch then
                    taken[record[2]] = true
                end
            end
            """;

    /** A guard that is taken away. */
    enum Mutation {
        EXPECTED_POSITION("if lastId ~= expected or lastNonce ~= nonce then", "if false then"),
        NONCE("if lastId ~= expected or lastNonce ~= nonce then", "if lastId ~= expected then"),
        REPLY_RECORD("redis.call('HSET', replies, request, value)", ""),
        END_RECORD("if record and message ~= '' then", "if false then"),
        LEASE("if leased == '1' and not redis.call('ZSCORE', 'vs:nodes', epoch) then", "if false then"),
        INCARNATION(SimulatedRedis::keepRunId),
        OWN_COMMAND(OWNER, "if owner ~= guard[2] and guard[2] ~= epoch then"),
        CLEAN_UP(GUARDS, TAKEN + GUARDS, OWNER, "if owner ~= guard[2] and (guard[2] == epoch or taken[guard[1]]) then"),
        LINK_NOTICE("if owner and owner ~= epoch then", "if false then"),
        LASTING_KEYS("redis.call('PERSIST', log)", "");

        private final Consumer<SimulatedRedis> change;
        private final List<String> guards;

        Mutation(Consumer<SimulatedRedis> change, String... guards) {
            this.change = change;
            this.guards = List.of(guards);
        }

        /** Takes parts of scripts, each with what is run in its place. */
        Mutation(String... parts) {
            this(
                    replacing(parts),
                    IntStream.range(0, parts.length / 2)
                            .mapToObj(i -> parts[2 * i])
                            .toArray(String[]::new));
        }

        private static Consumer<SimulatedRedis> replacing(String... parts) {
            return redis -> redis.mutate(source -> {
                String mutated = source;
                for (int i = 0; i < parts.length; i += 2) {
                    if (mutated.contains(parts[i])) {
                        FOUND.add(parts[i]);
                    }
                    mutated = mutated.replace(parts[i], parts[i + 1]);
                }
                return mutated;
            });
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
                ModelTest.run(seed, 2, true, mutation.change, null);
            } catch (AssertionError | RuntimeException e) {
                caught = "run " + seed + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            }
        }
        reporter.publishEntry(mutation.name(), caught);
        assertThat(FOUND).as("parts of scripts").containsAll(mutation.guards);
        assertThat(caught).as("what %s guards against", mutation).isNotEmpty();
    }
}

package dev.videosession.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodeCatalogueTest {
    @Test
    void numberAndNameIdentifyAnError() {
        List<String> shared = Arrays.stream(ErrorCode.values())
                .collect(Collectors.groupingBy(error -> error.code() + " " + error.errorName()))
                .values()
                .stream()
                .filter(errors -> errors.size() > 1)
                .map(List::toString)
                .toList();
        assertThat(shared).containsExactly("[INVALID_PARAMETER, CANDIDATE_REFUSED]");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CANDIDATE_REFUSED")
    void errorIsFoundByNumberAndName(ErrorCode error) {
        assertThat(ErrorCode.find(error.code(), error.errorName())).contains(error);
    }

    @Test
    void unknownErrorIsNotFound() {
        assertThat(ErrorCode.find(1004, "OT_NOT_YET_KNOWN")).isEmpty();
        assertThat(ErrorCode.find(9999, "OT_TIMEOUT")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void closeCodeOfADetailMeansThatDetail(DisconnectDetail detail) {
        assertThat(CloseCode.of(detail).detail()).isEqualTo(detail);
    }
}

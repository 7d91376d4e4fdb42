package dev.billstep.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.job.ProcessingRequest.Replayed;
import dev.billstep.job.ProcessingRequest.Retry;
import dev.billstep.job.Replay;
import dev.billstep.json.Json;
import dev.billstep.lambda.JsonHandler.InputInvalid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessingInputTest {

  private static final String ID = "00000000-0000-4000-8000-000000000002";
  private static final JobId JOB = JobId.of(ID);

  @Test
  void aJobsIdAloneIsARetry() {
    assertThat(decode("{\"jobId\": \"%s\"}".formatted(ID))).isEqualTo(new Retry(JOB));
  }

  @Test
  void aReplaySaysWhatIsToBeOtherwise() {
    var input = """
    {"jobId": "%s", "replay": {"schemaVersion": 2, "model": "openai/x", "pages": [3, 1, 3],
     "ignoreCache": true}}""".formatted(ID);
    var replay = new Replay(Optional.of(2), Optional.of("openai/x"), List.of(1, 3), true, false);
    assertThat(decode(input)).isEqualTo(new Replayed(JOB, replay));
  }

  @Test
  void aReplayMayLeaveEverythingAsItIs() {
    var replay = new Replay(Optional.empty(), Optional.empty(), List.of(), false, false);
    assertThat(decode("{\"jobId\": \"%s\", \"replay\": {}}".formatted(ID))).isEqualTo(
      new Replayed(JOB, replay)
    );
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "{}",
      "[]",
      "7",
      "{\"jobId\": \"no uuid\"}",
      "{\"jobId\": null}",
      "{\"jobId\": \"" + ID + "\", \"replay\": {\"pages\": \"all\"}}",
    }
  )
  void anythingElseIsRefusedByName(String input) {
    assertThatThrownBy(() -> decode(input)).isInstanceOf(InputInvalid.class);
  }

  private static Object decode(String json) {
    return ProcessingInput.decode(Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class));
  }
}

package dev.billstep.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.ProcessingRequest;
import dev.billstep.job.UploadedObject;
import dev.billstep.json.Json;
import dev.billstep.lambda.JsonHandler.InputInvalid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UploadEventTest {

  /** The example of the Amazon S3 user guide, "Amazon S3 event notifications with EventBridge". */
  private static final String OBJECT_CREATED = """
  {
    "version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created", "source": "aws.s3", "account": "111122223333",
    "time": "2021-11-12T00:00:00Z", "region": "ca-central-1",
    "resources": ["arn:aws:s3:::amzn-s3-demo-bucket1"],
    "detail": {
      "version": "0",
      "bucket": {"name": "amzn-s3-demo-bucket1"},
      "object": {
        "key": "uploads/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002/a b+c.pdf", "size": 5, "etag": "b1946ac92492d2347c6235b4d2611184",
        "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", "sequencer": "617f08299329d189"
      },
      "request-id": "N4N7GDK58NMKJ12R", "requester": "123456789012",
      "source-ip-address": "1.2.3.4", "reason": "PutObject"
    }
  }""";

  @Test
  void theEventNamesTheObjectAndItsVersion() {
    var upload = object(OBJECT_CREATED);
    assertThat(upload.bucket()).isEqualTo("amzn-s3-demo-bucket1");
    assertThat(upload.key()).isEqualTo(
      "uploads/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002/a b+c.pdf"
    );
    assertThat(upload.versionId()).contains("IYV3p45BT0ac8hjHg1houSdS1a.Mro8e");
  }

  @Test
  void withoutVersionsTheEntityTagTellsUploadsApart() {
    var unversioned = OBJECT_CREATED.replaceFirst("\"version-id\": \"[^\"]*\",", "");
    assertThat(object(unversioned).versionId()).isEmpty();
    assertThat(object(unversioned).etag()).isEqualTo("b1946ac92492d2347c6235b4d2611184");
  }

  @Test
  void theEventSaysInWhichOrderAKeyWasWritten() {
    var request = (ProcessingRequest.Uploaded) UploadEvent.decode(event(OBJECT_CREATED));
    assertThat(request.sequencer()).contains("617f08299329d189");
  }

  @Test
  void anotherEventIsRefusedByItsName() {
    var other = event(OBJECT_CREATED.replace("Object Created", "Object Deleted"));
    assertThatThrownBy(() -> UploadEvent.decode(other))
      .isInstanceOf(InputInvalid.class)
      .hasMessageContaining("Object Deleted");
  }

  @Test
  void anInputThatIsNoEventIsRefused() {
    var empty = event("{}");
    assertThatThrownBy(() -> UploadEvent.decode(empty)).isInstanceOf(InputInvalid.class);
  }

  private static UploadedObject object(String json) {
    return ((ProcessingRequest.Uploaded) UploadEvent.decode(event(json))).object();
  }

  private static ScheduledEvent event(String json) {
    return EventBridgeEvent.of(Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class));
  }
}

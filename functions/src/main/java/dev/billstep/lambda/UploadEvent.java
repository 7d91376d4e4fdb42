package dev.billstep.lambda;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.billstep.job.ProcessingRequest;
import dev.billstep.job.UploadedObject;
import dev.billstep.json.Json;
import dev.billstep.lambda.JsonHandler.InputInvalid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * S3's "Object Created" event as EventBridge delivers it (Amazon S3 user guide, "Amazon S3 event
 * notifications with EventBridge"). Unlike in S3's own notifications, keys are not URL-encoded.
 */
final class UploadEvent {

  private static final String OBJECT_CREATED = "Object Created";

  private UploadEvent() {}

  /**
   * The object that an event is about.
   *
   * @throws InputInvalid when the event is another one
   * @throws dev.billstep.job.UploadKeyInvalid when the object is no upload
   */
  static ProcessingRequest decode(ScheduledEvent event) {
    if (!OBJECT_CREATED.equals(event.getDetailType())) {
      throw new InputInvalid("its detail-type is \"%s\"".formatted(event.getDetailType()));
    }
    var detail = Json.mapper().convertValue(event.getDetail(), Detail.class);
    if (detail.bucket() == null || detail.object() == null) {
      throw new InputInvalid("its detail names no object");
    }
    return new UploadedObject(
      detail.bucket().name(),
      detail.object().key(),
      detail
        .object()
        .versionId()
        .filter(id -> !id.isBlank()),
      detail.object().etag()
    ).request(detail.object().sequencer());
  }

  private record Detail(@Nullable Bucket bucket, @Nullable S3Object object) {}

  private record Bucket(String name) {}

  private record S3Object(
    String key,
    @JsonProperty("version-id") Optional<String> versionId,
    String etag,
    Optional<String> sequencer
  ) {}
}

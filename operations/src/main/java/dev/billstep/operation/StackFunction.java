package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.StackFailure;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A function of a stack that is called by hand: it may do what whoever calls it needs not.
 *
 * @param name or ARN
 */
public record StackFunction(DeployedStack stack, String name) {
  /**
   * Calls it and waits for what it says.
   *
   * @param failing the beginning of the sentence where it fails, such as {@code The sweep failed}
   * @throws StackFailure where it fails
   */
  public JsonNode call(Map<String, Object> input, String failing) {
    try (var lambda = stack.lambda()) {
      var invoked = lambda.invoke(request ->
        request.functionName(name).payload(SdkBytes.fromByteArray(Json.bytes(input)))
      );
      var payload = Json.read(invoked.payload().asByteArray(), JsonNode.class);
      if (invoked.functionError() != null) {
        throw new StackFailure("%s: %s".formatted(failing, payload.path("errorMessage").asText()));
      }
      return payload;
    }
  }
}

package dev.billstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.secrets.SecretKeys;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The service role's key, as a stack's secret has it. */
public final class SupabaseKey {

  private SupabaseKey() {}

  /** Reads it; empty where the secret has none. */
  public static String of(SecretsManagerClient secrets, StackOutputs outputs) {
    var secret = secrets.getSecretValue(get -> get.secretId(outputs.keysSecret()));
    var keys = secret.secretString().getBytes(StandardCharsets.UTF_8);
    return Json.read(keys, JsonNode.class).path(SecretKeys.SUPABASE).asText();
  }
}

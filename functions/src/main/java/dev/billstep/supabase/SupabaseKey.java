package dev.billstep.supabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.billstep.json.Json;
import dev.billstep.settings.SettingInvalid;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The API key for Supabase, out of a secret of the form <code>{"supabase_key": "…"}</code>. Fetched
 * once a container, at first use.
 */
public final class SupabaseKey implements Supplier<String> {

  private static final String FIELD = "supabase_key";

  private final SecretsManagerClient secrets;
  private final String secretId;

  @Nullable
  private volatile String key;

  public SupabaseKey(SecretsManagerClient secrets, String secretId) {
    this.secrets = secrets;
    this.secretId = secretId;
  }

  /**
   * The key, fetched once.
   *
   * @throws SettingInvalid when the secret holds no key
   */
  @Override
  public String get() {
    var known = key;
    if (known != null) {
      return known;
    }
    var fetched = fetch();
    key = fetched;
    return fetched;
  }

  private String fetch() {
    var secret = secrets.getSecretValue(request -> request.secretId(secretId)).secretString();
    try {
      var value = Json.mapper().readTree(secret).path(FIELD);
      if (value.isTextual() && !value.asText().isBlank()) {
        return value.asText();
      }
    } catch (JsonProcessingException e) {
      // Jackson's message would quote the secret.
      throw new SettingInvalid("secret " + secretId, "it is no JSON");
    }
    throw new SettingInvalid("secret " + secretId, "it has no \"%s\"".formatted(FIELD));
  }
}

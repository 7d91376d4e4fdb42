package dev.billstep.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.reading.ModelKeys;
import dev.billstep.settings.SettingInvalid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The keys of one secret, a JSON object of names and keys. Fetched at first use and again after
 * {@link #TTL}, so that a key is rotated without deploying anything. Why not by Powertools: decision
 * 13.
 */
public final class SecretKeys implements ModelKeys {

  /** Of the service role, in every stack's secret; the others are named by the models' providers. */
  public static final String SUPABASE = "supabase_key";

  public static final Duration TTL = Duration.ofMinutes(5);

  /** Between two fetches for refused keys: a key that is wrong would have the secret fetched at every call. */
  static final Duration RENEWAL = Duration.ofSeconds(5);

  private final SecretsManagerClient secrets;
  private final String secretId;
  private final InstantSource clock;

  @Nullable
  private volatile Fetched fetched;

  /** By {@link #renewed}, guarded by this. */
  @Nullable
  private Fetched renewed;

  public SecretKeys(SecretsManagerClient secrets, String secretId, InstantSource clock) {
    this.secrets = secrets;
    this.secretId = secretId;
    this.clock = clock;
  }

  @Override
  public String key(String name) {
    var known = fresh();
    return known.has(name) ? known.keys().path(name).asText() : renewed(name); // It may be new.
  }

  /** One that may be there or not: a new one is known when the others are fetched again. */
  public Optional<String> find(String name) {
    var known = fresh();
    return known.has(name) ? Optional.of(known.keys().path(name).asText()) : Optional.empty();
  }

  private Fetched fresh() {
    var known = fetched;
    return known == null || !clock.instant().isBefore(known.at().plus(TTL)) ? fetch() : known;
  }

  @Override
  public synchronized String renewed(String name) {
    var last = renewed;
    if (last == null || !clock.instant().isBefore(last.at().plus(RENEWAL))) {
      last = fetch();
      renewed = last;
    }
    if (!last.has(name)) {
      throw new SettingInvalid("secret " + secretId, "it has no \"%s\"".formatted(name));
    }
    return last.keys().path(name).asText();
  }

  private Fetched fetch() {
    var secret = secret();
    try {
      var fresh = new Fetched(Json.mapper().readTree(secret), clock.instant());
      fetched = fresh;
      return fresh;
    } catch (JsonProcessingException e) {
      // Jackson's message would quote the secret.
      throw new SettingInvalid("secret " + secretId, "it is not JSON");
    }
  }

  private String secret() {
    try {
      var value = secrets.getSecretValue(request -> request.secretId(secretId)).secretString();
      return Optional.ofNullable(value).orElseThrow(() ->
        new SettingInvalid("secret " + secretId, "it is binary, and not JSON")
      );
    } catch (ResourceNotFoundException e) {
      throw new SettingInvalid("secret " + secretId, "there is no such secret");
    } catch (SdkException e) {
      throw new SecretsUnavailable(secretId, e);
    }
  }

  private record Fetched(JsonNode keys, Instant at) {
    boolean has(String name) {
      var value = keys.path(name);
      return value.isTextual() && !value.asText().isBlank();
    }
  }
}

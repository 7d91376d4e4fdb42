package dev.billstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The secret that a stack's functions take their keys from, for whoever runs the stack: a JSON object of
 * names and keys. What was changed is used as soon as it is asked for, or the old key is refused.
 */
public final class KeysSecret {

  private final SecretsManagerClient secrets;
  private final String secretId;

  public KeysSecret(SecretsManagerClient secrets, StackOutputs outputs) {
    this.secrets = secrets;
    this.secretId = outputs.keysSecret();
  }

  /** The names of the keys that it has. */
  public Set<String> names() {
    return keys()
      .properties()
      .stream()
      .filter(key -> !key.getValue().asText().isBlank())
      .map(key -> key.getKey())
      .collect(Collectors.toUnmodifiableSet());
  }

  /** When any of them was changed last, where that is known. */
  public Optional<Instant> changedAt() {
    return Optional.ofNullable(
      secrets.describeSecret(describe -> describe.secretId(secretId)).lastChangedDate()
    );
  }

  /** Adds a key, or puts it in the place of the one that has its name; the others stay. */
  public void set(String name, String key) {
    store(keys().put(name, key));
  }

  /** Puts a key in the place of another one, which stays under another name. */
  public void replace(String name, String key, String nameOfBefore) {
    var keys = keys();
    keys.set(nameOfBefore, keys.path(name));
    store(keys.put(name, key));
  }

  /** Takes a key away; the others stay. */
  public void remove(String name) {
    store(keys().without(name));
  }

  private void store(ObjectNode keys) {
    secrets.putSecretValue(put -> put.secretId(secretId).secretString(Json.text(keys)));
  }

  private ObjectNode keys() {
    var secret = secrets.getSecretValue(get -> get.secretId(secretId)).secretString();
    if (secret == null) {
      throw notJson();
    }
    try {
      if (Json.mapper().readTree(secret) instanceof ObjectNode keys) {
        return keys;
      }
    } catch (JsonProcessingException notQuoted) {
      throw notJson(); // Jackson's message would quote the secret.
    }
    throw notJson();
  }

  private StackFailure notJson() {
    return new StackFailure(
      "The secret %s is not a JSON object of names and keys. Put one there first (docs/deploy.md).".formatted(
        secretId
      )
    );
  }
}

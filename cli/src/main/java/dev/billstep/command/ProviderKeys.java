package dev.billstep.command;

import java.util.HashMap;
import java.util.Map;

/** Keys of models' providers, from the variables that their own tools use. */
final class ProviderKeys {

  private static final Map<String, String> VARIABLES = Map.of(
    "openai_api_key",
    "OPENAI_API_KEY",
    "anthropic_api_key",
    "ANTHROPIC_API_KEY",
    "google_api_key",
    "GOOGLE_API_KEY"
  );

  private ProviderKeys() {}

  /** As the keys' secret has them; without those that are not set. */
  static Map<String, String> ofEnvironment() {
    var keys = new HashMap<String, String>();
    VARIABLES.forEach((name, variable) -> {
      var key = System.getenv(variable);
      if (key != null && !key.isBlank()) {
        keys.put(name, key);
      }
    });
    return Map.copyOf(keys);
  }
}

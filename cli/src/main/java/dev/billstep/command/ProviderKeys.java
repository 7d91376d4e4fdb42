package dev.billstep.command;

import dev.billstep.reading.PageModelProvider;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keys of models' providers, from the variables that their own tools use: {@code OPENAI_API_KEY} for
 * {@code openai_api_key}.
 */
final class ProviderKeys {

  private ProviderKeys() {}

  /** As the keys' secret has them; without those that are not set. */
  static Map<String, String> ofEnvironment() {
    return of(name -> Optional.ofNullable(System.getenv(name)));
  }

  static Map<String, String> of(Function<String, Optional<String>> variable) {
    return ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .flatMap(provider -> provider.keyName().stream())
      .distinct()
      .filter(key ->
        variable
          .apply(variableOf(key))
          .filter(value -> !value.isBlank())
          .isPresent()
      )
      .collect(Collectors.toMap(key -> key, key -> variable.apply(variableOf(key)).orElseThrow()));
  }

  private static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT);
  }
}

package dev.billstep.command;

import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.webhook.WebhookSecret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys of models' providers: those that {@code billstep keys} keeps, and those of the variables that
 * providers' own tools use, {@code OPENAI_API_KEY} for {@code openai_api_key}.
 */
final class ProviderKeys {

  /** Of the mailbox whose letters come into the inbox. */
  static final String MAIL_PASSWORD = "mail_password";

  /** What is kept with the keys and is none of a model's provider. */
  static final Set<String> OF_OTHERS = Set.of(
    MAIL_PASSWORD,
    WebhookSecret.KEY,
    WebhookSecret.KEY_BEFORE
  );

  private ProviderKeys() {}

  /** The names of the keys, by the providers that need one. */
  static SortedMap<String, String> names() {
    var names = new TreeMap<String, String>();
    names.put("mail", MAIL_PASSWORD);
    names.put("webhook", WebhookSecret.KEY);
    ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .forEach(provider -> provider.keyName().ifPresent(key -> names.put(provider.name(), key)));
    return names;
  }

  /**
   * All that this machine knows, as the keys' secret has them: the environment's before those of the stack that is
   * running, and these before those of the usual data folder.
   */
  static Map<String, String> known() {
    var running = StackDescriptor.find(Project.ofSystemProperty())
      .flatMap(StackDescriptor::data)
      .map(DataFolder::new);
    return knownTo(Stream.of(Optional.of(DataFolder.usual()), running).flatMap(Optional::stream));
  }

  /** What a stack with this data knows: the environment's before its own. */
  static Map<String, String> knownTo(DataFolder folder) {
    return knownTo(Stream.of(folder));
  }

  /** Those of later folders before those of earlier ones. */
  private static Map<String, String> knownTo(Stream<DataFolder> folders) {
    var known = new HashMap<String, String>();
    folders
      .flatMap(folder -> StackKeys.find(folder).stream())
      .forEach(keys -> known.putAll(keys.providers()));
    known.putAll(ofEnvironment());
    return known;
  }

  /** As the keys' secret has them; without those that are not set. */
  static Map<String, String> ofEnvironment() {
    return of(name -> Optional.ofNullable(System.getenv(name)));
  }

  static Map<String, String> of(Function<String, Optional<String>> variable) {
    return names()
      .values()
      .stream()
      .distinct()
      .filter(key ->
        variable
          .apply(variableOf(key))
          .filter(value -> !value.isBlank())
          .isPresent()
      )
      .collect(Collectors.toMap(key -> key, key -> variable.apply(variableOf(key)).orElseThrow()));
  }

  /** Of the environment, for a key. */
  static String variableOf(String key) {
    return key.toUpperCase(Locale.ROOT);
  }
}

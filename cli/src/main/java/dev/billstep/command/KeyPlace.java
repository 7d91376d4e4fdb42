package dev.billstep.command;

import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.embedded.StackKeys;
import dev.billstep.stack.DeployedStack;
import dev.billstep.stack.KeysSecret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Where keys of models' providers are kept. */
sealed interface KeyPlace {
  /** The names of those that it has. */
  Set<String> names();

  /** Since when it has one, where that is known. */
  Optional<Instant> since(String name);

  /** Adds one, or puts it in the place of the one that has its name. */
  void set(String name, String key);

  /** Puts one in the place of one that it has, which stays under another name. */
  void replace(String name, String key, String nameOfBefore);

  void remove(String name);

  /** For people: where that is, and what else there is to know. */
  String sentence();

  /** For people: when a key that was just set is used. */
  String used();

  /**
   * The data folder of this machine, and the stack that runs on it: it takes a key without being
   * started anew.
   */
  record OnThisMachine(DataFolder folder, Optional<StackDescriptor> running) implements KeyPlace {
    @Override
    public Set<String> names() {
      return StackKeys.find(folder).map(StackKeys::providers).orElse(Map.of()).keySet();
    }

    @Override
    public Optional<Instant> since(String name) {
      return StackKeys.find(folder).map(keys -> keys.providersSince().get(name));
    }

    @Override
    public void set(String name, String key) {
      folder.make();
      StackKeys.change(folder, keys -> keys.with(Map.of(name, key), Instant.now()));
      tell(secret -> secret.set(name, key));
    }

    @Override
    public void replace(String name, String key, String nameOfBefore) {
      StackKeys.change(folder, keys ->
        keys
          .with(Map.of(nameOfBefore, keys.providers().getOrDefault(name, key)), Instant.now())
          .with(Map.of(name, key), Instant.now())
      );
      tell(secret -> secret.replace(name, key, nameOfBefore));
    }

    @Override
    public void remove(String name) {
      StackKeys.change(folder, keys -> keys.without(name));
      tell(secret -> secret.remove(name));
    }

    private void tell(Consumer<KeysSecret> change) {
      running.ifPresent(stack -> changeSecret(stack.open(), change));
    }

    @Override
    public String sentence() {
      return "Kept in %s, for you alone; backups have no keys.".formatted(folder.path());
    }

    @Override
    public String used() {
      return running.isPresent()
        ? "The stack that is running has it."
        : "The next stack that is started has it.";
    }
  }

  /** The secret of what was deployed to an account. */
  record InAccount(DeployedStack stack) implements KeyPlace {
    @Override
    public Set<String> names() {
      try (var secrets = stack.secrets()) {
        return new KeysSecret(secrets, stack.outputs()).names();
      }
    }

    /** A secret does not say it of each key. */
    @Override
    public Optional<Instant> since(String name) {
      return Optional.empty();
    }

    @Override
    public void set(String name, String key) {
      changeSecret(stack, secret -> secret.set(name, key));
    }

    @Override
    public void replace(String name, String key, String nameOfBefore) {
      changeSecret(stack, secret -> secret.replace(name, key, nameOfBefore));
    }

    @Override
    public void remove(String name) {
      changeSecret(stack, secret -> secret.remove(name));
    }

    @Override
    public String sentence() {
      try (var secrets = stack.secrets()) {
        var changed = new KeysSecret(secrets, stack.outputs()).changedAt();
        return "In the secret %s%s.".formatted(
          stack.outputs().keysSecret(),
          changed.map(at -> ", last changed " + Shown.time(at)).orElse("")
        );
      }
    }

    @Override
    public String used() {
      return "It is in the secret %s.".formatted(stack.outputs().keysSecret());
    }
  }

  /** Of the stack that is meant: its account's, or this machine's. */
  static KeyPlace of(StackOptions stack, DataOption data) {
    if (stack.isAccount()) {
      return new InAccount(stack.open());
    }
    var running = StackDescriptor.find(Project.ofSystemProperty());
    var folder = data
      .given()
      .or(() -> running.flatMap(StackDescriptor::data).map(DataFolder::new))
      .orElseGet(DataFolder::usual);
    return new OnThisMachine(
      folder,
      running.filter(each -> each.data().map(folder.path()::equals).orElse(true))
    );
  }

  private static void changeSecret(DeployedStack stack, Consumer<KeysSecret> change) {
    try (var secrets = stack.secrets()) {
      change.accept(new KeysSecret(secrets, stack.outputs()));
    }
  }
}

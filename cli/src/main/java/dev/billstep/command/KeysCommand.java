package dev.billstep.command;

import dev.billstep.settings.SettingInvalid;
import dev.billstep.stack.StackFailure;
import dev.billstep.webhook.WebhookSecret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep keys}: the keys of models' providers. */
@Command(
  name = "keys",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Sets, lists and removes the keys of models' providers. A key is never shown.",
    "On one machine they are kept with the stack's data, and a running stack takes a new one at once;",
    "with --stack aws they are in the stack's secret.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep keys set openai",
    "  pass show openai | billstep keys set openai",
    "  billstep keys set anthropic --stack aws --stage prod",
    "  billstep keys list",
    "  billstep keys remove openai",
  }
)
final class KeysCommand implements Runnable {

  /** Longer than any provider's: a file that was piped by mistake is not kept. */
  private static final int LONGEST = 1_000;

  @Spec
  private CommandSpec spec;

  private KeysCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: set, list or remove.");
  }

  @Command(
    name = "set",
    description = {
      "Asks for a provider's key, or reads it from the standard input, and keeps it.",
      "A key that is there already is replaced.",
    },
    mixinStandardHelpOptions = true
  )
  int set(
    @Mixin StackOptions stack,
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(
      index = "0",
      paramLabel = "PROVIDER",
      description = "Such as openai."
    ) String provider,
    @Parameters(index = "1..*", arity = "0..*", hidden = true) @Nullable List<String> typed,
    @Option(names = "--key", arity = "0..1", hidden = true) Optional<String> typedAsOption
  ) {
    if (typed != null || typedAsOption.isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "A key is not taken from the command line: shells remember what is typed, and others on this machine can see it. " +
          "Leave it out, and billstep keys set asks for it. If the one that you typed is real, replace it at the provider."
      );
    }
    var name = nameOf(provider);
    var place = place(stack, data);
    var key = key(provider);
    if (name.equals(WebhookSecret.KEY)) {
      checkSecret(key);
    }
    place.set(name, key);
    output.print(Map.of("provider", provider, "key", name), () ->
      "The key for %s is set. %s To have a model asked once: billstep doctor".formatted(
        provider,
        place.used()
      )
    );
    return CommandLine.ExitCode.OK;
  }

  @Command(
    name = "list",
    description = "Lists the providers that need a key, and whether it is set.",
    mixinStandardHelpOptions = true
  )
  int list(@Mixin StackOptions stack, @Mixin DataOption data, @Mixin Output output) {
    var place = place(stack, data);
    var set = place.names();
    var ofEnvironment = stack.isAccount() ? Map.<String, String>of() : ProviderKeys.ofEnvironment();
    var rows = ProviderKeys.names()
      .entrySet()
      .stream()
      .map(each -> {
        var name = each.getValue();
        var from = ofEnvironment.containsKey(name)
          ? "the environment, " + ProviderKeys.variableOf(name)
          : set.contains(name)
            ? "kept"
            : "";
        return new Listed(
          each.getKey(),
          name,
          !from.isEmpty(),
          from.equals("kept") ? place.since(name) : Optional.empty(),
          from
        );
      })
      .toList();
    output.print(rows, () -> table(rows) + "\n" + place.sentence());
    return CommandLine.ExitCode.OK;
  }

  private static void checkSecret(String given) {
    try {
      WebhookSecret.of(given);
    } catch (SettingInvalid e) {
      throw new StackFailure(
        "What was given is no secret of a webhook: whsec_ and 24 to 64 bytes in Base64. Nothing was changed. To make one: billstep webhooks secret"
      );
    }
  }

  private static String table(List<Listed> rows) {
    var table = new TextTable("PROVIDER", "KEY", "SET", "SINCE", "FROM");
    rows.forEach(row ->
      table.row(
        List.of(
          row.provider(),
          row.key(),
          row.isSet() ? "yes" : "no",
          row.since().map(Shown::time).orElse(""),
          row.from()
        )
      )
    );
    return table.toString();
  }

  @Command(
    name = "remove",
    description = "Forgets a provider's key.",
    mixinStandardHelpOptions = true
  )
  int remove(
    @Mixin StackOptions stack,
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(paramLabel = "PROVIDER", description = "Such as openai.") String provider
  ) {
    var name = nameOf(provider);
    var place = place(stack, data);
    if (!place.names().contains(name)) {
      throw new StackFailure("There is no key for %s.".formatted(provider));
    }
    place.remove(name);
    output.print(Map.of("provider", provider, "key", name), () ->
      "The key for %s is removed. A stack that is running may use it for five more minutes; at the provider you can revoke it at once.".formatted(
        provider
      )
    );
    return CommandLine.ExitCode.OK;
  }

  /** What was typed is not repeated: it may be the key. */
  private String nameOf(String provider) {
    var names = ProviderKeys.names();
    return Optional.ofNullable(names.get(provider)).orElseThrow(() ->
      new ParameterException(
        spec.commandLine(),
        "No provider of that name takes a key. These do: %s".formatted(
          String.join(", ", names.keySet())
        )
      )
    );
  }

  private KeyPlace place(StackOptions stack, DataOption data) {
    if (stack.isAccount() && data.given().isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "--data is for a stack on this machine: leave it out, or --stack aws."
      );
    }
    return KeyPlace.of(stack, data);
  }

  private static String key(String provider) {
    var key = UnseenInput.ask(
      "The key for %s (it is not shown): ".formatted(provider),
      2 * LONGEST
    ).strip();
    if (key.isEmpty()) {
      throw new StackFailure("No key was given, so nothing was changed.");
    }
    if (key.length() > LONGEST || !key.chars().allMatch(KeysCommand::isOfAKey)) {
      throw new StackFailure(
        "What was given is not a key: it is too long, or there are spaces or line breaks in it. Nothing was changed."
      );
    }
    return key;
  }

  /** Visible ASCII: it is sent in a header. */
  private static boolean isOfAKey(int character) {
    return character > ' ' && character < 0x7F;
  }

  /** A provider's key, without it. */
  private record Listed(
    String provider,
    String key,
    boolean isSet,
    Optional<Instant> since,
    String from
  ) {}
}

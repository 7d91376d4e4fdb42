package dev.billstep.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.billstep.json.Json;
import dev.billstep.operation.StackSettings;
import dev.billstep.settings.WebhookAddress;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep settings}: what new jobs are told to do. */
@Command(
  name = "settings",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Shows and changes the settings of new jobs.",
    "Functions cache settings for a minute; a job keeps those that it started with.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep settings get",
    "  billstep settings set classify.batch_size 1",
    "  billstep settings set model '{\"provider\": \"offline\", \"model\": \"ppocr-v6\"}'",
    "  billstep settings set webhook https://example.com/billstep",
    "  billstep settings history model",
  }
)
final class SettingsCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  private SettingsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: get, set or history.");
  }

  @Command(
    name = "get",
    description = "Shows one setting, or all.",
    mixinStandardHelpOptions = true
  )
  int get(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      defaultValue = "",
      description = "The setting."
    ) String key
  ) {
    var settings = settings(stack);
    var rows = key.isEmpty() ? settings.all() : List.of(settings.get(key));
    output.print(rows, () ->
      key.isEmpty() ? table("KEY", "key", rows) : rows.getFirst().path("value").toString()
    );
    return CommandLine.ExitCode.OK;
  }

  @Command(name = "set", description = "Changes a setting.", mixinStandardHelpOptions = true)
  int set(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(paramLabel = "KEY", description = "The setting.") String key,
    @Parameters(paramLabel = "JSON", description = "The new value, as JSON.") String value
  ) {
    var opened = stack.open();
    var settings = new StackSettings(opened.supabase());
    var before = settings.get(key).path("value");
    var wanted = key.equals(WebhookAddress.KEY) ? textOrJson(value) : json(value);
    switch (key) {
      case "model" -> ModelKey.check(opened, wanted, stack.asTyped());
      case WebhookAddress.KEY -> WebhookRequirements.check(opened, wanted, stack);
      default -> {
        // Of others the value says all.
      }
    }
    settings.set(key, wanted);
    output.print(Map.of("key", key, "before", before), () ->
      "%s: %s (was %s)".formatted(key, value, before)
    );
    return CommandLine.ExitCode.OK;
  }

  @Command(
    name = "history",
    description = "Shows what a setting said before.",
    mixinStandardHelpOptions = true
  )
  int history(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(paramLabel = "KEY", description = "The setting.") String key
  ) {
    var rows = settings(stack).history(key);
    output.print(rows, () ->
      rows.isEmpty() ? "It was never changed." : table("UNTIL", "replaced_at", rows)
    );
    return CommandLine.ExitCode.OK;
  }

  private static String table(String heading, String column, List<JsonNode> rows) {
    var table = new TextTable(heading, "VALUE");
    rows.forEach(row ->
      table.row(List.of(row.path(column).asText(), row.path("value").toString()))
    );
    return table.toString();
  }

  private static StackSettings settings(StackOptions stack) {
    return new StackSettings(stack.open().supabase());
  }

  /** An address is typed as it is. */
  private JsonNode textOrJson(String value) {
    return value.startsWith("\"") ? json(value) : TextNode.valueOf(value);
  }

  private JsonNode json(String value) {
    try {
      return Json.mapper().readTree(value);
    } catch (JsonProcessingException e) {
      throw new ParameterException(
        spec.commandLine(),
        "The value is not JSON: %s. Text needs quotes.".formatted(e.getOriginalMessage())
      );
    }
  }
}

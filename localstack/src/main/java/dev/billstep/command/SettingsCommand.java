package dev.billstep.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.StackFailure;
import dev.billstep.json.Json;
import dev.billstep.supabase.SupabaseClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    "Shows and changes the settings of the running stack. Functions read them through a cache of a",
    "minute; a job that is under way keeps those that it started with.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep settings get",
    "  billstep settings set classify.batch_size 1",
    "  billstep settings set model '{\"provider\": \"offline\", \"model\": \"ppocr-v4\"}'",
    "  billstep settings history model",
  }
)
final class SettingsCommand implements Runnable {

  private static final String TABLE = "Settings";

  @Spec
  private CommandSpec spec;

  private SettingsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What shall be done: get, set or history?");
  }

  @Command(
    name = "get",
    description = "Shows one setting, or all.",
    mixinStandardHelpOptions = true
  )
  int get(
    @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      defaultValue = "",
      description = "Which."
    ) String key
  ) {
    var rows = supabase()
      .select(TABLE, "key.asc", Map.of())
      .stream()
      .filter(row -> key.isEmpty() || row.path("key").asText().equals(key))
      .toList();
    if (rows.isEmpty()) {
      throw unknown(key);
    }
    var out = out();
    if (key.isEmpty()) {
      var table = new TextTable("KEY", "VALUE");
      rows.forEach(row ->
        table.row(List.of(row.path("key").asText(), row.path("value").toString()))
      );
      out.println(table);
    } else {
      out.println(Json.text(rows.getFirst().path("value")));
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  @Command(name = "set", description = "Changes a setting.", mixinStandardHelpOptions = true)
  int set(
    @Parameters(paramLabel = "KEY", description = "Which.") String key,
    @Parameters(paramLabel = "JSON", description = "Its value.") String value
  ) {
    var supabase = supabase();
    if (supabase.selectOne(TABLE, Map.of("key", "eq." + key)).isEmpty()) {
      throw unknown(key);
    }
    supabase.upsert(TABLE, Map.of("key", key, "value", json(value)));
    return CommandLine.ExitCode.OK;
  }

  @Command(
    name = "history",
    description = "Shows what a setting said before.",
    mixinStandardHelpOptions = true
  )
  int history(@Parameters(paramLabel = "KEY", description = "Which.") String key) {
    var table = new TextTable("UNTIL", "VALUE");
    supabase()
      .select("SettingsRevision", "replaced_at.asc,id.asc", Map.of("key", "eq." + key))
      .forEach(row ->
        table.row(List.of(row.path("replaced_at").asText(), row.path("value").toString()))
      );
    var out = out();
    out.println(table);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private static SupabaseClient supabase() {
    return OfRunningStack.stack().open().supabase();
  }

  private static StackFailure unknown(String key) {
    return new StackFailure(
      "There is no setting \"%s\". All of them: billstep settings get".formatted(key)
    );
  }

  private JsonNode json(String value) {
    try {
      return Json.mapper().readTree(value);
    } catch (JsonProcessingException e) {
      throw new ParameterException(
        spec.commandLine(),
        "The value is no JSON: %s. A text needs its quotes.".formatted(e.getOriginalMessage())
      );
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

package dev.billstep.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.json.Json;
import dev.billstep.operation.DocTypeSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep schemas}: what is read from each doc type. */
@Command(
  name = "schemas",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Shows and adds what is read from each doc type: a JSON Schema and a prompt.",
    "A version never changes: new jobs use the active one, a replay the one it names.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep schemas list",
    "  billstep schemas show bill > bill.json",
    "  billstep schemas add bill bill.json --prompt bill.txt",
    "  billstep schemas activate bill 2",
  }
)
final class SchemasCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  private SchemasCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
      spec.commandLine(),
      "Say what to do: list, show, add or activate."
    );
  }

  @Command(name = "list", description = "Lists all versions.", mixinStandardHelpOptions = true)
  int list(@Mixin StackOptions stack, @Mixin Output output) {
    var rows = schemas(stack).all();
    output.print(rows, () -> table(rows));
    return CommandLine.ExitCode.OK;
  }

  private static String table(List<JsonNode> rows) {
    var table = new TextTable("DOC TYPE", "VERSION", "ACTIVE", "PROMPT", "FIELDS", "SINCE");
    rows.forEach(row ->
      table.row(
        List.of(
          row.path("doc_type").asText(),
          row.path("version").asText(),
          row.path("active").asBoolean() ? "yes" : "",
          row.path("prompt_version").asText(),
          String.valueOf(row.at("/schema/properties").size()),
          row.path("created_at").asText().substring(0, 19)
        )
      )
    );
    return table.toString();
  }

  @Command(
    name = "show",
    description = "Prints a version's JSON Schema, or its prompt.",
    mixinStandardHelpOptions = true
  )
  int show(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(paramLabel = "DOC_TYPE", description = "The doc type, such as bill.") DocType type,
    @Parameters(
      arity = "0..1",
      paramLabel = "VERSION",
      description = "The version (default: the active one)."
    ) Optional<Integer> version,
    @Option(names = "--prompt", description = "Print its prompt instead.") boolean prompt
  ) {
    var row = schemas(stack).get(type, version);
    output.print(row, () ->
      prompt ? row.path("prompt").asText() : row.path("schema").toPrettyString()
    );
    return CommandLine.ExitCode.OK;
  }

  @Command(
    name = "add",
    description = "Adds a version, which is not used until it is activated or named by a replay.",
    mixinStandardHelpOptions = true
  )
  int add(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(paramLabel = "DOC_TYPE", description = "The doc type, such as bill.") DocType type,
    @Parameters(
      paramLabel = "FILE",
      description = "A file with a JSON Schema (2020-12)."
    ) Path file,
    @Option(
      names = "--prompt",
      paramLabel = "FILE",
      description = "A file with its prompt (default: the active version's prompt)."
    ) Optional<Path> prompt,
    @Option(names = "--activate", description = "Use it for new jobs.") boolean activate
  ) {
    var schemas = schemas(stack);
    int version = schemas.add(type, schema(file), prompt.map(this::text));
    if (activate) {
      schemas.activate(type, version);
    }
    output.print(Map.of("doc_type", type, "version", version, "active", activate), () ->
      "%s version %d%s".formatted(
        type.label(),
        version,
        activate
          ? ", active"
          : ". Activate it with: billstep schemas activate " +
              "%s %d".formatted(type.label(), version)
      )
    );
    return CommandLine.ExitCode.OK;
  }

  @Command(
    name = "activate",
    description = "Uses a version for new jobs.",
    mixinStandardHelpOptions = true
  )
  int activate(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(paramLabel = "DOC_TYPE", description = "The doc type, such as bill.") DocType type,
    @Parameters(paramLabel = "VERSION", description = "The version to use.") int version
  ) {
    schemas(stack).activate(type, version);
    output.print(Map.of("doc_type", type, "version", version), () ->
      "New jobs read %s pages with version %d.".formatted(type.label(), version)
    );
    return CommandLine.ExitCode.OK;
  }

  private static DocTypeSchemas schemas(StackOptions stack) {
    return new DocTypeSchemas(stack.open().supabase());
  }

  private JsonNode schema(Path file) {
    try {
      return Json.mapper().readTree(text(file));
    } catch (JacksonException e) {
      throw new ParameterException(
        spec.commandLine(),
        "%s is not JSON: %s".formatted(file, e.getOriginalMessage())
      );
    }
  }

  private String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "There is no readable text file " + file);
    }
  }
}

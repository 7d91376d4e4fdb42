package dev.billstep.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import dev.billstep.settings.SettingsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings and schemas of a new database, from the files that its migrations are held to. */
final class ShippedSettings implements SettingsStore {

  private static final String SCHEMA = ".schema.json";
  private static final String PROMPT = ".prompt.md";
  private static final String PROMPT_SETTING = ".md";
  private static final String SETTING = ".json";
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.");

  private final Path prisma;
  private final ModelSettings model;
  private final Map<String, Price> prices;
  private final PromptSet prompts;

  /**
   * Names what they are to be.
   *
   * @param prisma the folder of the database's definition
   * @param model in the place of the one that reads in a new database
   * @param prices by model id
   */
  ShippedSettings(Path prisma, ModelSettings model, Map<String, Price> prices, PromptSet prompts) {
    this.prisma = prisma;
    this.model = model;
    this.prices = prices;
    this.prompts = prompts;
  }

  @Override
  public Map<String, JsonNode> settings() {
    var settings = new HashMap<String, JsonNode>();
    for (var file : files(prisma.resolve("settings"))) {
      var name = String.valueOf(file.getFileName());
      if (Files.isDirectory(file)) {
        var key = name.replaceFirst("\\.prompt$", "");
        settings.put(name, Json.mapper().valueToTree(prompt(file, PROMPT_SETTING, key)));
      } else {
        settings.put(name.replace(SETTING, ""), Json.read(text(file)));
      }
    }
    settings.put("model", Json.mapper().valueToTree(model));
    settings.put("prices", Json.mapper().valueToTree(prices));
    return settings;
  }

  /** A doc type whose prompt was never changed has an earlier version than the others. */
  private void checkVersion() {
    int newest = Arrays.stream(DocType.values())
      .mapToInt(type ->
        versions(prisma.resolve("doctypes").resolve(type.label()), PROMPT).lastKey()
      )
      .max()
      .orElseThrow();
    prompts
      .version()
      .filter(version -> version > newest)
      .ifPresent(version -> {
        throw new PromptsInvalid(
          "There are no prompts of version %d; the newest is %d.".formatted(version, newest)
        );
      });
  }

  @Override
  public List<StoredSchema> schemas() {
    checkVersion();
    var schemas = new ArrayList<StoredSchema>();
    for (var type : DocType.values()) {
      var folder = prisma.resolve("doctypes").resolve(type.label());
      var newest = versions(folder, SCHEMA).lastEntry();
      schemas.add(
        new StoredSchema(
          new DocTypeSchema(
            type,
            newest.getKey(),
            Json.read(text(newest.getValue())),
            prompt(folder, PROMPT, type.label())
          ),
          true
        )
      );
    }
    return schemas;
  }

  /** One's own, or that of the wanted version, or the last before it. */
  private Prompt prompt(Path folder, String suffix, String name) {
    var own = prompts.own().get(name);
    var label = name.replace('_', '-').toLowerCase(Locale.ROOT);
    if (own != null) {
      return new Prompt("%s-%s".formatted(label, prompts.name()), own);
    }
    var all = versions(folder, suffix);
    var chosen = prompts.version().isPresent()
      ? all.floorEntry(prompts.version().get())
      : all.lastEntry();
    if (chosen == null) {
      throw new PromptsInvalid(
        "There are no prompts of version %d; the first is %d.".formatted(
          prompts.version().orElseThrow(),
          all.firstKey()
        )
      );
    }
    return new Prompt("%s-%d".formatted(label, chosen.getKey()), text(chosen.getValue()));
  }

  private static NavigableMap<Integer, Path> versions(Path folder, String suffix) {
    var versions = new TreeMap<Integer, Path>();
    for (var file : files(folder)) {
      var name = String.valueOf(file.getFileName());
      var version = VERSION.matcher(name);
      if (name.endsWith(suffix) && version.lookingAt()) {
        versions.put(Integer.valueOf(version.group(1)), file);
      }
    }
    return versions;
  }

  private static List<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.billstep.lab;

import dev.billstep.json.Json;
import dev.billstep.page.Sha256;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsService;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One way to read documents: a model, and what it is told.
 *
 * @param prompts their name
 * @param settings as a job would start with them
 */
public record Contender(String prompts, JobSettings settings) {
  /** Characters of a key: enough to tell the few ways apart that anybody tries. */
  private static final int KEY = 16;

  /**
   * A model with everything else as in a new database.
   *
   * @param prisma the folder of the database's definition
   * @param prices by model id
   * @throws PromptsInvalid where there are no such prompts
   * @throws SettingInvalid where no job could run with that model
   */
  public static Contender of(
    Path prisma,
    ModelSettings model,
    PromptSet prompts,
    Map<String, Price> prices
  ) {
    var store = new ShippedSettings(prisma, model, prices, prompts);
    return new Contender(
      prompts.name(),
      new SettingsService(store, InstantSource.system()).current()
    );
  }

  /** As on every row: {@code openai/gpt-6-luna}. */
  public String modelId() {
    return settings.model().id();
  }

  /** What one of its models costs. */
  Price priceOf(ModelSettings model) {
    return settings.prices().getOrDefault(model.id(), Price.NONE);
  }

  /** Whether it is known what its model costs. */
  boolean hasPrice() {
    return settings.prices().containsKey(modelId());
  }

  /** Tells it from all others: two are one where they ask the same of the same model. */
  String key() {
    var asked = List.of(
      settings.model(),
      settings.classifyPrompt(),
      settings.classifyBatchSize(),
      new TreeMap<>(settings.schemas())
    );
    return Sha256.of(Json.text(asked)).substring(0, KEY);
  }
}

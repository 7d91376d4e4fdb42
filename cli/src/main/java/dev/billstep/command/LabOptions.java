package dev.billstep.command;

import dev.billstep.lab.PromptSet;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code billstep eval} with models: which, with what prompts, and what they may cost. */
final class LabOptions {

  private static final Pattern MODEL = Pattern.compile("([^/]+)/(.+)");
  private static final Pattern BASE_URL = Pattern.compile("(?:([a-z]+)=)?(https?://.+)");
  private static final Pattern PRICE = Pattern.compile(
    "([^=]+)=(\\d{1,6}(?:\\.\\d{1,6})?)/(\\d{1,6}(?:\\.\\d{1,6})?)"
  );

  /** What is asked of nobody who is paid for each token. */
  private static final List<String> FREE = List.of("offline", "ollama");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
    names = "--model",
    paramLabel = "PROVIDER/MODEL",
    description = "Read with this model, such as openai/gpt-6-luna or offline/ppocr-v6, without a stack; " +
      "several are compared. Keys are those of billstep keys, or of variables such as OPENAI_API_KEY."
  )
  private List<String> models = List.of();

  @Option(
    names = "--prompt",
    paramLabel = "VERSION|DIR",
    description = "With --model: a version of the prompts (1, 2), or a folder with a classify.md, bill.md or " +
      "eway_bill.md of one's own; each model reads with each (default: the newest)."
  )
  private List<String> prompts = List.of();

  @Option(
    names = "--max-usd",
    paramLabel = "USD",
    description = "With --model: what all of it may cost, with what it has cost before. No call is made " +
      "that could go beyond; needs a --price of each model."
  )
  private Optional<BigDecimal> maxUsd = Optional.empty();

  @Option(
    names = "--price",
    paramLabel = "PROVIDER/MODEL=IN/OUT",
    description = "What a model costs: US dollars for a million tokens in, and out."
  )
  private List<String> prices = List.of();

  @Option(
    names = "--base-url",
    paramLabel = "[PROVIDER=]URL",
    description = "The base URL of a provider's API, if it is not its own."
  )
  private List<String> baseUrls = List.of();

  @Option(
    names = "--answers",
    paramLabel = "DIR",
    description = "With --model: where answers are kept (default: .billstep/lab)."
  )
  private Optional<Path> answers = Optional.empty();

  @Option(
    names = "--at-once",
    paramLabel = "N",
    defaultValue = "4",
    description = "With --model: documents that are read at once (default: ${DEFAULT-VALUE})."
  )
  private int atOnce;

  /** Whether models are to be asked. */
  boolean areGiven() {
    if (models.isEmpty()) {
      boolean isForModels =
        maxUsd.isPresent() || !List.of(prompts, prices, baseUrls).stream().allMatch(List::isEmpty);
      if (isForModels) {
        throw wrong(
          "--prompt, --max-usd, --price and --base-url are for models: name one with --model."
        );
      }
    }
    return !models.isEmpty();
  }

  List<ModelSettings> models() {
    return models.stream().distinct().map(this::model).toList();
  }

  private ModelSettings model(String id) {
    var parts = MODEL.matcher(id);
    if (!parts.matches()) {
      throw wrong(
        "\"%s\" is not of the form PROVIDER/MODEL, such as openai/gpt-6-luna".formatted(id)
      );
    }
    var provider = parts.group(1);
    var usual = ModelSettings.of(provider, parts.group(2));
    return Optional.ofNullable(baseUrls().get(provider)).map(usual::at).orElse(usual);
  }

  private Map<String, URI> baseUrls() {
    var providers = models
      .stream()
      .map(id -> id.replaceFirst("/.*$", ""))
      .distinct()
      .toList();
    var urls = new HashMap<String, URI>();
    for (var given : baseUrls) {
      var parts = BASE_URL.matcher(given);
      if (!parts.matches()) {
        throw wrong("\"%s\" is not of the form URL or PROVIDER=URL".formatted(given));
      }
      var provider = Optional.ofNullable(parts.group(1));
      if (provider.isEmpty() && providers.size() > 1) {
        throw wrong("Say whose it is: --base-url PROVIDER=" + given);
      }
      urls.put(provider.orElse(providers.getFirst()), URI.create(parts.group(2)));
    }
    return urls;
  }

  List<PromptSet> prompts() {
    var sets = new ArrayList<PromptSet>();
    for (var given : prompts) {
      if (given.matches("v?\\d{1,4}")) {
        sets.add(PromptSet.ofVersion(Integer.parseInt(given.replace("v", ""))));
      } else if (Files.isDirectory(Path.of(given))) {
        sets.add(PromptSet.ofFolder(Path.of(given)));
      } else {
        throw wrong("There is no folder %s, and it is no version of the prompts.".formatted(given));
      }
    }
    return sets.isEmpty() ? List.of(PromptSet.NEWEST) : sets;
  }

  /** By model id. */
  Map<String, Price> prices() {
    var known = new HashMap<String, Price>();
    for (var model : models()) {
      if (FREE.contains(model.provider())) {
        known.put(model.id(), Price.NONE);
      }
    }
    for (var given : prices) {
      var parts = PRICE.matcher(given);
      if (!parts.matches()) {
        throw wrong(
          "\"%s\" is not of the form PROVIDER/MODEL=IN/OUT, such as openai/gpt-6-luna=0.05/0.40".formatted(
            given
          )
        );
      }
      known.put(
        parts.group(1),
        Price.of(new BigDecimal(parts.group(2)), new BigDecimal(parts.group(3)))
      );
    }
    return known;
  }

  /**
   * What all of it may cost.
   *
   * @throws ParameterException where that could not be held, as a model's price is not known
   */
  Optional<BigDecimal> limit() {
    if (maxUsd.isEmpty()) {
      return maxUsd;
    }
    var known = prices();
    for (var model : models()) {
      if (!known.containsKey(model.id())) {
        throw wrong(
          "What %s costs is not known, so --max-usd could not be held. Add --price %1$s=IN/OUT, in US dollars for a million tokens.".formatted(
            model.id()
          )
        );
      }
    }
    return maxUsd;
  }

  /** Where answers are kept, if not in the usual place. */
  Optional<Path> answers() {
    return answers;
  }

  int atOnce() {
    if (atOnce < 1) {
      throw wrong("--at-once must be 1 or more.");
    }
    return atOnce;
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}

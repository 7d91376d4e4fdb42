package dev.billstep.command;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that read with a model of one's choice. */
final class ReadingModel {

  @Option(
    names = "--model",
    paramLabel = "PROVIDER/MODEL",
    description = "Read with this model rather than the offline one; its key is that of " +
      "billstep keys, or of the variable that its provider's own tools use, such as OPENAI_API_KEY."
  )
  private Optional<String> model = Optional.empty();

  @Option(
    names = "--base-url",
    paramLabel = "URL",
    description = "The base URL of the model's API, if it is not the provider's own."
  )
  private Optional<URI> baseUrl = Optional.empty();

  /** The {@code model} setting, where a model was chosen. */
  Optional<Map<String, Object>> setting(CommandSpec spec) {
    return model.map(id -> setting(spec, id));
  }

  /** Refuses a model whose key is not there, before anything is started. */
  private Map<String, Object> setting(CommandSpec spec, String id) {
    int slash = id.indexOf('/');
    if (slash < 1 || slash == id.length() - 1) {
      throw new ParameterException(
        spec.commandLine(),
        "\"%s\" is not of the form PROVIDER/MODEL, such as openai/gpt-6-luna".formatted(id)
      );
    }
    var setting = new HashMap<String, Object>();
    ModelKey.checkHere(id.substring(0, slash));
    setting.put("provider", id.substring(0, slash));
    setting.put("model", id.substring(slash + 1));
    baseUrl.ifPresent(url -> setting.put("baseUrl", url));
    return setting;
  }
}

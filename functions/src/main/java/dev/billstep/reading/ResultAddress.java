package dev.billstep.reading;

import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.json.Json;
import dev.billstep.page.PageRef;
import dev.billstep.page.Sha256;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import java.net.URI;
import java.util.stream.Stream;

/**
 * Where a page's result is kept: named by everything that makes the question, so that the same one is
 * asked once, however often a job is run, and another one is asked.
 *
 * @param name of the record in the {@link dev.billstep.page.PageStore}
 */
public record ResultAddress(String name) {
  /** Of the question's SHA-256, in hex. */
  private static final int CHARACTERS_OF_AN_ID = 32;

  /** Short enough for what a provider takes: the beginning of the question's SHA-256. */
  public String id() {
    int question = name.lastIndexOf('-') + 1;
    return name.substring(question, question + CHARACTERS_OF_AN_ID);
  }

  public static ResultAddress classification(PageRef page, JobSettings settings) {
    var byWords = settings.model().classifyByWords().map("by words from %s"::formatted);
    return of(
      "classify",
      Stream.concat(
        asked(page, settings.model().toClassify(), settings.classifyPrompt()),
        byWords.stream()
      ),
      settings
    );
  }

  public static ResultAddress reading(PageRef page, JobSettings settings, DocTypeSchema schema) {
    var into = Stream.concat(
      Stream.of(String.valueOf(schema.version()), Sha256.of(Json.text(schema.schema()))),
      settings.model().textLayer().map("with the words %s"::formatted).stream()
    );
    return of(
      "read-" + schema.docType().label(),
      Stream.concat(asked(page, settings.model(), schema.prompt()), into),
      settings
    );
  }

  /** Versions are for people: it is the text that is asked, whatever it is called. */
  private static Stream<String> asked(PageRef page, ModelSettings model, Prompt prompt) {
    return Stream.of(
      page.sha256(),
      page.words().map(URI::getPath).orElse(""),
      prompt.version(),
      Sha256.of(prompt.text()),
      model.id(),
      model.baseUrl().map(URI::toString).orElse(""),
      model.temperature().map(String::valueOf).orElse(""),
      model
        .image()
        .map(image -> "%s %d".formatted(image.format(), image.longEdge()))
        .orElse(""),
      model.effort().orElse(""),
      model.contextTokens().map(String::valueOf).orElse("")
    );
  }

  private static ResultAddress of(String step, Stream<String> question, JobSettings settings) {
    var asked = Stream.concat(question, settings.resultsOf().stream()).toList();
    return new ResultAddress("results/%s-%s".formatted(step, Sha256.of(String.join("\n", asked))));
  }
}

package dev.billstep.reading;

import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.page.PageRef;
import dev.billstep.page.Sha256;
import dev.billstep.settings.JobSettings;

/**
 * Where a page's result is kept: named by everything that it depends on, so that the same question
 * is asked once, however often a job is run.
 *
 * @param name of the record in the {@link dev.billstep.page.PageStore}
 */
public record ResultAddress(String name) {
  public static ResultAddress classification(PageRef page, JobSettings settings) {
    return of(
      "classify",
      settings,
      page.sha256(),
      settings.classifyPrompt().version(),
      settings.model().id()
    );
  }

  public static ResultAddress reading(PageRef page, JobSettings settings, DocTypeSchema schema) {
    return of(
      "read-" + schema.docType().label(),
      settings,
      page.sha256(),
      schema.prompt().version(),
      settings.model().id(),
      String.valueOf(schema.version())
    );
  }

  private static ResultAddress of(String step, JobSettings settings, String... dependsOn) {
    var question = String.join("\n", dependsOn);
    var asked = settings
      .resultsOf()
      .map(run -> question + "\n" + run)
      .orElse(question);
    return new ResultAddress("results/%s-%s".formatted(step, Sha256.of(asked)));
  }
}

package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.page.BlobMissing;
import dev.billstep.page.Manifest;
import dev.billstep.page.PageRef;
import dev.billstep.page.Word;
import dev.billstep.stack.DeployedStack;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The words of pages' own text layers, with their places: where the runs have left them. */
final class PageWords {

  private final DeployedStack stack;

  PageWords(DeployedStack stack) {
    this.stack = stack;
  }

  /**
   * The words of a row's page; none of a scan, nor where they are kept no longer.
   *
   * @param attempts runs that its job has had
   */
  List<Word> of(JsonNode doc, int attempts) {
    var image = doc.path("storage_uri").asText();
    int pages = image.indexOf("/pages/");
    if (pages < 0) {
      return List.of();
    }
    return Stream.iterate(attempts, attempt -> attempt > 0, attempt -> attempt - 1)
      .map(attempt -> image.substring(0, pages) + "/attempt-%d/manifest.json".formatted(attempt))
      .flatMap(manifest -> page(URI.create(manifest), URI.create(image)).stream())
      .findFirst()
      .flatMap(PageRef::words)
      .map(words -> List.of(Json.read(stack.fetchPage(words), Word[].class)))
      .orElse(List.of());
  }

  private Optional<PageRef> page(URI manifest, URI image) {
    try {
      return Json.read(stack.fetchPage(manifest), Manifest.class)
        .pages()
        .stream()
        .filter(page -> page.image().equals(image))
        .findFirst();
    } catch (BlobMissing noManifest) {
      return Optional.empty(); // Of a run that ended before, or was swept away.
    }
  }
}

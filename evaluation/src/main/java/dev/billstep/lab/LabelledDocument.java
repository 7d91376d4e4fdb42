package dev.billstep.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.page.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A document, and what is printed on it.
 *
 * @param expected as {@link dev.billstep.evaluation.Evaluation#add} takes it
 * @param sha256 of its content, by which what was answered about it is found again
 */
public record LabelledDocument(Path path, List<JsonNode> expected, String sha256) {
  public LabelledDocument(Path path, List<JsonNode> expected) {
    this(path, expected, sha256(path));
  }

  private static String sha256(Path path) {
    try {
      return Sha256.of(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of its file. */
  public String name() {
    return String.valueOf(path.getFileName());
  }
}

package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import dev.billstep.lab.LabelledDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Documents with what is printed on them beside: {@code bill.pdf}, {@code bill.expected.json}. */
final class LabelledFolder {

  private static final String EXPECTED = ".expected.json";

  private LabelledFolder() {}

  /**
   * Those of a folder, by name.
   *
   * @throws ParameterException where there is none
   */
  static List<LabelledDocument> documents(Path folder, CommandSpec spec) {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "There is no folder " + folder);
    }
    try (var files = Files.list(folder)) {
      var documents = files
        .filter(file -> Files.exists(labels(file)))
        .filter(file -> !file.toString().endsWith(EXPECTED))
        .sorted()
        .map(file -> new LabelledDocument(file, expected(file)))
        .toList();
      if (documents.isEmpty()) {
        throw new ParameterException(
          spec.commandLine(),
          "No document in %s has a %s beside it".formatted(folder, EXPECTED)
        );
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is printed on each page. */
  private static List<JsonNode> expected(Path document) {
    try {
      return Json.mapper()
        .readTree(Files.readAllBytes(labels(document)))
        .valueStream()
        .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path labels(Path document) {
    var name = String.valueOf(document.getFileName());
    int dot = name.lastIndexOf('.');
    return document.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + EXPECTED);
  }
}

package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A document with what is printed on it beside: {@code bill.pdf}, {@code bill.expected.json}. */
record LabelledDocument(Path file) {
  private static final String EXPECTED = ".expected.json";

  /**
   * A folder's, by name.
   *
   * @throws ParameterException where there is none
   */
  static List<LabelledDocument> in(Path folder, CommandSpec spec) {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(spec.commandLine(), "There is no folder " + folder);
    }
    try (var files = Files.list(folder)) {
      var documents = files
        .map(LabelledDocument::new)
        .filter(document -> Files.exists(document.labels()))
        .filter(document -> !document.file().toString().endsWith(EXPECTED))
        .sorted((one, other) -> one.file().compareTo(other.file()))
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

  String name() {
    return String.valueOf(file.getFileName());
  }

  /** What is printed on each page. */
  List<JsonNode> expected() {
    try {
      return Json.mapper().readTree(Files.readAllBytes(labels())).valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path labels() {
    int dot = name().lastIndexOf('.');
    return file.resolveSibling((dot < 0 ? name() : name().substring(0, dot)) + EXPECTED);
  }
}

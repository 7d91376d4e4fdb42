package dev.billstep.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.embedded.Project;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample packs, with what is printed on their pages. */
public final class Samples {

  private static final Path FOLDER = Project.ofSystemProperty().home().resolve("samples");

  private Samples() {}

  public static Path file(String pack) {
    return FOLDER.resolve(pack + ".pdf");
  }

  public static List<JsonNode> expected(String pack) {
    try {
      var json = Files.readAllBytes(FOLDER.resolve(pack + ".expected.json"));
      return Json.read(json, JsonNode.class).valueStream().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

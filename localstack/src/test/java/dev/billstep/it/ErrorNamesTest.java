package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.billstep.embedded.Project;
import dev.billstep.failure.TransientFailure;
import dev.billstep.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the state machine matches on is what the functions throw. */
class ErrorNamesTest {

  @Test
  void everyTransientFailureIsRetriedInEveryTaskAndNothingElseOfOurs() throws IOException {
    var definition = Json.read(
      Files.readAllBytes(
        Project.ofSystemProperty().home().resolve("statemachine/process-document.asl.json")
      ),
      JsonNode.class
    );
    var failures = transientFailures();
    assertThat(failures).isNotEmpty();
    assertThat(definition.findValues("Retry"))
      .isNotEmpty()
      .allSatisfy(retry -> assertThat(ours(retry)).isEqualTo(failures));
  }

  private static Set<String> ours(JsonNode retry) {
    return retry
      .findValues("ErrorEquals")
      .stream()
      .flatMap(JsonNode::valueStream)
      .map(JsonNode::asText)
      .filter(name -> name.startsWith("dev.billstep."))
      .collect(Collectors.toSet());
  }

  private static Set<String> transientFailures() {
    return new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.billstep")
      .stream()
      .filter(type -> type.isAssignableTo(TransientFailure.class))
      .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
      .map(JavaClass::getName)
      .collect(Collectors.toSet());
  }
}

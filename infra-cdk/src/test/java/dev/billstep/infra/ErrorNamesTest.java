package dev.billstep.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.billstep.failure.TransientFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the state machine matches on is what the functions throw. */
class ErrorNamesTest {

  /** The states that ask a model. */
  private static final Set<String> ASKING = Set.of(
    "Classify",
    "Read",
    "ClassifyOfMany",
    "ReadOfMany",
    "Defer",
    "Collect"
  );

  /** What comes first to a page of a document that may not be split to its end. */
  private static final Set<String> CLASSIFYING = Set.of("Classify", "ClassifyOfMany");

  /** Our own classes alone: what they stand on is not asked for. */
  private static final JavaClasses FUNCTIONS = ArchConfiguration.withThreadLocalScope(
    configuration -> {
      configuration.setResolveMissingDependenciesFromClassPath(false);
      return new ClassFileImporter().importPath(Path.of("../functions/target/classes"));
    }
  );

  @Test
  void everyTransientFailureIsRetriedWhereItCanHappenAndNothingElseOfOurs() {
    var definition = Flow.definition();
    var everywhere = transientFailures(
      type -> !isOfModel(type) && !isOfWatch(type) && !isOfTheRest(type)
    );
    var asking = transientFailures(type -> !isOfWatch(type) && !isOfTheRest(type));
    var classifying = transientFailures(type -> !isOfWatch(type));
    assertThat(everywhere).isNotEmpty().isNotEqualTo(asking);
    assertThat(asking).isNotEqualTo(classifying);
    tasks(definition).forEach((name, task) ->
      assertThat(ours(task.path("Retry")))
        .as(name)
        .isEqualTo(
          CLASSIFYING.contains(name) ? classifying : ASKING.contains(name) ? asking : everywhere
        )
    );
  }

  @Test
  void aJobIsParkedForEveryTransientFailureOfItsModelAndNothingElse() {
    var parking = Flow.definition().at("/States/ReadBatches/Catch/0");
    assertThat(parking.path("Next").asText()).isEqualTo("Park");
    assertThat(ours(parking)).isEqualTo(transientFailures(ErrorNamesTest::isOfModel));
    var afterMany = Flow.definition().at("/States/WhatHasFailed/Choices");
    assertThat(
      afterMany
        .valueStream()
        .filter(choice -> choice.path("Next").asText().equals("Park"))
        .map(choice -> choice.path("StringEquals").asText())
        .filter(name -> name.startsWith("dev.billstep."))
        .collect(Collectors.toSet())
    ).isEqualTo(transientFailures(ErrorNamesTest::isOfModel));
  }

  private static boolean isOfModel(JavaClass type) {
    return type.getPackageName().equals("dev.billstep.reading");
  }

  /** Thrown of a page that is still to be split. */
  private static boolean isOfTheRest(JavaClass type) {
    return type.getSimpleName().equals("PageNotSplitYet");
  }

  /** Thrown outside the state machine, by what starts it. */
  private static boolean isOfWatch(JavaClass type) {
    return type.getPackageName().equals("dev.billstep.workflow");
  }

  /** Every task, those inside maps and branches as well. */
  private static Map<String, JsonNode> tasks(JsonNode machine) {
    var tasks = new LinkedHashMap<String, JsonNode>();
    machine
      .path("States")
      .properties()
      .forEach(state -> {
        if (state.getValue().path("Type").asText().equals("Task")) {
          tasks.put(state.getKey(), state.getValue());
        }
        tasks.putAll(tasks(state.getValue().path("ItemProcessor")));
        state
          .getValue()
          .path("Branches")
          .forEach(branch -> tasks.putAll(tasks(branch)));
      });
    return tasks;
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

  private static Set<String> transientFailures(Predicate<JavaClass> which) {
    return FUNCTIONS.stream()
      .filter(type -> type.isAssignableTo(TransientFailure.class))
      .filter(which)
      .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
      .map(JavaClass::getName)
      .collect(Collectors.toSet());
  }
}

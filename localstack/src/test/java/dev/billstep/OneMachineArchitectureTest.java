package dev.billstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packages of this module may touch: the commands all, the others less and less. */
class OneMachineArchitectureTest {

  private static final JavaClasses OURS = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .importPackages(
      "dev.billstep.command",
      "dev.billstep.doctor",
      "dev.billstep.embedded",
      "dev.billstep.evaluation",
      "dev.billstep.http",
      "dev.billstep.metrics",
      "dev.billstep.offline",
      "dev.billstep.operation",
      "dev.billstep.postgrest",
      "dev.billstep.review",
      "dev.billstep.samples",
      "dev.billstep.stack"
    );

  /** A package, and those of this module that it must not know. */
  @ParameterizedTest
  @CsvSource({
    "http, command doctor embedded evaluation metrics offline operation postgrest review samples stack",
    "stack, command doctor embedded evaluation metrics offline operation postgrest review samples",
    "operation, command doctor embedded evaluation metrics offline postgrest review samples",
    "review, command doctor embedded evaluation metrics offline postgrest samples",
    "embedded, command doctor evaluation metrics offline operation review samples",
    "doctor, command evaluation metrics offline postgrest review samples",
    "postgrest, command doctor embedded evaluation metrics offline operation review samples stack",
    "offline, command doctor embedded evaluation metrics operation postgrest review samples stack",
    "samples, command doctor embedded evaluation metrics offline operation postgrest review stack",
    "evaluation, command doctor embedded metrics offline operation postgrest review samples stack",
  })
  void aPackageKnowsThoseBelowItAlone(String name, String above) {
    noClasses()
      .that()
      .resideInAPackage("dev.billstep." + name)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
        Stream.of(above.split(" ", -1))
          .map("dev.billstep."::concat)
          .toArray(String[]::new)
      )
      .check(OURS);
  }

  @Test
  void noPackageComesBackToItself() {
    slices().matching("dev.billstep.(*)..").should().beFreeOfCycles().check(OURS);
  }
}

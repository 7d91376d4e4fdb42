package dev.billstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies point inwards: the domain knows neither its adapters nor its handlers. */
class ArchitectureTest {

  private static final String[] DOMAIN = {
    "dev.billstep.job..",
    "dev.billstep.page..",
    "dev.billstep.reading..",
    "dev.billstep.doc..",
    "dev.billstep.settings..",
    "dev.billstep.failure..",
  };

  private static final String[] ADAPTERS = {
    "dev.billstep.storage..",
    "dev.billstep.supabase..",
    "dev.billstep.chat..",
    "dev.billstep.secrets..",
    "dev.billstep.workflow..",
    "dev.billstep.cloudwatch..",
    "dev.billstep.prometheus..",
  };

  private static final JavaClasses OURS = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .importPackages("dev.billstep");

  @Test
  void theDomainKnowsNoAdapterAndNoHandler() {
    noClasses()
      .that()
      .resideInAnyPackage(DOMAIN)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
        Stream.concat(Arrays.stream(ADAPTERS), Stream.of("dev.billstep.lambda..")).toArray(
          String[]::new
        )
      )
      .check(OURS);
  }

  @Test
  void theDomainKnowsNeitherAwsNorHttp() {
    noClasses()
      .that()
      .resideInAnyPackage(DOMAIN)
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
        "software.amazon..",
        "com.amazonaws..",
        "java.net.http..",
        "dev.langchain4j.."
      )
      .check(OURS);
  }

  @Test
  void adaptersKnowNoHandlerAndNotEachOther() {
    for (var adapter : ADAPTERS) {
      var others = Arrays.stream(ADAPTERS).filter(other -> !other.equals(adapter));
      noClasses()
        .that()
        .resideInAPackage(adapter)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
          Stream.concat(others, Stream.of("dev.billstep.lambda..")).toArray(String[]::new)
        )
        .check(OURS);
    }
  }

  @Test
  void everyFailureSaysWhetherTryingAgainCanHelp() {
    classes()
      .that()
      .areAssignableTo(RuntimeException.class)
      .should()
      .beAssignableTo(PermanentFailure.class)
      .orShould()
      .beAssignableTo(TransientFailure.class)
      .check(OURS);
  }
}

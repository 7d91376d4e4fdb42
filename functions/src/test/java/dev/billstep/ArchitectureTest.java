package dev.billstep;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies point inwards: the domain knows neither its adapters nor its handlers. */
class ArchitectureTest {

  private static final String[] DOMAIN = {
    "dev.billstep.step..",
    "dev.billstep.watch..",
    "dev.billstep.event..",
    "dev.billstep.doc..",
    "dev.billstep.reading..",
    "dev.billstep.settings..",
    "dev.billstep.page..",
    "dev.billstep.job..",
    "dev.billstep.doctype..",
    "dev.billstep.json..",
    "dev.billstep.failure..",
    "dev.billstep.text..",
  };

  private static final String[] ADAPTERS = {
    "dev.billstep.storage..",
    "dev.billstep.supabase..",
    "dev.billstep.chat..",
    "dev.billstep.secrets..",
    "dev.billstep.workflow..",
    "dev.billstep.cloudwatch..",
    "dev.billstep.prometheus..",
    "dev.billstep.textract..",
    "dev.billstep.webhook..",
    "dev.billstep.eventbridge..",
  };

  private static final JavaClasses OURS = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .importPackages("dev.billstep");

  /** A package of the domain, and all of ours that it may know. */
  @ParameterizedTest
  @CsvSource({
    "text, ''",
    "log, ''",
    "failure, ''",
    "json, text",
    "deployment, ''",
    "doctype, json",
    "job, text failure json doctype",
    "page, text failure json job",
    "settings, text failure json doctype job page",
    "reading, text failure json doctype job page settings",
    "doc, text failure json doctype job page settings reading",
    "step, text failure json doctype job page settings reading doc",
    "event, failure json",
    "watch, text failure json doctype job page settings reading doc event",
  })
  void aPackageKnowsThoseBelowItAlone(String name, String below) {
    noClasses()
      .that()
      .resideInAPackage("dev.billstep." + name + "..")
      .should()
      .dependOnClassesThat(
        resideInAPackage("dev.billstep..").and(
          not(
            resideInAnyPackage(
              Stream.of((name + " " + below).trim().split(" ", -1))
                .map("dev.billstep.%s.."::formatted)
                .toArray(String[]::new)
            )
          )
        )
      )
      .check(OURS);
  }

  @Test
  void noPackageComesBackToItself() {
    slices().matching("dev.billstep.(*)..").should().beFreeOfCycles().check(OURS);
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

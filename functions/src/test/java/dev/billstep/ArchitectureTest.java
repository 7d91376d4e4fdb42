package dev.billstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
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
        "dev.billstep.lambda..",
        "dev.billstep.storage..",
        "dev.billstep.supabase.."
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
      .resideInAnyPackage("software.amazon..", "com.amazonaws..", "java.net.http..")
      .check(OURS);
  }

  @Test
  void adaptersKnowNoHandlerAndNotEachOther() {
    noClasses()
      .that()
      .resideInAPackage("dev.billstep.storage..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.billstep.lambda..", "dev.billstep.supabase..")
      .check(OURS);
    noClasses()
      .that()
      .resideInAPackage("dev.billstep.supabase..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("dev.billstep.lambda..", "dev.billstep.storage..")
      .check(OURS);
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

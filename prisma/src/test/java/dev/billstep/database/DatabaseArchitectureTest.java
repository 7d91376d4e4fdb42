package dev.billstep.database;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What runs a stack needs migrations and a server; what writes migrations is beside that. */
class DatabaseArchitectureTest {

  @Test
  void theDatabaseDoesNotKnowHowItsMigrationsAreWritten() {
    noClasses()
      .that()
      .resideInAPackage("dev.billstep.database")
      .should()
      .dependOnClassesThat()
      .resideInAPackage("dev.billstep.database.definition..")
      .check(
        new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.billstep.database")
      );
  }
}

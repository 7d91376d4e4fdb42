package dev.billstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the packages of all modules that run on this machine may touch. Modules hold themselves to
 * their order: Maven builds no circle. What {@code functions} keeps apart within itself is held by its own
 * test.
 */
class HouseTest {

  private static final JavaClasses OURS = new ClassFileImporter()
    .withImportOption(new ImportOption.DoNotIncludeTests())
    .withImportOption(location -> !location.contains("-tests.jar"))
    .importPackages("dev.billstep");

  /** A package, and all of those outside {@code functions} that it may know. */
  @ParameterizedTest
  @CsvSource({
    "http, ''",
    "stack, ''",
    "export, ''",
    "operation, stack",
    "intake, operation stack",
    "people, ''",
    "review, export http intake operation people stack",
    "metrics, http",
    "ocr, ''",
    "offline, ocr",
    "samples, ''",
    "evaluation, ''",
    "lab, evaluation",
    "postgrest, http",
    "database, ''",
    "embedded, database http postgrest stack",
    "backup, database embedded stack",
    "doctor, embedded stack",
    "command, backup database doctor embedded evaluation export http intake lab metrics offline operation people review samples stack",
  })
  void aPackageKnowsThoseBelowItAlone(String name, String below) {
    var unknown = new TreeSet<>(packagesOutsideFunctions());
    unknown.remove(name);
    unknown.removeAll(List.of(below.split(" ", -1)));
    noClasses()
      .that()
      .resideInAPackage("dev.billstep." + name + "..")
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage(
        unknown
          .stream()
          .map("dev.billstep.%s.."::formatted)
          .toArray(String[]::new)
      )
      .check(OURS);
  }

  @Test
  void noPackageComesBackToItself() {
    slices().matching("dev.billstep.(*)..").should().beFreeOfCycles().check(OURS);
  }

  /** Two modules with one package are one room with two doors. */
  @Test
  void everyPackageLivesInOneModule() {
    Map<String, TreeSet<String>> modules = new TreeMap<>();
    for (var type : OURS) {
      modules.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(moduleOf(type));
    }
    assertThat(modules).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
  }

  private static Set<String> packagesOutsideFunctions() {
    return OURS.stream()
      .filter(type -> !moduleOf(type).startsWith("functions"))
      .map(type -> type.getPackageName().replaceFirst("^dev\\.billstep\\.(\\w+).*$", "$1"))
      .collect(Collectors.toSet());
  }

  /** The folder of the module, or the jar's name: what stands before the class's own path. */
  private static String moduleOf(JavaClass type) {
    var path = type.getSource().orElseThrow().getUri().toString();
    var root = path.substring(0, path.indexOf("/dev/billstep/"));
    return root.replaceFirst("/target/.*$", "").replaceFirst("^.*/", "");
  }
}

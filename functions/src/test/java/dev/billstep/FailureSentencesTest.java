package dev.billstep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.billstep.failure.PermanentFailure;
import dev.billstep.failure.TransientFailure;
import dev.billstep.job.CaughtError;
import dev.billstep.json.Json;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a job ends with is a sentence for a clerk: not empty, no class, nothing of a library. */
class FailureSentencesTest {

  private static final String INTERNALS = "FlateFilter: premature end in 0x7f";

  /** Every way to make every failure. */
  static Stream<Executable> waysToFail() {
    return new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.billstep")
      .stream()
      .map(JavaClass::reflect)
      .filter(
        type ->
          PermanentFailure.class.isAssignableFrom(type) ||
          TransientFailure.class.isAssignableFrom(type)
      )
      .filter(type -> !Modifier.isAbstract(type.getModifiers()))
      .flatMap(FailureSentencesTest::ways);
  }

  private static Stream<Executable> ways(Class<?> type) {
    var factories = Arrays.stream(type.getDeclaredMethods()).filter(
      method -> Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type
    );
    var open = Stream.concat(Arrays.stream(type.getDeclaredConstructors()), factories)
      .filter(way -> !Modifier.isPrivate(way.getModifiers()))
      .map(Executable.class::cast)
      .toList();
    assertThat(open).as(type.getName()).isNotEmpty();
    return open.stream();
  }

  @ParameterizedTest
  @MethodSource("waysToFail")
  void everyFailureIsASentence(Executable way) throws ReflectiveOperationException {
    var failure = make(way);
    var cause = Json.text(
      Map.of(
        "errorType",
        failure.getClass().getName(),
        "errorMessage",
        String.valueOf(failure.getMessage())
      )
    );
    for (var caught : List.of(
      CaughtError.of(failure.getClass().getName(), cause),
      CaughtError.of(failure.getClass().getName(), failure.getMessage())
    )) {
      assertThat(caught.sentence())
        .as(way.toString())
        .matches("(?s)[A-Z].*[.)]")
        .doesNotContain("null", "Exception", "java.", "org.", "POST ", "stackTrace", "%s", "%d");
      assertThat(caught.name()).matches("[A-Z]\\w*(\\.[A-Z]\\w*)?");
    }
  }

  /** What tripped over a file is told to operators: in the log, and beside the page. */
  @ParameterizedTest
  @MethodSource("waysToFail")
  void noFailureOfAFileRepeatsWhatALibrarySaid(Executable way) throws ReflectiveOperationException {
    if (way.getDeclaringClass().getName().startsWith("dev.billstep.page.")) {
      assertThat(make(way).getMessage()).doesNotContain(INTERNALS);
    }
  }

  @Test
  void thereAreFailuresToLookAt() {
    assertThat(waysToFail().count()).isGreaterThan(30);
  }

  private static RuntimeException make(Executable way) throws ReflectiveOperationException {
    way.setAccessible(true);
    var arguments = new ArrayList<Object>();
    for (var type : way.getParameterTypes()) {
      arguments.add(sample(type));
    }
    return (RuntimeException) switch (way) {
      case java.lang.reflect.Constructor<?> constructor -> constructor.newInstance(
        arguments.toArray()
      );
      case java.lang.reflect.Method method -> method.invoke(null, arguments.toArray());
    };
  }

  private static Object sample(Class<?> type) throws ReflectiveOperationException {
    if (type == String.class) {
      return "what it is about";
    }
    if (type == int.class) {
      return 3;
    }
    if (type == long.class) {
      return 3L;
    }
    if (type == Throwable.class) {
      return new IOException(INTERNALS);
    }
    if (type == List.class) {
      return List.of("/total: is missing");
    }
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == UUID.class) {
      return new UUID(0, 1);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    var of = Arrays.stream(type.getMethods())
      .filter(method -> method.getName().equals("of") && method.getParameterCount() == 1)
      .findFirst();
    if (of.isPresent()) {
      return of.get().invoke(null, "00000000-0000-4000-8000-000000000001");
    }
    return make(type.getDeclaredConstructors()[0], type);
  }

  private static Object make(java.lang.reflect.Constructor<?> constructor, Class<?> type)
    throws ReflectiveOperationException {
    constructor.setAccessible(true);
    var arguments = new ArrayList<Object>();
    for (var parameter : constructor.getParameterTypes()) {
      arguments.add(sample(parameter));
    }
    assertThat(type.isRecord() || Throwable.class.isAssignableFrom(type))
      .as("%s is a sample that is not known", type)
      .isTrue();
    return constructor.newInstance(arguments.toArray());
  }
}

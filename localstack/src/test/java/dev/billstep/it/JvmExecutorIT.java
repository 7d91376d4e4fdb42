package dev.billstep.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.embedded.Project;
import dev.billstep.embedded.PythonInterpreter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the executor's own tests, with real JVMs and AWS's runtime interface client. */
class JvmExecutorIT {

  private static final int PYTHON_MINOR = 11;

  @TempDir
  Path folder;

  @Test
  void functionsThatBehaveAndMisbehaveEndAsInLambda() throws IOException, InterruptedException {
    var python = PythonInterpreter.find(PYTHON_MINOR);
    Assumptions.assumeTrue(python.isPresent(), "the executor needs Python 3.11 or newer");
    var module = Project.ofSystemProperty().home().resolve("localstack");
    var output = folder.resolve("output");
    var tests = new ProcessBuilder(
      python.orElseThrow().toString(),
      module.resolve("src/test/python/test_environment.py").toString()
    )
      .redirectErrorStream(true)
      .redirectOutput(output.toFile());
    tests
      .environment()
      .putAll(
        Map.of(
          "PYTHONPATH",
          String.join(
            File.pathSeparator,
            module.resolve("src/main/python/jvm-executor").toString(),
            module.resolve("src/main/python/door").toString()
          ),
          "PYTHONDONTWRITEBYTECODE",
          "1",
          "BILLSTEP_JAVA",
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "BILLSTEP_TEST_CLASS_PATH",
          String.join(
            File.pathSeparator,
            module.resolve("target/test-classes").toString(),
            module.resolve("target/runtime-client/*").toString()
          )
        )
      );
    int exit = tests.start().waitFor();
    assertThat(Files.readString(output)).contains("Ran 14 tests");
    assertThat(exit).as(Files.readString(output)).isZero();
  }
}

package dev.billstep.embedded;

import dev.billstep.stack.StackFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** LocalStack in host mode: the unchanged template, every function in JVMs of its own. */
final class LocalstackEmulator implements Emulator {

  /** LocalStack 2026.3.0 says 3.10, and needs the syntax and library of this. */
  private static final int PYTHON_MINOR = 13;

  private static final String NO_PYTHON =
    "LocalStack needs Python 3.%d or newer. Install it: apt-get install python3.%d-venv".formatted(
      PYTHON_MINOR,
      PYTHON_MINOR
    );

  private final Project project;
  private final PythonEnvironment environment;

  /**
   * Names the engine.
   *
   * @throws StackFailure where there is no Python that is new enough
   */
  LocalstackEmulator(Project project) {
    this.project = project;
    var python = PythonInterpreter.find(PYTHON_MINOR).orElseThrow(() ->
      new StackFailure(NO_PYTHON)
    );
    this.environment = new PythonEnvironment(
      project,
      python,
      project.pythonSources("localstack"),
      List.of(project.pythonSources("jvm-executor"))
    );
  }

  static Optional<String> whatIsMissing() {
    return PythonInterpreter.find(PYTHON_MINOR).isPresent()
      ? Optional.empty()
      : Optional.of(NO_PYTHON);
  }

  @Override
  public void install(Progress progress) {
    environment.install("LocalStack", progress);
  }

  @Override
  public Running start(Path folder, Path objects, Progress progress) {
    var localstack = progress.step("start LocalStack", () ->
      LocalstackProcess.start(
        environment.python(),
        project.pythonSources("door"),
        folder,
        new FunctionClassPath(project)
      )
    );
    return new Running(localstack.endpoint(), List.of(localstack));
  }
}

package dev.billstep.embedded;

import dev.billstep.deployment.StackParameter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The default: a small emulator, and a warm JVM that all functions share. */
final class MinistackEmulator implements Emulator {

  private final Project project;
  private final PythonEnvironment environment;
  private final Path door;
  private final Pace pace;

  MinistackEmulator(Project project, Pace pace) {
    this.project = project;
    this.door = project.pythonSources("door");
    this.pace = pace;
    this.environment = new PythonEnvironment(
      project,
      Path.of("python3"),
      project.pythonSources("ministack"),
      List.of()
    );
  }

  @Override
  public void install(Progress progress) {
    environment.install("the AWS emulator", progress);
  }

  @Override
  public Running start(Path folder, Path objects, Progress progress) {
    var functions = FunctionHostProcess.start(folder, new FunctionClassPath(project), pace);
    try {
      var ministack = MinistackProcess.start(
        environment.python(),
        door,
        folder,
        objects,
        functions,
        pace
      );
      try {
        progress.step("start the AWS emulator", ministack::await);
        progress.step("start the functions", functions::await);
      } catch (RuntimeException e) {
        ministack.close();
        throw e;
      }
      return new Running(ministack.endpoint(), List.of(functions, ministack));
    } catch (RuntimeException e) {
      functions.close();
      throw e;
    }
  }

  @Override
  public CloudAssembly assembly(Project project) {
    return new CloudAssembly(project.cloudAssembly("cdk.embedded"));
  }

  @Override
  public Map<String, String> parameters(URI supabaseUrl, PagesRoot pagesRoot) {
    return Map.of(
      StackParameter.SUPABASE_URL.key(),
      supabaseUrl.toString(),
      StackParameter.PAGES_ROOT.key(),
      pagesRoot.uri().toString()
    );
  }
}

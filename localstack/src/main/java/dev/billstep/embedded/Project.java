package dev.billstep.embedded;

import java.nio.file.Path;

/**
 * Where the parts are that the stack is made of.
 *
 * @param home the checkout's root
 */
public record Project(Path home) {
  public Project {
    home = home.toAbsolutePath().normalize();
  }

  /** The checkout that the launcher or the build names. */
  public static Project ofSystemProperty() {
    return new Project(Path.of(System.getProperty("billstep.home", ".")));
  }

  /** What the stack installs and keeps for itself. */
  public Path stateFolder() {
    return home.resolve(".billstep");
  }

  /** The folder of the database's migrations. */
  public Path migrations() {
    return home.resolve("prisma/migrations");
  }

  /** What the CDK app was synthesized to: {@code cdk.out} for AWS, {@code cdk.embedded}. */
  Path cloudAssembly(String name) {
    return home.resolve("infra-cdk/target").resolve(name);
  }

  /** The folder of a virtual environment's requirements, or of a Python package of ours. */
  Path pythonSources(String name) {
    return home.resolve("localstack/src/main/python").resolve(name);
  }

  /** Where the {@code run} command keeps pages. */
  public Path storage() {
    return home.resolve("storage");
  }
}

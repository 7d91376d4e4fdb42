package dev.billstep.embedded;

/**
 * What a function's class path has beyond its own artifact: AWS's runtime interface client, and the
 * offline reader as a layer would bring it.
 */
record FunctionClassPath(Project project) {
  String runtimeClient() {
    return jarsBelow("localstack/target/runtime-client");
  }

  /** The reader and its OCR engine; below {@code /opt/java/lib} where functions are containers. */
  String layer() {
    return jarsBelow("offline-reader/target/layer");
  }

  private String jarsBelow(String folder) {
    return project.home().resolve(folder).resolve("*").toString();
  }
}

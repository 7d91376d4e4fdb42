package dev.billstep.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a function's class path has beyond its own artifact: AWS's runtime interface client, and the
 * offline reader as a layer would bring it.
 */
record FunctionClassPath(Project project) {
  /** Two stacks of one process may be started at once, and complete the same layer. */
  private static final Object INSTALLING = new Object();

  /** Completes the layer with the models of OCR, which no repository of jars has. */
  void install(Progress progress) {
    synchronized (INSTALLING) {
      complete(progress);
    }
  }

  private void complete(Progress progress) {
    var wheel = LocalOcrModels.wheel(project, progress);
    try {
      Files.createDirectories(models().getParent());
      if (!Files.exists(models()) || !Files.isSameFile(models(), wheel.jar())) {
        Files.deleteIfExists(models()); // Those of another version.
        Files.createLink(models(), wheel.jar());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String runtimeClient() {
    return jarsIn(project.home().resolve("localstack/target/runtime-client"));
  }

  /** The reader, its OCR engine and models; in {@code /opt/java/lib} where functions are containers. */
  String layer() {
    return jarsIn(layerFolder());
  }

  /** This JVM's own, which has the reader, with the models. */
  String ofFunctionHost() {
    return System.getProperty("java.class.path") + File.pathSeparator + models();
  }

  private Path models() {
    return layerFolder().resolve("ocr-models.jar");
  }

  private Path layerFolder() {
    return project.home().resolve("offline-reader/target/layer");
  }

  private static String jarsIn(Path folder) {
    return folder.resolve("*").toString();
  }
}

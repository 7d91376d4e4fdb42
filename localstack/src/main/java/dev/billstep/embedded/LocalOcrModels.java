package dev.billstep.embedded;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;

/** The models of OCR, which no repository of jars has: fetched once, beside the checkout. */
public final class LocalOcrModels {

  private LocalOcrModels() {}

  /** A class path that has them. */
  public static ClassLoader classPath(Project project, Progress progress) {
    var wheel = wheel(project, progress);
    try {
      return new URLClassLoader(
        new URL[] { wheel.jar().toUri().toURL() },
        LocalOcrModels.class.getClassLoader()
      );
    } catch (MalformedURLException e) {
      throw new IllegalStateException("A file's path makes no URL: " + wheel.jar(), e);
    }
  }

  static PythonWheel wheel(Project project, Progress progress) {
    var wheel = new PythonWheel(project, project.pythonSources("ocr-models"));
    wheel.install("the models of OCR", progress);
    return wheel;
  }
}

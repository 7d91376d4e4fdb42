package dev.billstep.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassCacheIT {

  @TempDir
  Path folder;

  /** The JVM would take what it has recorded, and run what the jar has no more. */
  @Test
  void whatWasRecordedOfOtherJarsIsNotTaken() throws Exception {
    var cache = folder.resolve("functions.aot");
    pack("first");
    assertThat(run(new ClassCache(Optional.empty(), Optional.of(cache)).flags(jar()))).contains(
      "first"
    );
    var flags = new ClassCache(Optional.of(cache), Optional.empty()).flags(jar());
    var onlyWithIt = new ArrayList<>(flags);
    onlyWithIt.add("-XX:AOTMode=on");
    assertThat(run(onlyWithIt)).isEqualTo("first\n");

    pack("another");
    var now = new ClassCache(Optional.of(cache), Optional.empty()).flags(jar());
    assertThat(run(now)).isEqualTo("another\n");
  }

  @Test
  void withoutOneNothingIsAskedOfTheJvm() {
    var none = Optional.of(folder.resolve("none.aot"));
    assertThat(new ClassCache(none, Optional.empty()).flags(jar())).isEmpty();
  }

  private String jar() {
    return folder.resolve("program.jar").toString();
  }

  private String run(List<String> flags) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", jar(), "Program"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A program that says something. */
  private void pack(String says) throws IOException {
    var source = folder.resolve("Program.java");
    Files.writeString(
      source,
      "public class Program { public static void main(String[] a) { System.out.println(\"%s\"); } }".formatted(
        says
      )
    );
    int failed = ToolProvider.getSystemJavaCompiler().run(
      null,
      null,
      null,
      "-d",
      folder.toString(),
      source.toString()
    );
    assertThat(failed).isZero();
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("program.jar")))) {
      jar.putNextEntry(new JarEntry("Program.class"));
      jar.write(Files.readAllBytes(folder.resolve("Program.class")));
    }
  }
}

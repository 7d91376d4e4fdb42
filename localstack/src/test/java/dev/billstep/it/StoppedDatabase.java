package dev.billstep.it;

import dev.billstep.embedded.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL as it is on a machine that hangs: its processes are stopped, its port is open. */
final class StoppedDatabase implements AutoCloseable {

  private final List<String> processes;

  private StoppedDatabase(List<String> processes) {
    this.processes = processes;
    signal("STOP");
  }

  static StoppedDatabase of(EmbeddedStack stack) {
    try (
      var connection = stack.database().postgres().getConnection();
      var statement = connection.createStatement();
      var result = statement.executeQuery("SHOW data_directory")
    ) {
      result.next();
      var pidFile = Path.of(result.getString(1)).resolve("postmaster.pid");
      var postmaster = ProcessHandle.of(
        Long.parseLong(Files.readAllLines(pidFile).getFirst())
      ).orElseThrow();
      var processes = new ArrayList<String>();
      processes.add(String.valueOf(postmaster.pid()));
      postmaster.descendants().forEach(child -> processes.add(String.valueOf(child.pid())));
      return new StoppedDatabase(processes);
    } catch (IOException | SQLException e) {
      throw new AssertionError(e);
    }
  }

  void closeAfter(Duration time) {
    Thread.ofVirtual().start(() -> {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        close();
      }
    });
  }

  @Override
  public void close() {
    signal("CONT");
  }

  private void signal(String name) {
    var command = new ArrayList<>(List.of("kill", "-" + name));
    command.addAll(processes);
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

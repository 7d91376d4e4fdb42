package dev.billstep.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.billstep.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that were made, in a file of one line for each before it is made and one when it has ended: so
 * that a call is known which nobody has lived to see the end of.
 */
final class CallJournal implements AutoCloseable {

  private final FileChannel file;
  private final Map<String, NotedCall> calls = new LinkedHashMap<>();

  private CallJournal(FileChannel file) {
    this.file = file;
  }

  /**
   * Opens it, for this process alone.
   *
   * @throws LabInUse where another has it
   */
  static CallJournal open(Path path) {
    try {
      var file = FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE
      );
      try {
        if (file.tryLock() == null) {
          throw new LabInUse(path, null);
        }
        var journal = new CallJournal(file);
        journal.load();
        return journal;
      } catch (OverlappingFileLockException byThisProcess) {
        throw new LabInUse(path, byThisProcess);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void load() throws IOException {
    var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {
      // Until all of it is there.
    }
    var text = new String(bytes.array(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    for (var line : text.substring(0, end).lines().toList()) {
      note(line(line));
    }
    // Half a line is of a process that ended while it wrote: its call was not made, or has no end.
    file.truncate(text.substring(0, end).getBytes(StandardCharsets.UTF_8).length);
    file.position(file.size());
  }

  private static Line line(String json) {
    try {
      return Json.mapper().readValue(json, Line.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(Line line) {
    line.made().ifPresent(call -> calls.put(call.id(), call));
    line
      .ended()
      .ifPresent(ended ->
        calls.computeIfPresent(ended.id(), (id, call) ->
          new NotedCall(
            id,
            call.contender(),
            call.document(),
            call.step(),
            call.mostUsd(),
            Optional.of(ended.answer())
          )
        )
      );
  }

  /** Notes a call that is about to be made. */
  synchronized void about(NotedCall call) {
    write(new Line(Optional.of(call), Optional.empty()));
  }

  /** Notes how a call has ended. */
  synchronized void ended(String id, NotedCall.Answer answer) {
    write(new Line(Optional.empty(), Optional.of(new Ended(id, answer))));
  }

  private void write(Line line) {
    note(line);
    var bytes = ByteBuffer.wrap((Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, in the order in which they were made. */
  synchronized List<NotedCall> calls() {
    return new ArrayList<>(calls.values());
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Line(Optional<NotedCall> made, Optional<Ended> ended) {}

  private record Ended(String id, NotedCall.Answer answer) {}
}

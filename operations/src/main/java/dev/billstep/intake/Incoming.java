package dev.billstep.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents that files hold: each itself, or those that a ZIP or an e-mail has in it. What had to be unpacked lies
 * in a folder that is gone when this is closed.
 */
public final class Incoming implements AutoCloseable {

  private final List<IncomingFile> documents = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final Workplace unpacked = new Workplace();

  /**
   * Adds a file of a folder, or what is in it.
   *
   * @throws UncheckedIOException where the file itself can't be read, or the disk is full
   */
  public Incoming add(Path file) {
    return add(IncomingFile.of(file));
  }

  /**
   * Adds a file, or what is in it.
   *
   * @param name what whoever sends it calls it, whether a file can be called so or not
   * @throws UncheckedIOException where the file itself can't be read, or the disk is full
   */
  public Incoming add(String name, Path file) {
    return add(new IncomingFile(name, name, file));
  }

  private Incoming add(IncomingFile file) {
    try {
      new Unpacking(unpacked, documents, leftOut).take(file);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order in which they came. */
  public List<IncomingFile> documents() {
    return List.copyOf(documents);
  }

  /** What was in a ZIP or an e-mail and is no document, or can't be unpacked. */
  public List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  @Override
  public void close() {
    unpacked.close();
  }
}

package dev.billstep.offline.answers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.offline.tokens.Box;
import dev.billstep.offline.tokens.Phrase;
import dev.billstep.offline.tokens.Token;
import dev.billstep.page.Word;
import dev.billstep.reading.Finding;
import dev.billstep.reading.Finding.Severity;
import dev.billstep.reading.PrintedValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What has been read so far of one page. */
public final class Draft {

  /** OCR's probability of a character below which another one is as likely. */
  private static final double CERTAIN = 0.5;

  private final ObjectNode fields;
  private final SortedMap<String, PrintedValue> printed = new TreeMap<>();
  private final Map<String, Phrase> read = new HashMap<>();
  private final List<Finding> doubts = new ArrayList<>();

  /**
   * Begins a reading.
   *
   * @param fields of the schema, blank
   */
  public Draft(ObjectNode fields) {
    this.fields = fields;
  }

  public ObjectNode fields() {
    return fields;
  }

  public SortedMap<String, PrintedValue> printed() {
    return printed;
  }

  public List<Finding> doubts() {
    return List.copyOf(doubts);
  }

  /**
   * Puts a value.
   *
   * @param path of the field, as a JSON pointer
   */
  public void put(String path, String value, Phrase words) {
    parent(path).put(name(path), value);
    note(path, words);
  }

  public void put(String path, BigDecimal value, Phrase words) {
    parent(path).put(name(path), value);
    note(path, words);
  }

  public void put(String path, boolean value, Phrase words) {
    parent(path).put(name(path), value);
    note(path, words);
  }

  /** A value that follows from others and is printed nowhere. */
  public void infer(String path, String value) {
    parent(path).put(name(path), value);
  }

  /** An amount that follows from others and is printed nowhere. */
  public void infer(String path, BigDecimal value) {
    parent(path).put(name(path), value);
  }

  public void note(String path, Phrase words) {
    read.put(path, words);
    printed.put(path, new PrintedValue(words.text(), Optional.of(box(words.onImage()))));
  }

  private static PrintedValue.Box box(Box box) {
    return PrintedValue.Box.of(new Word("", box.left(), box.top(), box.width(), box.height()));
  }

  /**
   * Doubts what OCR itself is not certain of, of fields that nothing else on the page confirms.
   *
   * @param paths of the fields
   */
  public void doubtUncertain(String... paths) {
    for (var path : paths) {
      var words = words(path);
      if (words.isPresent() && certainty(words.get()) < CERTAIN) {
        doubt(
          "ocr.uncertain",
          path,
          "\"%s\" is hard to read on the page.".formatted(words.get().text())
        );
      }
    }
  }

  /** What the value of a field was read from. */
  public Optional<Phrase> words(String path) {
    return Optional.ofNullable(read.get(path));
  }

  private static double certainty(Phrase words) {
    return words.tokens().stream().mapToDouble(Token::certainty).min().orElse(1);
  }

  /** Whether a field of the schema has no value yet. */
  public boolean lacks(String path) {
    var value = fields.at(path);
    return value.isMissingNode() || value.isNull();
  }

  /** Something that a reviewer should look at. */
  public void doubt(String code, String path, String message) {
    doubts.add(new Finding(code, path, message, Severity.WARNING));
  }

  private ObjectNode parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? fields : fields.withObject(path.substring(0, slash));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

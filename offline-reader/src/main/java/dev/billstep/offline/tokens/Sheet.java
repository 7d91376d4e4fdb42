package dev.billstep.offline.tokens;

import dev.billstep.page.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page's text as lines, from top to bottom.
 *
 * @param height of the text that most of the page is printed in
 * @param isRecognised whether OCR has read it, which confuses letters
 */
public record Sheet(List<Line> lines, double height, boolean isRecognised) {
  /** Of the text's height: two middles closer than that are on one line. */
  private static final double SAME_LINE = 0.45;

  /** Of the text's height: a wider gap parts phrases. Words of a text have 0.2 to 0.4. */
  private static final double WIDEST_SPACE = 0.75;

  /**
   * The same within a line that OCR has seen as one: where a word begins and ends is not known to a
   * letter there.
   */
  private static final double WIDEST_IN_LINE = 1.25;

  private static final Pattern AMOUNT = Pattern.compile(
    "(?:₹|Rs\\.?|INR)?-?(?:₹)?\\d[\\d,]*\\.\\d{1,3}%?",
    Pattern.CASE_INSENSITIVE
  );
  private static final Pattern CURRENCY = Pattern.compile("-?(?:₹|Rs\\.|INR).*");

  /** An amount runs into the next one, or into its sign, where columns touch. */
  private static final Pattern TOUCHING = Pattern.compile(
    "(?<=\\d)(?=-?(?:₹|Rs\\.|INR)\\s?\\d)" +
      "|(?<=\\p{L}{3})(?=\\d[\\d,]*\\d\\.\\d\\d(?!\\d))" +
      "|(?<=\\d\\.\\d\\d)(?=\\d{1,2}(?:,\\d\\d)*,\\d{3}\\.\\d\\d(?!\\d))" +
      "|(?<=,\\d{3}\\.\\d\\d)(?=\\d{1,6}\\.\\d\\d(?!\\d))"
  );

  /** Lines drawn with characters. */
  private static final Pattern RULE = Pattern.compile("[-_=*~.<>]{4,}");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Of a text layer. */
  public static Sheet of(List<Word> words) {
    return of(words.stream().map(Piece::of).toList(), false);
  }

  public static Sheet ofOcr(List<Piece> pieces) {
    return of(pieces, true);
  }

  private static Sheet of(List<Piece> pieces, boolean isRecognised) {
    var tokens = new ArrayList<Token>();
    for (var piece : pieces) {
      var token = new Token(
        narrow(piece.level().text()),
        Box.of(piece.level()),
        Box.of(piece.onImage()),
        piece.certainty(),
        piece.line()
      );
      tokens.addAll(words(token));
    }
    double height = tokens
      .stream()
      .mapToDouble(token -> token.box().height())
      .sorted()
      .skip(tokens.size() / 2)
      .findFirst()
      .orElse(1);
    return new Sheet(
      lines(tokens)
        .stream()
        .map(line -> new Line(phrases(line)))
        .toList(),
      height,
      isRecognised
    );
  }

  /** OCR that knows Chinese gives colons and commas of its width. */
  private static String narrow(String text) {
    return text
      .chars()
      .map(character -> character >= 0xFF01 && character <= 0xFF5E ? character - 0xFEE0 : character)
      .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
      .toString();
  }

  private static List<Token> words(Token piece) {
    var words = new ArrayList<Token>();
    var gap = SPACE.matcher(piece.text());
    int start = 0;
    while (gap.find()) {
      addParts(piece, start, gap.start(), words);
      start = gap.end();
    }
    addParts(piece, start, piece.text().length(), words);
    return words;
  }

  private static void addParts(Token piece, int from, int to, List<Token> words) {
    int start = from;
    var touching = TOUCHING.matcher(piece.text()).region(from, to);
    touching.useTransparentBounds(true);
    while (touching.find()) {
      words.add(piece.part(start, touching.start()));
      start = touching.start();
    }
    if (start < to && !RULE.matcher(piece.text()).region(start, to).matches()) {
      words.add(piece.part(start, to));
    }
  }

  private static List<List<Token>> lines(List<Token> tokens) {
    var lines = new ArrayList<List<Token>>();
    double middle = 0;
    double height = 0;
    for (var token : tokens
      .stream()
      .sorted(Comparator.comparingDouble(each -> each.box().middle()))
      .toList()) {
      if (
        lines.isEmpty() ||
        token.box().middle() - middle > SAME_LINE * Math.min(height, token.box().height())
      ) {
        lines.add(new ArrayList<>());
      }
      var line = lines.getLast();
      line.add(token);
      middle = line
        .stream()
        .mapToDouble(each -> each.box().middle())
        .average()
        .orElseThrow();
      height = line
        .stream()
        .mapToDouble(each -> each.box().height())
        .max()
        .orElseThrow();
    }
    lines.forEach(line -> line.sort(Comparator.comparingDouble(each -> each.box().left())));
    return lines;
  }

  private static List<Phrase> phrases(List<Token> line) {
    var phrases = new ArrayList<Phrase>();
    var phrase = new ArrayList<Token>();
    for (var token : line) {
      if (!phrase.isEmpty() && isParted(phrase.getLast(), token)) {
        phrases.add(Phrase.of(phrase));
        phrase.clear();
      }
      phrase.add(token);
    }
    phrases.add(Phrase.of(phrase));
    return phrases;
  }

  /** By the gap between them; two amounts beside each other stand in two columns. */
  private static boolean isParted(Token left, Token right) {
    double gap = right.box().left() - left.box().right();
    double height = Math.min(left.box().height(), right.box().height());
    return (
      gap > (left.isOfLineOf(right) ? WIDEST_IN_LINE : WIDEST_SPACE) * height ||
      (AMOUNT.matcher(left.text()).matches() &&
        (AMOUNT.matcher(right.text()).matches() || CURRENCY.matcher(right.text()).matches()))
    );
  }

  public Stream<Phrase> phrases() {
    return lines.stream().flatMap(line -> line.phrases().stream());
  }

  /** The lines between the top and the bottom of a part of the page. */
  public Stream<Line> within(Box part) {
    return lines
      .stream()
      .filter(line -> line.box().middle() >= part.top() && line.box().middle() <= part.bottom());
  }

  /** The page's text, line by line. */
  public String text() {
    return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
  }

  public double right() {
    return lines
      .stream()
      .mapToDouble(line -> line.box().right())
      .max()
      .orElse(0);
  }

  public double bottom() {
    return lines
      .stream()
      .mapToDouble(line -> line.box().bottom())
      .max()
      .orElse(0);
  }
}

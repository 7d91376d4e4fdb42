package dev.billstep.samples;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;

/** A page to print on, in points from its upper left corner. */
final class Sheet implements AutoCloseable {

  private final PDRectangle size;
  private final PDFont regular;
  private final PDFont bold;
  private final Optional<PDFont> local;
  private final Press press;
  private final PDPageContentStream content;

  private Sheet(
    PDRectangle size,
    PDFont regular,
    PDFont bold,
    Optional<PDFont> local,
    Press press,
    PDPageContentStream content
  ) {
    this.size = size;
    this.regular = regular;
    this.bold = bold;
    this.local = local;
    this.press = press;
    this.content = content;
  }

  static Sheet open(PDDocument document, PDRectangle size, Press press) {
    try {
      var page = new PDPage(size);
      document.addPage(page);
      return new Sheet(
        size,
        press.family().regular(document),
        press.family().bold(document),
        press
          .manner()
          .script()
          .map(script -> FontFamily.load(document, script.font())),
        press,
        new PDPageContentStream(document, page)
      );
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double width() {
    return size.getWidth();
  }

  double height() {
    return size.getHeight();
  }

  void text(double x, double y, double points, String text) {
    print(regular, x, y, points, text);
  }

  void bold(double x, double y, double points, String text) {
    print(bold, x, y, points, text);
  }

  /** Ends at x. */
  void right(double x, double y, double points, String text) {
    print(regular, x - width(regular, points, text), y, points, text);
  }

  void rightBold(double x, double y, double points, String text) {
    print(bold, x - width(bold, points, text), y, points, text);
  }

  void center(double y, double points, String text) {
    print(bold, (width() - width(bold, points, text)) / 2, y, points, text);
  }

  /** As much of a text as fits into a width. */
  String fitting(double points, double width, String text) {
    var fitting = text;
    while (width(regular, points, fitting) > width && fitting.length() > 1) {
      fitting = fitting.substring(0, fitting.length() - 1);
    }
    return fitting;
  }

  void line(double x1, double y1, double x2, double y2) {
    try {
      content.setLineWidth(0.7f);
      content.moveTo((float) x1, (float) (height() - y1));
      content.lineTo((float) x2, (float) (height() - y2));
      content.stroke();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void box(double x, double y, double width, double height) {
    line(x, y, x + width, y);
    line(x, y + height, x + width, y + height);
    line(x, y, x, y + height);
    line(x + width, y, x + width, y + height);
  }

  void fill(double x, double y, double width, double height, Color color) {
    try {
      content.setNonStrokingColor(color);
      content.addRect((float) x, (float) (height() - y - height), (float) width, (float) height);
      content.fill();
      content.setNonStrokingColor(Color.BLACK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double width(PDFont font, double points, String text) {
    return runs(font, text)
      .stream()
      .mapToDouble(run -> run.width(points))
      .sum();
  }

  /** The rupee's sign is of 2010, and not every font has it. */
  private String printable(String text) {
    var printed = press.manner().words().in(text);
    return press.family().hasRupee() ? printed : printed.replace("₹ ", "Rs.").replace("₹", "Rs.");
  }

  private void print(PDFont font, double x, double y, double points, String text) {
    try {
      content.beginText();
      content.newLineAtOffset((float) x, (float) (height() - y));
      for (var run : runs(font, text)) {
        content.setFont(run.font(), (float) points);
        content.showText(run.text());
      }
      content.endText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each script has a font of its own. */
  private List<Run> runs(PDFont font, String text) {
    var printed = printable(text);
    var runs = new ArrayList<Run>();
    int start = 0;
    for (int at = 1; at <= printed.length(); at++) {
      if (at == printed.length() || isLocal(printed, at) != isLocal(printed, start)) {
        var run = printed.substring(start, at);
        runs.add(new Run(isLocal(printed, start) ? local.orElseThrow() : font, run));
        start = at;
      }
    }
    return runs;
  }

  private boolean isLocal(String text, int at) {
    return press
      .manner()
      .script()
      .filter(script -> script.has(text.codePointAt(at)))
      .isPresent();
  }

  private record Run(PDFont font, String text) {
    double width(double points) {
      try {
        return (font.getStringWidth(text) / 1000) * points;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.billstep.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Fonts that bills are printed in; free ones, from jars. */
enum FontFamily {
  LIBERATION_SANS("/liberation/LiberationSans-Regular.ttf", "/liberation/LiberationSans-Bold.ttf"),
  LIBERATION_SERIF(
    "/liberation/LiberationSerif-Regular.ttf",
    "/liberation/LiberationSerif-Bold.ttf"
  ),
  LIBERATION_MONO("/liberation/LiberationMono-Regular.ttf", "/liberation/LiberationMono-Bold.ttf"),
  DEJAVU_SANS(dejavu("Sans"), dejavu("Sans-Bold")),
  DEJAVU_SERIF(dejavu("Serif"), dejavu("Serif-Bold")),
  DEJAVU_SANS_CONDENSED(dejavu("SansCondensed"), dejavu("SansCondensed-Bold"));

  private final String regular;
  private final String bold;

  FontFamily(String regular, String bold) {
    this.regular = regular;
    this.bold = bold;
  }

  private static String dejavu(String face) {
    return "/net/sf/jasperreports/fonts/dejavu/DejaVu%s.ttf".formatted(face);
  }

  boolean hasRupee() {
    return name().startsWith("DEJAVU");
  }

  PDFont regular(PDDocument document) {
    return load(document, regular);
  }

  PDFont bold(PDDocument document) {
    return load(document, bold);
  }

  /** A font from the class path. */
  static PDFont load(PDDocument document, String resource) {
    try (var ttf = FontFamily.class.getResourceAsStream(resource)) {
      return PDType0Font.load(document, ttf, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

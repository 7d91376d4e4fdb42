package dev.billstep.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What text is drawn with whose font is not in the document: the Liberation fonts that come with this,
 * whatever the machine has. PDFBox would look for fonts in its folders, of which Lambda's images have
 * few, so that the same page would look and read otherwise there.
 */
final class PageFonts implements FontMapper {

  /** Names that are said of such fonts, in the usual spellings: "CourierNewPS-BoldMT". */
  private static final Pattern MONO = Pattern.compile(
    "courier|mono|consol|typewriter|fixed|lettergothic|menlo|andale"
  );

  private static final Pattern SERIF = Pattern.compile(
    "times|serif|roman|georgia|cambria|garamond|palatino|bookman|century|minion|baskerville|caslon|didot|constantia"
  );

  private static final Pattern SANS = Pattern.compile("sans");
  private static final Pattern BOLD = Pattern.compile("bold|black|heavy|demi");
  private static final Pattern ITALIC = Pattern.compile("italic|oblique");

  /** Of 100 to 900; 400 is regular (PDF 2.0, table 120). */
  private static final float BOLD_WEIGHT = 600;

  private static final PageFonts OURS = new PageFonts();

  private final Map<Face, TrueTypeFont> parsed = new HashMap<>();

  private PageFonts() {}

  /** Has PDFBox draw with these from now on. */
  static void use() {
    FontMappers.set(OURS);
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(
    String baseFont,
    @Nullable PDFontDescriptor descriptor
  ) {
    return new FontMapping<>(font(baseFont, descriptor), false);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(
    String baseFont,
    @Nullable PDFontDescriptor descriptor
  ) {
    return new FontMapping<>(font(baseFont, descriptor), false);
  }

  @Override
  public CIDFontMapping getCIDFont(
    String baseFont,
    @Nullable PDFontDescriptor descriptor,
    PDCIDSystemInfo system
  ) {
    return new CIDFontMapping(null, font(baseFont, descriptor), true);
  }

  private TrueTypeFont font(@Nullable String baseFont, @Nullable PDFontDescriptor descriptor) {
    var face = face(
      Objects.requireNonNullElse(baseFont, "").toLowerCase(Locale.ROOT).replaceAll("[ _-]", ""),
      Optional.ofNullable(descriptor)
    );
    synchronized (parsed) {
      return parsed.computeIfAbsent(face, Face::parse);
    }
  }

  private static Face face(String name, Optional<PDFontDescriptor> descriptor) {
    boolean isBold =
      BOLD.matcher(name).find() ||
      descriptor
        .filter(font -> font.isForceBold() || font.getFontWeight() > BOLD_WEIGHT)
        .isPresent();
    boolean isItalic =
      ITALIC.matcher(name).find() || descriptor.filter(PDFontDescriptor::isItalic).isPresent();
    var style = isBold
      ? isItalic
        ? Style.BOLD_ITALIC
        : Style.BOLD
      : isItalic
        ? Style.ITALIC
        : Style.REGULAR;
    return new Face(family(name, descriptor), style);
  }

  /** The name is more reliable than what a document says of the font. */
  private static Family family(String name, Optional<PDFontDescriptor> descriptor) {
    if (MONO.matcher(name).find()) {
      return Family.MONO;
    }
    if (SANS.matcher(name).find()) {
      return Family.SANS;
    }
    if (SERIF.matcher(name).find() || descriptor.filter(PDFontDescriptor::isSerif).isPresent()) {
      return Family.SERIF;
    }
    return descriptor.filter(PDFontDescriptor::isFixedPitch).isPresent()
      ? Family.MONO
      : Family.SANS;
  }

  private enum Family {
    SANS("Sans"),
    SERIF("Serif"),
    MONO("Mono");

    private final String name;

    Family(String name) {
      this.name = name;
    }
  }

  private enum Style {
    REGULAR("Regular"),
    BOLD("Bold"),
    ITALIC("Italic"),
    BOLD_ITALIC("BoldItalic");

    private final String name;

    Style(String name) {
      this.name = name;
    }
  }

  /** One of the fonts. */
  private record Face(Family family, Style style) {
    TrueTypeFont parse() {
      var file = "/liberation/Liberation%s-%s.ttf".formatted(family.name, style.name);
      try (var in = Objects.requireNonNull(PageFonts.class.getResourceAsStream(file))) {
        return new TTFParser().parse(new RandomAccessReadBuffer(in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

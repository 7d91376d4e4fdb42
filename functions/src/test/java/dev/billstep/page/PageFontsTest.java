package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page whose fonts are not in the document looks the same on every machine. */
class PageFontsTest {

  private static final String TEXT = "INVOICE No. 0817 of 12/04/2026, GSTIN 29ABCDE1234F1Z5";

  /** Where PDFBox notes what it has found, when it looks for fonts on the machine. */
  private static final String CACHE_FOLDER = "pdfbox.fontcache";

  private static final SplitLimits LIMITS = new SplitLimits(1_000_000, 1, 4_000_000, 200, 1);

  @TempDir
  Path folder;

  @BeforeEach
  void use() {
    PageFonts.use();
  }

  @ParameterizedTest
  @CsvSource({
    "Helvetica, LiberationSans",
    "Helvetica-BoldOblique, LiberationSans-BoldItalic",
    "Times-Roman, LiberationSerif",
    "Times-BoldItalic, LiberationSerif-BoldItalic",
    "Courier-Bold, LiberationMono-Bold",
    "ArialMT, LiberationSans",
    "'Arial,Bold', LiberationSans-Bold",
    "TimesNewRomanPS-ItalicMT, LiberationSerif-Italic",
    "Courier New, LiberationMono",
    "Consolas, LiberationMono",
    "Lucida Sans Typewriter, LiberationMono",
    "OpenSans-Semibold, LiberationSans-Bold",
    "MS Sans Serif, LiberationSans",
    "Georgia-Bold, LiberationSerif-Bold",
    "Nobody's, LiberationSans",
  })
  void aFontIsReplacedByOneOfItsKind(String name, String ours) throws IOException {
    assertThat(FontMappers.instance().getFontBoxFont(name, null).getFont().getName()).isEqualTo(
      ours
    );
  }

  @Test
  void aFontOfAnUnknownNameIsWhatTheDocumentSaysOfIt() throws IOException {
    var descriptor = new PDFontDescriptor(new COSDictionary());
    descriptor.setSerif(true);
    descriptor.setItalic(true);
    descriptor.setFontWeight(700);
    assertThat(
      FontMappers.instance().getTrueTypeFont("ABCDEF+F1", descriptor).getFont().getName()
    ).isEqualTo("LiberationSerif-BoldItalic");
  }

  /** The letters of both have the same widths, so that what is drawn is the same to the pixel. */
  @ParameterizedTest
  @CsvSource({
    "HELVETICA, Sans-Regular",
    "HELVETICA_BOLD, Sans-Bold",
    "TIMES_ROMAN, Serif-Regular",
    "COURIER, Mono-Regular",
  })
  void whatIsDrawnIsWhatOurFontWouldDraw(FontName theirs, String ours) throws IOException {
    System.setProperty(CACHE_FOLDER, folder.toString());
    try (var document = new PDDocument(); var embedding = new PDDocument()) {
      var drawn = drawn(document, new PDType1Font(theirs));
      try (
        var in = Objects.requireNonNull(
          PageFontsTest.class.getResourceAsStream("/liberation/Liberation" + ours + ".ttf")
        )
      ) {
        assertThat(
          difference(drawn, drawn(embedding, PDType0Font.load(embedding, in, true)))
        ).isLessThan(dark(drawn) / 10);
      }
      assertThat(dark(drawn)).isGreaterThan(0.0015); // Java shows a grey image lighter than it is.
    } finally {
      System.clearProperty(CACHE_FOLDER);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("cache")))
        .as("the machine's fonts were looked for")
        .isEmpty();
    }
  }

  /** As the splitter draws it. */
  private BufferedImage drawn(PDDocument document, PDFont font) throws IOException {
    var page = new PDPage(PDRectangle.A5);
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(font, 12);
      content.newLineAtOffset(20, 300);
      content.showText(TEXT);
      content.endText();
    }
    var file = folder.resolve("%s.pdf".formatted(font.getName().replaceAll("\\W", "")));
    var bytes = new ByteArrayOutputStream();
    document.save(bytes);
    Files.write(file, bytes.toByteArray());
    List<SplitPage> pages = new ArrayList<>();
    FontMappers.set(null); // The splitter itself has to name ours.
    new PdfSplitter().split(file, LIMITS, new Budget(), pages::add);
    var drawn = (SplitPage.Drawn) pages.getFirst();
    return ImageIO.read(new ByteArrayInputStream(drawn.png()));
  }

  /** The share of pixels that are dark on one and light on the other. */
  private static double difference(BufferedImage one, BufferedImage other) {
    return share(
      one,
      (x, y) -> Math.abs((one.getRGB(x, y) & 0xff) - (other.getRGB(x, y) & 0xff)) > 128
    );
  }

  private static double dark(BufferedImage image) {
    return share(image, (x, y) -> (image.getRGB(x, y) & 0xff) < 128);
  }

  private static double share(BufferedImage image, BiPredicate<Integer, Integer> pixels) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += pixels.test(x, y) ? 1 : 0;
      }
    }
    return (double) count / image.getWidth() / image.getHeight();
  }
}

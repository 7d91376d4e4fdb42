package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is uploaded ends as pages or as a sentence. */
@Timeout(60)
class HostileFilesTest {

  private static final SplitLimits LIMITS = new SplitLimits(1 << 26, 10, 20_000_000, 100, 5);

  /** Fewer steps: whatever has no end has none after these, and a busy machine takes its time. */
  private static final Budget.Shares SHARES = new Budget.Shares(
    Duration.ofSeconds(50),
    Duration.ofMinutes(1),
    20_000,
    Budget.SHARES.depth(),
    Budget.SHARES.pagesOver()
  );

  @TempDir
  Path folder;

  @Test
  void aScanOfAnOfficeCopierIsRead() throws IOException {
    var image = onlyImage(HostileFiles.jbig2());
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getRGB(5, 5)).isEqualTo(0xFF000000);
    assertThat(image.getRGB(300, 5)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void jpeg2000IsReadAsAScanAndAsAFile() throws IOException {
    for (var file : List.of(HostileFiles.jpeg2000Pdf(), HostileFiles.jpeg2000(300, 200))) {
      var image = onlyImage(file);
      assertThat(image.getWidth()).isEqualTo(300);
      assertThat(image.getRGB(5, 5)).isEqualTo(0xFF000000);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = { false, true })
  void aJpegInInkColoursIsRead(boolean isYcck) throws IOException {
    assertThat(onlyImage(HostileFiles.cmykJpeg(isYcck)).getRGB(9, 9)).isEqualTo(0xFFFFFFFF);
  }

  /** The dark corner of a picture that lies in the file as the camera was held. */
  @ParameterizedTest
  @CsvSource({
    "1, 120, 5, 5",
    "2, 120, 115, 5",
    "3, 120, 115, 75",
    "4, 120, 5, 75",
    "5, 80, 5, 5",
    "6, 80, 75, 5",
    "7, 80, 75, 115",
    "8, 80, 5, 115",
  })
  void aPhotoIsTurnedAsTheCameraNoted(int orientation, int width, int x, int y) throws IOException {
    var image = onlyImage(HostileFiles.turnedJpeg(orientation));
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getRGB(x, y) & 0xFF).isLessThan(40);
  }

  @Test
  void aPhotoThatEndsTooEarlyIsShownAsFarAsItGoes() throws IOException {
    assertThat(omissions(HostileFiles.cutShortJpeg())).containsExactly(Omission.END);
  }

  @Test
  void aWebpPictureIsRead() throws IOException {
    assertThat(onlyImage(HostileFiles.webp()).getWidth()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "a phone's HEIC photo, ....ftypheic",
    "a GIF picture, GIF89a",
    "'a Word, Excel or ZIP file', 'PK\u0003\u0004'",
    "a web page or an XML file, <!DOCTYPE html>",
  })
  void whatCanNotBeReadIsRefusedByWhatItIs(String what, String content) {
    assertThatThrownBy(() -> split(RawPdf.bytes(content)))
      .isInstanceOf(UploadRejected.OtherFormat.class)
      .hasMessageStartingWith("The file \"bill\" is %s, which can't be read here.".formatted(what))
      .hasMessageEndingWith("and upload that.");
  }

  @Test
  void aPictureOf16BitsAChannelHasNoMoreThan8Afterwards() throws IOException {
    var image = onlyImage(HostileFiles.png16());
    assertThat(image.getColorModel().getPixelSize()).isLessThanOrEqualTo(8);
    assertThat(image.getRGB(5, 5)).isEqualTo(0xFF000000);
    assertThat(image.getRGB(150, 5)).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void aPictureThatTakesMoreMemoryThanThereIsIsRefusedByItsHeader() throws IOException {
    var file = Files.write(folder.resolve("bill"), HostileFiles.hugePng16());
    var splitter = UploadKind.of(file, "bill").splitter();
    var limits = new SplitLimits(1 << 26, 10, 60_000_000, 100, 5);
    assertThatThrownBy(() -> splitter.split(file, limits, new Budget(), page -> {}))
      .isInstanceOf(PageUndrawable.TooMuchMemory.class)
      .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = { "CCITT T.4", "CCITT T.6", "LZW", "JPEG", "Deflate", "PackBits" })
  void everyPageOfAFaxOrAScanIsRead(String compression) throws IOException {
    assertThat(split(HostileFiles.tiff(compression)))
      .hasSize(2)
      .allSatisfy(page -> {
        assertThat(image(page).getRGB(5, 5) & 0xFF).isLessThan(40);
        assertThat(image(page).getRGB(150, 50) & 0xFF).isGreaterThan(215);
      });
  }

  @Test
  void aDirectoryThatIsItsOwnNextOneIsOnePage() throws IOException {
    assertThat(split(HostileFiles.tiffLoop())).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({ "64, 1", "32, 3" })
  void samplesOfAMicroscopeAreRefusedByWhatTheyAre(int bits, int format) {
    assertThatThrownBy(() -> split(HostileFiles.tiff(bits, format)))
      .isInstanceOf(PageUndrawable.UnknownFormat.class)
      .hasMessageContaining("can't be read here");
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "form-draws-itself-twice.pdf",
      "group-draws-itself-twice.pdf",
      "mask-of-itself.pdf",
      "glyph-of-itself.pdf",
    }
  )
  void whatDrawsItselfEnds(String name) {
    assertThatThrownBy(() -> split(made(name)))
      .isInstanceOf(PageUndrawable.TooMuchWork.class)
      .hasMessageContaining("takes too long");
  }

  @Test
  void aPatternOfItselfIsDrawnAsFarAsItMakesSense() throws IOException {
    assertThat(omissions(made("pattern-of-itself.pdf"))).contains(Omission.NESTING);
  }

  @ParameterizedTest
  @ValueSource(strings = { "mesh-of-many-patches.pdf", "gradient-by-a-long-program.pdf" })
  void aGradientThatTakesForEverIsLeftOut(String name) throws IOException {
    assertThat(omissions(made(name))).containsExactly(Omission.GRADIENT);
  }

  @Test
  void aPageOfNextToNoHeightHasNoSize() {
    assertThatThrownBy(() -> split(HostileFiles.box("0 0 720000000 0.1"))).isInstanceOf(
      PageUndrawable.NoSize.class
    );
  }

  @Test
  void aPageWhoseAreaIsMoreThanANumberHoldsIsTooLarge() {
    assertThatThrownBy(() -> split(HostileFiles.box("0 0 720000000 720000000"))).isInstanceOf(
      PageUndrawable.TooManyPixels.class
    );
    assertThat(LIMITS.isAllowed(1L << 32, 1L << 32)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = { "image-of-4-gib.pdf", "font-of-1-gib.pdf", "contents-of-1-gib.pdf" })
  void whatUnpacksToMoreThanThereIsRoomForIsNotUnpacked(String name) {
    assertThatThrownBy(() -> split(made(name))).isInstanceOf(PageUndrawable.TooMuchMemory.class);
  }

  @Test
  void anInlineImageThatUnpacksToMoreThanThereIsRoomForIsLeftOut() throws IOException {
    assertThat(omissions(made("inline-image-of-4-gib.pdf"))).containsExactly(Omission.IMAGE_SIZE);
  }

  @ParameterizedTest
  @ValueSource(
    strings = { "jpeg-that-says-65500-by-65500.pdf", "jbig2-that-says-60000-by-60000.pdf" }
  )
  void anImageThatIsLargerThanThePdfSaysIsMeasured(String name) {
    assertThatThrownBy(() -> split(made(name)))
      .isInstanceOf(PageUndrawable.TooManyPixels.class)
      .hasMessageContaining("00 × 6");
  }

  @Test
  void aLargeImageOnAPageOfOtherThingsIsLeftOut() throws IOException {
    var pdf = new RawPdf();
    int image = pdf.stream(
      "/Type/XObject/Subtype/Image/Width 9000/Height 9000/BitsPerComponent 8/ColorSpace/DeviceGray",
      "x"
    );
    pdf.page("/XObject<</I %d 0 R>>".formatted(image), "q 9 0 0 9 0 0 cm /I Do Q 0 0 9 9 re f");
    assertThat(omissions(pdf.bytes())).containsExactly(Omission.IMAGE_SIZE);
  }

  @Test
  void oneBadPageIsOneBadPage() throws IOException {
    assertThat(split(HostileFiles.oneBadPage()))
      .extracting(page -> page.getClass().getSimpleName())
      .containsExactly("Drawn", "Undrawn", "Drawn");
  }

  @Test
  void whatIsDamagedOnAPageIsNoted() throws IOException {
    assertThat(omissions(HostileFiles.damagedImage())).containsExactly(Omission.IMAGE);
    assertThat(omissions(HostileFiles.damagedFont())).containsExactly(Omission.FONT);
    assertThat(omissions(HostileFiles.damagedContents())).containsExactly(Omission.CONTENT);
  }

  @Test
  void aPageThatNamesWhatIsNotThereIsNoted() throws IOException {
    var pdf = new RawPdf().page("", "/Nothing Do 0 0 9 9 re f");
    assertThat(omissions(pdf.bytes())).containsExactly(Omission.CONTENT);
  }

  @Test
  void aPdfForTheHolderOfACertificateIsProtected() {
    assertThatThrownBy(() -> split(HostileFiles.publicKey()))
      .isInstanceOf(UploadRejected.Encrypted.class)
      .hasMessageContaining("a certificate");
  }

  @Test
  void aPageTreeThatIsItsOwnBranchHasNoPages() {
    assertThatThrownBy(() -> split(made("page-tree-of-itself.pdf"))).isInstanceOf(
      UploadRejected.NoPages.class
    );
  }

  @ParameterizedTest
  @ValueSource(
    classes = { StackOverflowError.class, OutOfMemoryError.class, NoClassDefFoundError.class }
  )
  void anErrorOfAPageIsThatPagesOwn(Class<? extends Error> type)
    throws ReflectiveOperationException {
    var error = type.getDeclaredConstructor().newInstance();
    var taken = new ArrayList<SplitPage>();
    var pages = new PageByPage(new Budget(), taken::add);
    pages.add(1, () -> {
      throw error;
    });
    pages.add(2, () ->
      new SplitPage.Drawn(
        2,
        new PageBitmap.Image(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY)),
        List.of(),
        Set.of()
      )
    );
    pages.end();
    assertThat(((SplitPage.Undrawn) taken.getFirst()).why())
      .hasCause(error)
      .hasMessageContaining("age 1 ");
    assertThat(taken).hasSize(2);
  }

  private byte[] made(String name) throws IOException {
    return Objects.requireNonNull(HostileFiles.all().get(name)).bytes();
  }

  private Set<Omission> omissions(byte[] file) throws IOException {
    return ((SplitPage.Drawn) split(file).getFirst()).omissions();
  }

  private BufferedImage onlyImage(byte[] file) throws IOException {
    var pages = split(file);
    assertThat(pages).hasSize(1);
    assertThat(((SplitPage.Drawn) pages.getFirst()).omissions()).isEmpty();
    return image(pages.getFirst());
  }

  private static BufferedImage image(SplitPage page) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(((SplitPage.Drawn) page).png()));
  }

  private List<SplitPage> split(byte[] content) throws IOException {
    var file = Files.write(folder.resolve("bill"), content);
    var pages = new ArrayList<SplitPage>();
    var splitter = UploadKind.of(file, "bill").splitter();
    new WatchedSplitter(splitter, () -> new Budget(SHARES, System::nanoTime)).split(
      file,
      LIMITS,
      pages::add
    );
    return pages;
  }
}

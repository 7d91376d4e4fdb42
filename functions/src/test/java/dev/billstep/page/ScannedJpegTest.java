package dev.billstep.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScannedJpegTest {

  @ParameterizedTest
  @EnumSource(value = Samples.Kind.class, names = { "GREY", "RGB" })
  void aScansSamplesAreThoseThatPdfBoxGives(Samples.Kind kind) throws IOException {
    try (var document = new PDDocument()) {
      ImageFormat.load();
      var scan = JPEGFactory.createFromImage(document, photo(kind), 0.6f);
      var rows = ScannedJpeg.of(scan).orElseThrow().rows(kind);
      assertThat(rows).isPresent();
      assertThat(rows.get()).isEqualTo(scan.createInputStream().readAllBytes());
    }
  }

  @Test
  void aGreyScanThatSaysItHasColoursIsLeftToPdfBox() throws IOException {
    try (var document = new PDDocument()) {
      var scan = JPEGFactory.createFromImage(document, photo(Samples.Kind.GREY), 0.6f);
      assertThat(ScannedJpeg.of(scan).orElseThrow().rows(Samples.Kind.RGB)).isEmpty();
    }
  }

  @Test
  void whatIsNoJpegIsLeftToPdfBox() throws IOException {
    try (var document = new PDDocument()) {
      var scan = new PDImageXObject(
        document,
        new ByteArrayInputStream(new byte[100]),
        COSName.DCT_DECODE,
        10,
        10,
        8,
        PDDeviceRGB.INSTANCE
      );
      assertThat(ScannedJpeg.of(scan).orElseThrow().rows(Samples.Kind.RGB)).isEmpty();
    }
  }

  private static BufferedImage photo(Samples.Kind kind) {
    int type =
      kind == Samples.Kind.GREY ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(203, 150, type);
    var random = new Random(4);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, ((x << 16) | (y << 8) | random.nextInt(200)) & 0xFFFFFF);
      }
    }
    return image;
  }
}

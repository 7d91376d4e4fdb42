package dev.billstep.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.job.JobId;
import dev.billstep.page.InMemoryPages;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.Picture;
import dev.billstep.page.Picture.Format;
import dev.billstep.page.Sha256;
import dev.billstep.reading.PageUnsendable;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentPageTest {

  private static final int SENT_HEIGHT = 500;

  /** 600, 400, 300 and 200 dpi of A4 to 2,000 px, all a quarter as large; grey, RGB, black and white. */
  @ParameterizedTest
  @CsvSource({ "1754, 10", "1169, 10", "877, 10", "585, 10", "1754, 1", "1754, 12" })
  void aLargeScanIsMadeSmallerWithoutBreakingItsStrokes(int height, int imageType)
    throws IOException {
    var scan = print((height * 1000) / 1414, height, imageType);
    var sent = sent(scan, picture(Format.PNG, SENT_HEIGHT));
    assertThat(sent.getHeight()).isEqualTo(SENT_HEIGHT);
    assertThat(decibels(sent, means(scan, sent.getWidth(), SENT_HEIGHT))).isGreaterThan(30);
  }

  @Test
  void greysStayAsTheyAre() throws IOException {
    var grey = new BufferedImage(700, 1000, BufferedImage.TYPE_BYTE_GRAY);
    var pixels = grey.getRaster();
    for (int y = 0; y < 1000; y++) {
      for (int x = 0; x < 700; x++) {
        pixels.setSample(x, y, 0, 128);
      }
    }
    var sent = sent(grey, picture(Format.PNG, SENT_HEIGHT));
    assertThat(drawnValue(sent, 100, 100)).isEqualTo(128);
    assertThat(sent.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
  }

  @ParameterizedTest
  @EnumSource
  void transparencyIsWhite(Format format) throws IOException {
    var clear = new BufferedImage(70, 1000, BufferedImage.TYPE_INT_ARGB);
    var sent = sent(clear, picture(format, SENT_HEIGHT));
    assertThat(sent.getRGB(10, 10) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @ParameterizedTest
  @ValueSource(
    ints = {
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_USHORT_GRAY,
      BufferedImage.TYPE_BYTE_BINARY,
      BufferedImage.TYPE_BYTE_INDEXED,
    }
  )
  void anImageOfAnyKindIsSentAsJpegAndNeverAsNothing(int imageType) throws IOException {
    var page = new BufferedImage(30, 40, imageType);
    var sent = sent(page, picture(Format.JPEG, SENT_HEIGHT));
    assertThat(sent.getWidth()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(strings = { "", "no image" })
  void aPageThatIsNoImageIsNotSent(String stored) {
    var page = page(stored.getBytes(StandardCharsets.UTF_8));
    for (var format : Format.values()) {
      assertThatThrownBy(() -> SentPage.of(page, picture(format, SENT_HEIGHT), DetailLevel.HIGH))
        .isInstanceOf(PageUnsendable.class)
        .hasMessageContaining("page 1")
        .hasMessageContaining("no image");
    }
  }

  /** Strokes as thin and as many as those of small print. */
  private static BufferedImage print(int width, int height, int imageType) {
    var print = new BufferedImage(width, height, imageType);
    var graphics = print.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.BLACK);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setStroke(new BasicStroke(Math.max(1, height / 1000f)));
    var random = new Random(1);
    int letter = height / 150;
    for (int y = 0; y < height; y += letter) {
      for (int x = 0; x < width; x += letter) {
        graphics.drawLine(
          x + random.nextInt(letter),
          y + random.nextInt(letter),
          x + random.nextInt(letter),
          y + random.nextInt(letter)
        );
      }
    }
    graphics.dispose();
    return print;
  }

  /** Anthropic and Bedrock take 5 MB of an image, which is a third larger on the wire. */
  @Test
  void aPhotoOfNoiseIsSentWithinWhatProvidersTake() throws IOException {
    var noise = new BufferedImage(1_500, 2_100, BufferedImage.TYPE_INT_RGB);
    var random = new Random(1);
    for (int y = 0; y < noise.getHeight(); y++) {
      for (int x = 0; x < noise.getWidth(); x++) {
        noise.setRGB(x, y, random.nextInt(0x1000000));
      }
    }
    var png = new ByteArrayOutputStream();
    ImageIO.write(noise, "png", png);
    for (var format : Format.values()) {
      var sent = SentPage.of(page(png.toByteArray()), picture(format, 2_100), DetailLevel.HIGH);
      assertThat(sent.image().base64Data().length()).isBetween(1_000_000, 5_000_000);
    }
  }

  private static BufferedImage sent(BufferedImage image, Picture wanted) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    var page = page(png.toByteArray());
    var content = SentPage.of(page, wanted, DetailLevel.HIGH).image().base64Data();
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(content)));
  }

  private static Picture picture(Format format, int longEdge) {
    return new Picture(format, longEdge, 3_500_000);
  }

  private static PageImage page(byte[] stored) {
    var pages = new InMemoryPages();
    var uri = pages.storePage(JobId.of("00000000-0000-0000-0000-000000000001"), stored);
    return PageImage.load(pages, new PageRef(1, Sha256.of(stored), uri, Optional.empty()));
  }

  /** The mean of all that each pixel stands for, by its definition. */
  private static double[][] means(BufferedImage image, int width, int height) {
    double across = (double) image.getWidth() / width;
    double down = (double) image.getHeight() / height;
    var means = new double[height][width];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int value = drawnValue(image, x, y);
        for (int toY = (int) (y / down); toY < height && toY * down < y + 1; toY++) {
          for (int toX = (int) (x / across); toX < width && toX * across < x + 1; toX++) {
            means[toY][toX] +=
              (value * overlap(x, toX * across, across) * overlap(y, toY * down, down)) /
              (across * down);
          }
        }
      }
    }
    return means;
  }

  private static double overlap(int pixel, double start, double length) {
    return Math.max(0, Math.min(pixel + 1, start + length) - Math.max(pixel, start));
  }

  /** As it is stored: Java takes a grey image's values for linear ones where it gives colours. */
  private static int drawnValue(BufferedImage image, int x, int y) {
    return image.getType() == BufferedImage.TYPE_BYTE_GRAY
      ? image.getRaster().getSample(x, y, 0)
      : image.getRGB(x, y) & 0xFF;
  }

  private static double decibels(BufferedImage sent, double[][] wanted) {
    double squares = 0;
    for (int y = 0; y < sent.getHeight(); y++) {
      for (int x = 0; x < sent.getWidth(); x++) {
        squares += Math.pow(drawnValue(sent, x, y) - wanted[y][x], 2);
      }
    }
    return 10 * Math.log10((255.0 * 255.0 * sent.getWidth() * sent.getHeight()) / squares);
  }
}

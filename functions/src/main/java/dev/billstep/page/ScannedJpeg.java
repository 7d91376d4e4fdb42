package dev.billstep.page;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * A scan that is a JPEG, decoded where its samples are wanted: PDFBox has the same decoder write it elsewhere, in
 * another order, and copies that four times.
 */
record ScannedJpeg(PDImageXObject scan) {
  /** Of a scan that is packed as nothing else. */
  static Optional<ScannedJpeg> of(PDImageXObject scan) {
    return List.of(COSName.DCT_DECODE).equals(new PDStream(scan.getCOSObject()).getFilters())
      ? Optional.of(new ScannedJpeg(scan))
      : Optional.empty();
  }

  /**
   * Its samples as PDFBox would give them.
   *
   * @return empty where it is not what the PDF says, or damaged: PDFBox may make something of it
   */
  Optional<byte[]> rows(Samples.Kind kind) {
    var reader = ImageFormat.JPEG.reader();
    try (
      var raw = scan.getCOSObject().createRawInputStream();
      var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(raw.readAllBytes()))
    ) {
      reader.setInput(in);
      return isAsSaid(reader) ? Optional.of(rows(kind, reader)) : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }

  private boolean isAsSaid(ImageReader reader) throws IOException {
    return reader.getWidth(0) == scan.getWidth() && reader.getHeight(0) == scan.getHeight();
  }

  private static byte[] rows(Samples.Kind kind, ImageReader reader) throws IOException {
    return switch (kind) {
      case GREY -> bytes(reader.readRaster(0, null), 1);
      case RGB -> colours(reader);
      case BILEVEL -> throw new IOException("A JPEG has eight bits a sample");
    };
  }

  /** In the colour space that the decoder would choose, so that none is converted, and with red first. */
  private static byte[] colours(ImageReader reader) throws IOException {
    var model = reader.getImageTypes(0).next().getColorModel();
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    var raster = Raster.createInterleavedRaster(
      DataBuffer.TYPE_BYTE,
      width,
      height,
      model.getNumComponents(),
      null
    );
    var asked = reader.getDefaultReadParam();
    asked.setDestination(new BufferedImage(model, raster, false, null));
    return bytes(reader.read(0, asked).getRaster(), 3);
  }

  private static byte[] bytes(Raster raster, int bands) throws IOException {
    if (raster.getNumBands() != bands || !(raster.getDataBuffer() instanceof DataBufferByte rows)) {
      throw new IOException("It has other channels than the PDF says");
    }
    return rows.getData();
  }
}

package dev.billstep.offline;

import dev.billstep.json.Json;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.PpOcr;
import dev.billstep.page.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** OCR that keeps what it has read in a folder, by the image's hash: the same image is read once. */
public final class RememberedOcr implements PageOcr {

  private final Path folder;
  private final PageOcr ocr;

  /**
   * OCR with its models on a class path.
   *
   * @param folder where it keeps what it has read
   */
  public RememberedOcr(Path folder, ClassLoader models) {
    this(folder, new PpOcr(models)::read);
  }

  RememberedOcr(Path folder, PageOcr ocr) {
    this.folder = folder;
    this.ocr = ocr;
  }

  @Override
  public OcrText read(byte[] png) {
    var file = folder.resolve(Sha256.of(png) + ".json");
    try {
      if (Files.exists(file)) {
        return Json.read(Files.readAllBytes(file), OcrText.class);
      }
      var text = ocr.read(png);
      Files.createDirectories(folder);
      var part = Files.createTempFile(folder, ".part-", "");
      Files.write(part, Json.bytes(text));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

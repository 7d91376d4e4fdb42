package dev.billstep.offline;

import dev.billstep.json.Json;
import dev.billstep.ocr.Box;
import dev.billstep.ocr.OcrText;
import dev.billstep.ocr.PpOcr;
import dev.billstep.ocr.SeenAtPlace;
import dev.billstep.page.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Supplier;

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
    this(folder, new LocalOcr(new PpOcr(models)));
  }

  RememberedOcr(Path folder, PageOcr ocr) {
    this.folder = folder;
    this.ocr = ocr;
  }

  @Override
  public OcrText read(byte[] png) {
    return remembered(Sha256.of(png), OcrText.class, () -> ocr.read(png));
  }

  @Override
  public List<SeenAtPlace> readAt(byte[] png, List<Box> places) {
    var name = Sha256.of(png) + "-" + Sha256.of(Json.bytes(places));
    return List.of(
      remembered(name, SeenAtPlace[].class, () ->
        ocr.readAt(png, places).toArray(SeenAtPlace[]::new)
      )
    );
  }

  private <T> T remembered(String name, Class<T> type, Supplier<T> look) {
    var file = folder.resolve(name + ".json");
    try {
      if (Files.exists(file)) {
        return Json.read(Files.readAllBytes(file), type);
      }
      var seen = look.get();
      Files.createDirectories(folder);
      var part = Files.createTempFile(folder, ".part-", "");
      Files.write(part, Json.bytes(seen));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

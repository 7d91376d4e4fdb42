package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.embedded.LocalOcrModels;
import dev.billstep.embedded.Progress;
import dev.billstep.embedded.Project;
import dev.billstep.evaluation.DirectReading;
import dev.billstep.evaluation.DirectReading.ReadPage;
import dev.billstep.evaluation.DirectReading.Wear;
import dev.billstep.json.Json;
import dev.billstep.offline.OfflineProvider;
import dev.billstep.offline.RememberedOcr;
import dev.billstep.page.PageStore;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.Word;
import dev.billstep.reading.FieldChecks;
import dev.billstep.samples.Degradation;
import dev.billstep.samples.LayerFault;
import dev.billstep.storage.FilePageStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The offline reader in this process, without a stack. Pages, and what OCR sees on them, are kept, so
 * that documents that were read before take no time: what is measured is the rules.
 */
final class DirectEvaluation {

  /** What the pages of a worn document are told apart by. */
  private static final long SEED = 1;

  private static final String MODEL = "offline/ppocr-v6";

  private final PageStore store;
  private final DirectReading reading;

  /** Of this machine, which keeps what OCR has seen with the project. */
  static DirectEvaluation ofMachine(Project project, Progress progress, Wear wear) {
    return new DirectEvaluation(project, project.stateFolder().resolve("eval"), progress, wear);
  }

  /**
   * Makes a reader.
   *
   * @param kept the folder of pages that were split, and of what OCR has seen on them
   */
  DirectEvaluation(Project project, Path kept, Progress progress, Wear wear) {
    var models = LocalOcrModels.classPath(project, progress);
    this.store = new FilePageStore(kept);
    this.reading = new DirectReading(
      new OfflineProvider(new RememberedOcr(kept.resolve("ocr"), models)).model(),
      MODEL,
      schemas(project),
      new FieldChecks(InstantSource.system()),
      read(project.home().resolve("prisma/settings/split.limits.json"), SplitLimits.class),
      store,
      wear
    );
  }

  /** Pages that were scanned, and worn so. */
  static Wear worn(Degradation degradation) {
    return new Worn(degradation);
  }

  /** Pages whose text layer is at fault. */
  static Wear withFault(LayerFault fault) {
    return new Faulty(fault);
  }

  List<ReadPage> read(Path document) {
    return reading.read(document);
  }

  byte[] image(URI uri) {
    return store.fetch(uri);
  }

  /** Those that a new database has. */
  private static Map<DocType, DocTypeSchema> schemas(Project project) {
    var schemas = new EnumMap<DocType, DocTypeSchema>(DocType.class);
    for (var type : DocType.values()) {
      var file = project
        .home()
        .resolve("prisma/doctypes")
        .resolve(type.label())
        .resolve("v1.schema.json");
      schemas.put(
        type,
        new DocTypeSchema(type, 1, read(file, JsonNode.class), new Prompt("1", ""))
      );
    }
    return schemas;
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Json.read(Files.readAllBytes(file), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without its text layer, and with what has happened to it. */
  private record Worn(Degradation degradation) implements Wear {
    @Override
    public String name() {
      return degradation.name();
    }

    @Override
    public List<Word> words(List<Word> layer) {
      return List.of();
    }

    @Override
    public byte[] worn(byte[] png) {
      return degradation.worn(png, SEED);
    }
  }

  private record Faulty(LayerFault fault) implements Wear {
    @Override
    public String name() {
      return fault.name();
    }

    @Override
    public List<Word> words(List<Word> layer) {
      return fault.in(layer);
    }

    @Override
    public byte[] worn(byte[] png) {
      return png;
    }
  }
}

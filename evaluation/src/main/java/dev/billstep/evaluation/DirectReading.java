package dev.billstep.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doc.Doc;
import dev.billstep.doc.Evidence;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.DocumentSplitter;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.PageStore;
import dev.billstep.page.Sha256;
import dev.billstep.page.SplitLimits;
import dev.billstep.page.SplitPage;
import dev.billstep.page.Word;
import dev.billstep.reading.CheckedAnswer;
import dev.billstep.reading.Classification;
import dev.billstep.reading.FieldChecks;
import dev.billstep.reading.PageModel;
import dev.billstep.reading.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Reads documents in this process, without a stack: splits, classifies, reads and checks each page as
 * the pipeline's steps do. Pages are kept in the store by their document's content, so that a
 * document is split once.
 */
public final class DirectReading {

  private static final String PAGES = "pages";
  private static final Prompt NO_PROMPT = new Prompt("none", "");

  private final PageModel model;
  private final String modelId;
  private final Map<DocType, DocTypeSchema> schemas;
  private final FieldChecks checks;
  private final SplitLimits limits;
  private final PageStore store;
  private final Wear wear;

  /**
   * Makes a reader.
   *
   * @param modelId as in {@code Doc.model_id}
   * @param wear what has happened to the pages before they are read
   */
  public DirectReading(
    PageModel model,
    String modelId,
    Map<DocType, DocTypeSchema> schemas,
    FieldChecks checks,
    SplitLimits limits,
    PageStore store,
    Wear wear
  ) {
    this.model = model;
    this.modelId = modelId;
    this.schemas = schemas;
    this.checks = checks;
    this.limits = limits;
    this.store = store;
    this.wear = wear;
  }

  /** The rows that the pipeline would write; none for a page that can't be drawn. */
  public List<JsonNode> rows(Path document) {
    return read(document).stream().map(ReadPage::row).toList();
  }

  /** The same, each with what tells how far it can be believed. */
  public List<ReadPage> read(Path document) {
    var pages = pages(document);
    var images = pages
      .stream()
      .map(page -> PageImage.load(store, page))
      .toList();
    var labels = model.classify(images, NO_PROMPT).labels();
    return IntStream.range(0, pages.size())
      .mapToObj(index -> read(pages.get(index), images.get(index), labels.get(index)))
      .toList();
  }

  private ReadPage read(PageRef page, PageImage image, PageModel.Label label) {
    var schema = schemas.get(label.type());
    if (schema == null) {
      throw new IllegalStateException("no schema for " + label.type());
    }
    var read = CheckedAnswer.of(schema, model.read(image, schema));
    if (!read.problems().isEmpty()) {
      throw new IllegalStateException("page %d: %s".formatted(page.number(), read.problems()));
    }
    var reading = new Reading(
      label.type(),
      read.fields(),
      read.printed(image.words()),
      read.answer().text(),
      read.answer().doubts(),
      model.readsWords(),
      modelId,
      "",
      schema.version(),
      List.of()
    );
    // Nothing is called, and nothing paid for.
    var classification = new Classification(
      label.type(),
      label.confidence(),
      modelId,
      "",
      Optional.empty()
    );
    var row = Doc.of(page, classification, reading, checks.findings(label.type(), read.fields()));
    return new ReadPage(
      Json.mapper().valueToTree(row),
      Evidence.of(classification, row.ocrPayload().findings())
    );
  }

  private List<PageRef> pages(Path document) {
    try {
      var address = Sha256.of(Files.readAllBytes(document)) + wear.name();
      var job = new JobId(UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)));
      var known = store.findRecord(job, PAGES);
      if (known.isPresent()) {
        return List.of(Json.read(known.get(), PageRef[].class));
      }
      var pages = new ArrayList<PageRef>();
      DocumentSplitter.of(document, document.toString()).split(document, limits, page -> {
        if (page instanceof SplitPage.Drawn drawn) {
          pages.add(kept(job, drawn));
        }
      });
      store.storeRecord(job, PAGES, Json.bytes(pages));
      return pages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PageRef kept(JobId job, SplitPage.Drawn drawn) {
    var png = wear.worn(drawn.png());
    var left = wear.words(drawn.words());
    var words = left.isEmpty()
      ? Optional.<URI>empty()
      : Optional.of(store.storeRecord(job, "words-" + drawn.number(), Json.bytes(left)));
    return new PageRef(
      drawn.number(),
      Sha256.of(png),
      store.storePage(job, png),
      words,
      drawn.omissions()
    );
  }

  /** What happens to a page between its printer and its reader. */
  public interface Wear {
    /** Nothing at all. */
    Wear NONE = new Wear() {
      @Override
      public String name() {
        return "";
      }

      @Override
      public List<Word> words(List<Word> layer) {
        return layer;
      }

      @Override
      public byte[] worn(byte[] png) {
        return png;
      }
    };

    String name();

    /** What is left of the page's own text layer. */
    List<Word> words(List<Word> layer);

    byte[] worn(byte[] png);
  }

  /**
   * A page that was read.
   *
   * @param row that the pipeline would write
   */
  public record ReadPage(JsonNode row, Evidence evidence) {}
}

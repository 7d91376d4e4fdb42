package dev.billstep.settings;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.billstep.doctype.DocType;
import dev.billstep.doctype.DocTypeSchema;
import dev.billstep.doctype.Prompt;
import dev.billstep.job.Replay;
import dev.billstep.json.Json;
import dev.billstep.page.PageStore;
import dev.billstep.page.SplitLimits;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a run does, fixed at its claim: changing a setting never changes a run under way.
 *
 * @param classifyBatchSize pages per classification call; 1 turns batching off
 * @param schemas the schema that each doc type is read by; none for one whose row is yet to come
 * @param prices by model id
 * @param pages that are read, from 1 and in order; empty for all
 * @param resultsOf the run whose results alone count, where a replay ignores the cache
 * @param types what pages are by a person's word, by the SHA-256 of their images
 * @param batch whether the model's provider is asked by its batch interface; at once where it is not said
 */
public record JobSettings(
  ModelSettings model,
  Prompt classifyPrompt,
  int classifyBatchSize,
  SplitLimits limits,
  @JsonDeserialize(using = KnownSchemas.class) Map<DocType, DocTypeSchema> schemas,
  FailurePolicy failurePolicy,
  Concurrency concurrency,
  WaitingSettings waiting,
  Map<String, Price> prices,
  @JsonSetter(nulls = Nulls.AS_EMPTY) List<Integer> pages,
  Optional<String> resultsOf,
  @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, DocType> types,
  Optional<Boolean> batch
) {
  /** The snapshot that a run was given at its claim. */
  public static JobSettings load(PageStore store, URI snapshot) {
    return Json.read(store.fetch(snapshot), JobSettings.class);
  }

  /**
   * The schema that a doc type is read by.
   *
   * @throws SettingInvalid when there is none
   */
  public DocTypeSchema schemaOf(DocType type) {
    var schema = schemas.get(type);
    if (schema == null) {
      throw new SettingInvalid("DocTypeSchema", "no active schema for " + type.label());
    }
    return schema;
  }

  /** What a page of that type is for this run: one without a schema is not rolled out, and unknown to it. */
  public DocType readAs(DocType type) {
    return schemas.containsKey(type) ? type : DocType.UNKNOWN;
  }

  /**
   * What a page is by a person's word, where somebody has said it.
   *
   * @param sha256 of the page's image, in hex
   */
  public Optional<DocType> typeOf(String sha256) {
    return Optional.ofNullable(types.get(sha256)).map(this::readAs);
  }

  /** The pages that are read, where they are not all. */
  public Optional<List<Integer>> onlyPages() {
    return pages.isEmpty() ? Optional.empty() : Optional.of(pages);
  }

  /** Whether it may wait a day for half the price. */
  public boolean mayWait() {
    return batch.orElse(false);
  }

  /** What a model costs. */
  public Price price(String modelId) {
    return prices.getOrDefault(modelId, Price.NONE);
  }

  /**
   * These settings as a replay wants them. Another model than theirs is asked at once: whoever names it
   * looks at what it says.
   *
   * @param everySchema all versions of all doc types
   * @throws SettingInvalid when there is no such model or schema version
   */
  public JobSettings forReplay(Replay replay, Collection<DocTypeSchema> everySchema) {
    return with(
      replay
        .model()
        .map(id -> model.withId("replay.model", id))
        .orElse(model),
      replay
        .schemaVersion()
        .map(version -> schemas(version, everySchema))
        .orElse(schemas),
      replay.pages(),
      resultsOf,
      types,
      replay.model().isPresent() ? Optional.empty() : batch
    );
  }

  private Map<DocType, DocTypeSchema> schemas(int version, Collection<DocTypeSchema> everySchema) {
    var wanted = everySchema
      .stream()
      .filter(schema -> schema.version() == version)
      .toList();
    if (wanted.isEmpty()) {
      throw new SettingInvalid(
        "replay.schemaVersion",
        "no doc type has a schema version " + version
      );
    }
    var replaced = new HashMap<>(schemas);
    wanted.forEach(schema -> replaced.put(schema.docType(), schema));
    return Map.copyOf(replaced);
  }

  /** These settings, with no result counting that another run than this one has left. */
  public JobSettings withResultsOf(String run) {
    return with(model, schemas, pages, Optional.of(run), types, batch);
  }

  /** These settings, with what pages are by a person's word. */
  public JobSettings withTypes(Map<String, DocType> known) {
    return with(model, schemas, pages, resultsOf, known, batch);
  }

  private JobSettings with(
    ModelSettings otherModel,
    Map<DocType, DocTypeSchema> otherSchemas,
    List<Integer> otherPages,
    Optional<String> otherResultsOf,
    Map<String, DocType> otherTypes,
    Optional<Boolean> otherBatch
  ) {
    return new JobSettings(
      otherModel,
      classifyPrompt,
      classifyBatchSize,
      limits,
      otherSchemas,
      failurePolicy,
      concurrency,
      waiting,
      prices,
      otherPages,
      otherResultsOf,
      otherTypes,
      otherBatch
    );
  }

  /** Pages in the groups that are classified together. */
  public List<List<Integer>> batches(List<Integer> pages) {
    return IntStream.iterate(0, first -> first < pages.size(), first -> first + classifyBatchSize)
      .mapToObj(first ->
        List.copyOf(pages.subList(first, Math.min(pages.size(), first + classifyBatchSize)))
      )
      .toList();
  }

  void check() {
    model.check();
    limits.problem().ifPresent(problem -> {
      throw new SettingInvalid("split.limits", problem);
    });
    failurePolicy.check();
    concurrency.check();
    waiting.check();
    if (classifyBatchSize < 1) {
      throw new SettingInvalid(
        "classify.batch_size",
        "it must be 1 or more, but is " + classifyBatchSize
      );
    }
    schemaOf(DocType.UNKNOWN);
    if (schemas.size() == 1) {
      throw new SettingInvalid("DocTypeSchema", "there is nothing to read but unknown pages");
    }
  }
}

package dev.billstep.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.operation.OperationRefused.Reason;
import dev.billstep.stack.DeployedStack;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** What is kept of pages: their images, and what runs have noted about them. */
public final class PageFiles {

  private final String root;
  private final Function<URI, byte[]> fetch;
  private final Optional<WordsOfScans> scans;

  private PageFiles(String root, Function<URI, byte[]> fetch, Optional<WordsOfScans> scans) {
    this.root = root;
    this.fetch = fetch;
    this.scans = scans;
  }

  /** Those of a stack, whose rows say in full where they are. */
  public static PageFiles of(DeployedStack stack) {
    return new PageFiles("", stack::fetchPage, Optional.empty());
  }

  /**
   * Those below a root, for rows that say where they are below it ({@link OwnRows}).
   *
   * @param root {@code s3://{bucket}} or {@code file:///{folder}}
   */
  public static PageFiles below(String root, Function<URI, byte[]> fetch) {
    return new PageFiles(root.replaceFirst("/*$", "/"), fetch, Optional.empty());
  }

  /** These, where somebody looks for the words of scans that no run has noted. */
  public PageFiles withWords(WordsOfScans ofScans) {
    return new PageFiles(root, fetch, Optional.of(ofScans));
  }

  /** Who looks for the words of scans; nobody, where there is nobody on this machine. */
  Optional<WordsOfScans> scans() {
    return scans;
  }

  /**
   * What is at a place.
   *
   * @throws dev.billstep.page.BlobMissing when it is gone
   * @throws dev.billstep.page.BlobChanged when it is not what was read any more
   */
  byte[] fetch(URI place) {
    return fetch.apply(place);
  }

  /**
   * Where the image is that a row was read from; none of a page that could not be drawn.
   *
   * @param row a {@code Doc} or {@code DocRevision}
   */
  public Optional<URI> imagePlace(JsonNode row) {
    return Optional.of(row.path("storage_uri").asText())
      .filter(uri -> uri.endsWith(".png"))
      .map(uri -> URI.create(root + uri));
  }

  /**
   * The image that a row was read from, a PNG; none of a page that could not be drawn.
   *
   * @param row a {@code Doc} or {@code DocRevision}
   * @throws dev.billstep.page.BlobMissing when it is gone
   * @throws dev.billstep.page.BlobChanged when it is not what was read any more
   */
  public Optional<byte[]> image(JsonNode row) {
    return imagePlace(row).map(this::fetch);
  }

  /**
   * As {@link #image}.
   *
   * @throws OperationRefused where the page has none
   */
  public byte[] imageOrRefuse(JsonNode doc) {
    return image(doc).orElseThrow(() ->
      new OperationRefused(
        Reason.NOT_FOUND,
        "Page %d has no image: it could not be drawn.".formatted(doc.path("page_number").asInt())
      )
    );
  }
}

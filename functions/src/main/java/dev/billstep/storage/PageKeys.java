package dev.billstep.storage;

import dev.billstep.job.JobId;
import dev.billstep.page.BlobChanged;
import dev.billstep.page.Picture;
import dev.billstep.page.Sha256;
import java.net.URI;
import java.util.regex.Pattern;

/** Where things are below a store's root: the same for every kind of store. */
public final class PageKeys {

  /** What the key of all that is made of an upload begins with. */
  public static final String PREFIX = "jobs/";

  private static final Pattern NAMED_BY_CONTENT = Pattern.compile(".*/([0-9a-f]{64})\\.[a-z.]+");

  private PageKeys() {}

  static String page(JobId jobId, byte[] png) {
    return page(jobId, Sha256.of(png));
  }

  /**
   * That of a page's image.
   *
   * @param sha256 of its content, in hex
   */
  public static String page(JobId jobId, String sha256) {
    return PREFIX + "%s/pages/%s.png".formatted(jobId, sha256);
  }

  static String picture(JobId jobId, String pageSha256, Picture.Format format, byte[] picture) {
    return (
      PREFIX +
      "%s/pictures/%s/%s.%s".formatted(jobId, pageSha256, Sha256.of(picture), format.suffix())
    );
  }

  static String currentPage(JobId jobId, int pageNumber) {
    return PREFIX + "%s/page-%d.png".formatted(jobId, pageNumber);
  }

  static String record(JobId jobId, String name) {
    return PREFIX + "%s/%s.json".formatted(jobId, name);
  }

  /**
   * What was fetched, where it is what its name says.
   *
   * @throws BlobChanged where it is not
   */
  static byte[] checked(URI uri, byte[] content) {
    var name = NAMED_BY_CONTENT.matcher(uri.getPath());
    if (name.matches() && !name.group(1).equals(Sha256.of(content))) {
      throw new BlobChanged(uri.toString());
    }
    return content;
  }
}

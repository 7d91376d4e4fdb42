package dev.billstep.lab;

import dev.billstep.doctype.DocType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What pages are classified and read with.
 *
 * @param name for people
 * @param version of the prompts that Billstep comes with; none for the newest
 * @param own texts in their place: by {@link #CLASSIFY}, or the doc type that they read
 */
public record PromptSet(String name, Optional<Integer> version, Map<String, String> own) {
  /** The prompt that pages are classified with. */
  static final String CLASSIFY = "classify";

  /** The newest that Billstep comes with. */
  public static final PromptSet NEWEST = new PromptSet("newest", Optional.empty(), Map.of());

  private static final String FILE = ".md";

  /** Those that Billstep came with at some time; an earlier one where there is none of that version. */
  public static PromptSet ofVersion(int version) {
    return new PromptSet("v" + version, Optional.of(version), Map.of());
  }

  /**
   * The newest, and one's own in their place: {@code classify.md}, {@code bill.md}, {@code eway_bill.md}.
   *
   * @throws PromptsInvalid where the folder has no such file, or a text of another name
   */
  public static PromptSet ofFolder(Path folder) {
    var known = new TreeSet<>(
      Arrays.stream(DocType.values()).map(DocType::label).collect(Collectors.toSet())
    );
    known.add(CLASSIFY);
    var own = new HashMap<String, String>();
    try (var files = Files.list(folder)) {
      for (var file : files.filter(each -> each.toString().endsWith(FILE)).toList()) {
        var fileName = String.valueOf(file.getFileName());
        var name = fileName.substring(0, fileName.length() - FILE.length());
        if (!known.contains(name)) {
          throw new PromptsInvalid(
            "%s is no prompt that is asked. Name it as one of these: %s".formatted(
              file,
              known
                .stream()
                .map(each -> each + FILE)
                .collect(Collectors.joining(", "))
            )
          );
        }
        own.put(name, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (own.isEmpty()) {
      throw new PromptsInvalid(
        "There is no prompt in %s: put a classify.md there, or a bill.md or eway_bill.md.".formatted(
          folder
        )
      );
    }
    return new PromptSet(String.valueOf(folder.getFileName()), Optional.empty(), Map.copyOf(own));
  }
}

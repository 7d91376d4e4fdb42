package dev.billstep.infra;

import dev.billstep.lambda.Composition;
import dev.billstep.textract.TextractWitness;
import java.nio.file.Path;
import java.util.Optional;

/** What the app is synthesized for: the one switch between AWS and the embedded stack. */
public sealed interface Target {
  /** The folder or archive that becomes each function's code. */
  Path code();

  /** Who reads the words of pages without a text layer, as {@link Composition#WITNESS} has it. */
  Optional<String> witness();

  /** The folder of a layer with the rules by which words say what a page is, where it is wanted. */
  Optional<Path> rules();

  /** The archive of the review page, where it is wanted. */
  Optional<Path> review();

  /**
   * AWS: the {@code java25} runtime.
   *
   * @param code the shaded artifact of the functions
   * @param witness Amazon Textract, or nobody
   */
  record Aws(
    Path code,
    Optional<String> witness,
    Optional<Path> rules,
    Optional<Path> review
  ) implements Target {
    public Aws {
      if (witness.filter(name -> !name.equals(TextractWitness.NAME)).isPresent()) {
        throw new IllegalArgumentException(
          "There is no witness \"%s\" in AWS: choose %s, or leave it out.".formatted(
            witness.get(),
            TextractWitness.NAME
          )
        );
      }
    }

    /** Without a review page. */
    public Aws(Path code, Optional<String> witness, Optional<Path> rules) {
      this(code, witness, rules, Optional.empty());
    }

    /** Without a witness, and without rules. */
    public Aws(Path code) {
      this(code, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The embedded stack: a bootstrap that hands invocations to a warm JVM, pages below a root that is
   * a parameter.
   *
   * @param code the folder with the bootstrap
   */
  record Embedded(Path code) implements Target {
    /** As the offline reader names it, which is on the class path there. */
    private static final String PP_OCR = "ppocr";

    @Override
    public Optional<String> witness() {
      return Optional.of(PP_OCR);
    }

    /** They are on the class path there. */
    @Override
    public Optional<Path> rules() {
      return Optional.empty();
    }

    /** The command serves it there. */
    @Override
    public Optional<Path> review() {
      return Optional.empty();
    }
  }
}

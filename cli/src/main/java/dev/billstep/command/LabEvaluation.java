package dev.billstep.command;

import dev.billstep.embedded.LocalOcrModels;
import dev.billstep.embedded.Project;
import dev.billstep.lab.Contender;
import dev.billstep.lab.Lab;
import dev.billstep.lab.LabResult;
import dev.billstep.lab.LabState;
import dev.billstep.lab.LabelledDocument;
import dev.billstep.lab.Patience;
import dev.billstep.lab.Standing;
import dev.billstep.offline.OfflineProvider;
import dev.billstep.offline.PpOcrWitness;
import dev.billstep.offline.RememberedOcr;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.storage.FilePageStore;
import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Models side by side, in this process: what {@code billstep eval --model} does. */
final class LabEvaluation {

  /** Lines of progress, however many documents there are. */
  private static final int LINES = 20;

  private static final int CENTS = 4;

  private final CommandSpec spec;
  private final Project project;
  private final LabOptions options;
  private final Path folder;
  private final FilePageStore store;

  LabEvaluation(CommandSpec spec, Project project, LabOptions options) {
    this.spec = spec;
    this.project = project;
    this.options = options;
    this.folder = made(options.answers().orElse(project.stateFolder().resolve("lab")));
    this.store = new FilePageStore(folder);
  }

  private static Path made(Path folder) {
    try {
      return PrivateFolder.make(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the documents read, as far as they are not yet. */
  LabResult run(List<LabelledDocument> documents) {
    var err = spec.commandLine().getErr();
    var contenders = contenders();
    var limit = options.limit();
    var ocr = new RememberedOcr(
      folder.resolve("ocr"),
      LocalOcrModels.classPath(project, new ConsoleProgress(err))
    );
    var providers = providers(ocr);
    options.models().forEach(model -> check(model.provider(), providers));
    err.println(
      "%s, read in %s. Answers are kept in %s; what is there is not paid for again.".formatted(
        Shown.count(documents.size(), "document"),
        Shown.count(contenders.size(), "way"),
        folder
      )
    );
    err.flush();
    try (
      var lab = new Lab(
        folder,
        store,
        providers,
        new KnownKeys(),
        Optional.of(new PpOcrWitness(ocr)),
        contenders,
        documents,
        limit,
        Patience.USUAL
      )
    ) {
      return lab.run(options.atOnce(), state -> show(state, err));
    }
  }

  byte[] image(URI uri) {
    return store.fetch(uri);
  }

  private List<Contender> contenders() {
    var contenders = new ArrayList<Contender>();
    for (var model : options.models()) {
      for (var prompts : options.prompts()) {
        contenders.add(
          Contender.of(project.home().resolve("prisma"), model, prompts, options.prices())
        );
      }
    }
    return contenders;
  }

  private void check(String provider, List<PageModelProvider> providers) {
    if (providers.stream().noneMatch(each -> each.name().equals(provider))) {
      throw new ParameterException(
        spec.commandLine(),
        "There is no provider \"%s\". There are: %s".formatted(
          provider,
          providers.stream().map(PageModelProvider::name).sorted().collect(Collectors.joining(", "))
        )
      );
    }
    ModelKey.checkHere(provider);
  }

  /** The offline reader is given OCR that remembers. */
  private static List<PageModelProvider> providers(RememberedOcr ocr) {
    return ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .map(provider -> provider instanceof OfflineProvider ? new OfflineProvider(ocr) : provider)
      .toList();
  }

  private static void show(LabState state, PrintWriter err) {
    int step = Math.max(1, state.all() / LINES);
    if (state.done() % step == 0 || state.done() == state.all()) {
      err.println(
        "%d of %d, US$ %s".formatted(state.done(), state.all(), rounded(state.possibleUsd()))
      );
      err.flush();
    }
  }

  /** For people. */
  static String text(LabResult result) {
    var table = new TextTable(
      "MODEL",
      "PROMPTS",
      "PAGES",
      "TYPE RIGHT",
      "IDENTIFYING F1",
      "CELLS F1",
      "UNFLAGGED",
      "OF THESE RIGHT",
      "US$ A PAGE",
      "S A PAGE"
    );
    result.standings().forEach(standing -> table.row(row(standing)));
    var lines = new ArrayList<String>();
    lines.add(table.toString());
    lines.add("");
    lines.add(
      "%d of %d documents were read by all, and are compared.".formatted(
        result.compared(),
        result.documents()
      )
    );
    lines.add(spent(result));
    result
      .standings()
      .forEach(standing ->
        standing
          .outBecause()
          .ifPresent(why -> lines.add("%s is out: %s".formatted(standing.model(), why)))
      );
    result.limitReached().ifPresent(lines::add);
    return String.join("\n", lines);
  }

  private static List<String> row(Standing standing) {
    var its = standing.result();
    boolean isEmpty = standing.pages() == 0;
    return List.of(
      standing.model(),
      standing.prompts(),
      String.valueOf(standing.pages()),
      isEmpty ? "" : percent(its.accuracy()),
      isEmpty ? "" : share(its.identifying().f1()),
      isEmpty ? "" : share(its.rows().f1()),
      isEmpty ? "" : percent(its.trust().coverage()),
      isEmpty || its.trust().unflagged() == 0 ? "" : percent(its.trust().share()),
      standing.usdAPage().map(BigDecimal::toPlainString).orElse("?"),
      isEmpty ? "" : String.format(Locale.ROOT, "%.2f", standing.secondsAPage())
    );
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }

  private static String spent(LabResult result) {
    var spent = result.spent();
    var open = spent.possibleUsd().subtract(spent.usd());
    return "%s in all, US$ %s%s.".formatted(
      Shown.count(spent.calls(), "call"),
      rounded(spent.usd()),
      open.signum() == 0
        ? ""
        : ", and up to %s for those that no answer came to".formatted(rounded(open))
    );
  }

  private static String rounded(BigDecimal usd) {
    return usd.setScale(CENTS, RoundingMode.UP).toPlainString();
  }
}

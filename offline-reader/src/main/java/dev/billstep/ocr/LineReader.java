package dev.billstep.ocr;

import dev.billstep.ocr.Network.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads what lines say: the recogniser (SVTR with CTC), with lines of like length together. */
final class LineReader {

  /** Pixels that the recogniser wants a line to be high. */
  private static final int HEIGHT = 48;

  private static final int COLOURS = 3;

  /** A batch's lines are as long as its longest, rounded up to that. */
  private static final int STEP = 8;

  private static final int SHORTEST = 32;

  /** Longer lines are squeezed. */
  private static final int LONGEST = 3_200;

  /**
   * Columns of pixels in a batch. Of 9 pages, 2,048 took 0.38 s of a core a page and 512 took 0.33:
   * more of what is worked on stays in the cache, and less is padding.
   */
  private static final int BATCH = 512;

  private final Network recogniser;
  private final CtcDecoder decoder;

  LineReader(Network recogniser, List<String> characters) {
    this.recogniser = recogniser;
    this.decoder = new CtcDecoder(characters);
  }

  /** What every line says, in no order; lines where nothing is seen are left out. */
  List<ReadLine> read(GrayPage page, List<Strip> lines) {
    return inBatches(page, lines)
      .filter(line -> !line.isBlank())
      .toList();
  }

  /** What each line says, in their order; where nothing is seen a line is blank. */
  List<ReadLine> readEach(GrayPage page, List<Strip> lines) {
    var read = inBatches(page, lines).collect(
      Collectors.toMap(ReadLine::strip, Function.identity(), (line, again) -> line)
    );
    return lines.stream().map(read::get).toList();
  }

  private Stream<ReadLine> inBatches(GrayPage page, List<Strip> lines) {
    return batches(lines)
      .parallelStream()
      .flatMap(batch -> read(page, batch).stream());
  }

  /** The longest first, so that what is left at the end is short. */
  private static List<Batch> batches(List<Strip> lines) {
    var longestFirst = lines
      .stream()
      .sorted(Comparator.comparingInt(LineReader::columns).reversed())
      .toList();
    var batches = new ArrayList<Batch>();
    for (int next = 0; next < lines.size(); next += batches.getLast().lines().size()) {
      int width = Math.max(SHORTEST, Math.ceilDiv(columns(longestFirst.get(next)), STEP) * STEP);
      int end = Math.min(lines.size(), next + Math.max(1, BATCH / width));
      batches.add(new Batch(longestFirst.subList(next, end), width));
    }
    return batches;
  }

  private static int columns(Strip line) {
    return Math.clamp((long) Math.ceil((HEIGHT * line.length()) / line.height()), 1, LONGEST);
  }

  private List<ReadLine> read(GrayPage page, Batch batch) {
    var seen = recogniser.run(batch.of(page));
    return IntStream.range(0, batch.lines().size())
      .mapToObj(i -> {
        var line = batch.lines().get(i);
        double share = (double) batch.width() / columns(line);
        return new ReadLine(line, decoder.glyphs(seen, i, share));
      })
      .toList();
  }

  /** Lines that are read together. */
  private record Batch(List<Strip> lines, int width) {
    Tensor of(GrayPage page) {
      int plane = HEIGHT * width;
      var values = new float[lines.size() * COLOURS * plane];
      for (int i = 0; i < lines.size(); i++) {
        int at = i * COLOURS * plane;
        page.crop(lines.get(i), columns(lines.get(i)), HEIGHT, values, at, width);
        for (int colour = 1; colour < COLOURS; colour++) {
          System.arraycopy(values, at, values, at + colour * plane, plane);
        }
      }
      return new Tensor(values, lines.size(), COLOURS, HEIGHT, width);
    }
  }
}

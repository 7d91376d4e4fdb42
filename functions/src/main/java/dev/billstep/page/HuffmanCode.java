package dev.billstep.page;

import java.util.Arrays;

/** A code of no more than 15 bits a symbol, the fewer the more often the symbol comes (RFC 1951, 3.2.2). */
final class HuffmanCode {

  private static final int LONGEST = 15;

  private final int[] lengths;

  private final int[] codes;
  private final long bits;

  private HuffmanCode(int[] lengths, int[] codes, long bits) {
    this.lengths = lengths;
    this.codes = codes;
    this.bits = bits;
  }

  /**
   * Makes a code.
   *
   * @param frequencies by symbol; at least two are not 0
   */
  static HuffmanCode of(int[] frequencies) {
    var lengths = lengths(frequencies, 1);
    // A code that is too long gets shorter when what is rare is counted as less rare.
    for (int least = 2; longest(lengths) > LONGEST; least *= 2) {
      lengths = lengths(frequencies, least);
    }
    long bits = 0;
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      bits += (long) frequencies[symbol] * lengths[symbol];
    }
    return new HuffmanCode(lengths, codes(lengths), bits);
  }

  /** As it is written: its first bit is the lowest. */
  int code(int symbol) {
    return codes[symbol];
  }

  /** In bits; 0 of a symbol that does not come. */
  int length(int symbol) {
    return lengths[symbol];
  }

  /** That all symbols take together. */
  long bits() {
    return bits;
  }

  private static int longest(int[] lengths) {
    return Arrays.stream(lengths).max().orElse(0);
  }

  /** What comes less often than so often is counted as if it came so often. */
  private static int[] lengths(int[] frequencies, int least) {
    int symbolBits = 16;
    var byFrequency = new long[frequencies.length];
    int count = 0;
    for (int symbol = 0; symbol < frequencies.length; symbol++) {
      if (frequencies[symbol] > 0) {
        byFrequency[count++] = ((long) Math.max(frequencies[symbol], least) << symbolBits) | symbol;
      }
    }
    Arrays.sort(byFrequency, 0, count);
    int[] parents = parents(byFrequency, count, symbolBits);
    int root = 2 * count - 2;
    var depths = new int[root + 1];
    var lengths = new int[frequencies.length];
    for (int node = root - 1; node >= 0; node--) {
      depths[node] = depths[parents[node]] + 1;
      if (node < count) {
        lengths[(int) byFrequency[node] & 0xFFFF] = depths[node];
      }
    }
    return lengths;
  }

  /** The tree: symbols come first, then what joins two of them; both are there in the order of their weights. */
  private static int[] parents(long[] byFrequency, int count, int symbolBits) {
    var weights = new long[2 * count - 1];
    var parents = new int[2 * count - 1];
    for (int symbol = 0; symbol < count; symbol++) {
      weights[symbol] = byFrequency[symbol] >> symbolBits;
    }
    int nextSymbol = 0;
    int nextJoined = count;
    for (int joined = count; joined < weights.length; joined++) {
      for (int half = 0; half < 2; half++) {
        boolean isSymbol =
          nextSymbol < count &&
          (nextJoined == joined || weights[nextSymbol] <= weights[nextJoined]);
        int least = isSymbol ? nextSymbol++ : nextJoined++;
        weights[joined] += weights[least];
        parents[least] = joined;
      }
    }
    return parents;
  }

  private static int[] codes(int[] lengths) {
    var next = new int[LONGEST + 1];
    var counts = new int[LONGEST + 1];
    for (int length : lengths) {
      counts[length]++;
    }
    counts[0] = 0;
    for (int length = 1; length <= LONGEST; length++) {
      next[length] = (next[length - 1] + counts[length - 1]) << 1;
    }
    var codes = new int[lengths.length];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        codes[symbol] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
      }
    }
    return codes;
  }
}

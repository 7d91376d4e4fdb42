package dev.billstep.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Deflates what a PNG's filters leave of greys and colours (RFC 1950 and 1951): bytes by how often they come, and
 * the same byte again and again as a run. It looks for no other repetition: in such bytes that takes zlib most of its
 * time, and finds less than it costs (decision 34).
 */
final class RunDeflater {

  /** In one block: so many have frequencies of their own, and 160 bytes that say which. */
  private static final int TOKENS = 1 << 16;

  /** Below, bytes that are frequent take fewer bits by themselves. */
  private static final int SHORTEST_RUN = Long.BYTES;

  private static final int LONGEST_RUN = 258;

  /** A token is a byte, or beyond that a run and its length. */
  private static final int RUN = 256;

  /** Where the length of what is written for a token begins; it is of no more than 21 bits. */
  private static final int LENGTH_AT = 24;

  private static final int BITS = (1 << LENGTH_AT) - 1;

  /** A run of no bytes, so that a token tells it from a byte. */
  private static final int END_OF_BLOCK = 256;

  private static final int FIRST_LENGTH = 257;
  private static final int SYMBOLS = 286;

  /** By the length of a run: which symbol stands for it, and how many bits follow that (RFC 1951, 3.2.5). */
  private static final short[] LENGTH_SYMBOL = new short[LONGEST_RUN + 1];

  private static final byte[] EXTRA_BITS = new byte[SYMBOLS];
  private static final short[] FIRST_OF_SYMBOL = new short[SYMBOLS];

  static {
    int length = 3;
    for (int symbol = FIRST_LENGTH; symbol < SYMBOLS - 1; symbol++) {
      int extra = Math.max(0, (symbol - 261) / 4);
      EXTRA_BITS[symbol] = (byte) extra;
      FIRST_OF_SYMBOL[symbol] = (short) length;
      for (int count = 0; count < 1 << extra; count++) {
        LENGTH_SYMBOL[length++] = (short) symbol;
      }
    }
    LENGTH_SYMBOL[LONGEST_RUN] = SYMBOLS - 1;
    FIRST_OF_SYMBOL[SYMBOLS - 1] = LONGEST_RUN;
  }

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(
    long[].class,
    ByteOrder.LITTLE_ENDIAN
  );

  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(
    int[].class,
    ByteOrder.LITTLE_ENDIAN
  );

  private final Adler32 sum = new Adler32();
  private final short[] tokens = new short[TOKENS];
  private int tokenCount;

  private byte[] out;
  private int size;
  private long bits;
  private int bitCount;

  /**
   * Has nothing yet.
   *
   * @param expected bytes that come of it; it may be more
   */
  RunDeflater(int expected) {
    this.out = new byte[expected + Long.BYTES];
    write(0x0178, Short.SIZE); // A window of 32 KB, as fast as can be, no dictionary.
  }

  /** Takes the next bytes, which may be changed afterwards. */
  void add(byte[] bytes, int length) {
    sum.update(bytes, 0, length);
    int at = 0;
    while (at < length) {
      if (tokenCount == TOKENS) {
        block(false);
      }
      at = tokens(bytes, at, length);
    }
  }

  /** All of it, as a zlib stream; nothing may be added any more. */
  ByteBuffer finished() {
    block(true);
    write(0, -bitCount & 7);
    write(Integer.toUnsignedLong(Integer.reverseBytes((int) sum.getValue())), Integer.SIZE);
    while (bitCount > 0) {
      out[size++] = (byte) bits;
      bits >>>= Byte.SIZE;
      bitCount -= Byte.SIZE;
    }
    return ByteBuffer.wrap(out, 0, size);
  }

  /** Makes tokens until the block is full, and says how far it has come. */
  private int tokens(byte[] bytes, int from, int length) {
    int at = from;
    int count = tokenCount;
    while (at < length && count < TOKENS) {
      if (at > 0 && isRun(bytes, at, length)) {
        int run = run(bytes, at, Math.min(length, at + LONGEST_RUN));
        tokens[count++] = (short) (RUN + run);
        at += run;
      } else {
        tokens[count++] = (short) (bytes[at++] & 0xFF);
      }
    }
    tokenCount = count;
    return at;
  }

  /** Whether each of the next bytes is as the one before it. */
  private static boolean isRun(byte[] bytes, int at, int length) {
    return (
      at + SHORTEST_RUN <= length && (long) LONGS.get(bytes, at) == (long) LONGS.get(bytes, at - 1)
    );
  }

  private static int run(byte[] bytes, int from, int end) {
    byte same = bytes[from];
    int at = from + SHORTEST_RUN;
    while (at + Long.BYTES <= end && (long) LONGS.get(bytes, at) == (long) LONGS.get(bytes, from)) {
      at += Long.BYTES;
    }
    while (at < end && bytes[at] == same) {
      at++;
    }
    return at - from;
  }

  private void block(boolean isLast) {
    var code = HuffmanCode.of(frequencies());
    reserve((code.bits() >> 3) + tokenCount + SYMBOLS); // A run is followed by six bits at most.
    write(isLast ? 1 : 0, 1);
    write(2, 2); // Codes of its own.
    writeLengths(code);
    writeTokens(bitsOfTokens(code));
    write(code.code(END_OF_BLOCK), code.length(END_OF_BLOCK));
    tokenCount = 0;
  }

  private int[] frequencies() {
    // Four, so that a byte that comes twice is not waited for.
    var counts = new int[4][RUN + LONGEST_RUN + 1];
    int at = 0;
    for (; at + 4 <= tokenCount; at += 4) {
      counts[0][tokens[at]]++;
      counts[1][tokens[at + 1]]++;
      counts[2][tokens[at + 2]]++;
      counts[3][tokens[at + 3]]++;
    }
    for (; at < tokenCount; at++) {
      counts[0][tokens[at]]++;
    }
    var frequencies = new int[SYMBOLS];
    for (var count : counts) {
      for (int token = 0; token < count.length; token++) {
        frequencies[token < RUN ? token : LENGTH_SYMBOL[token - RUN]] += count[token];
      }
    }
    frequencies[END_OF_BLOCK] = 1;
    return frequencies;
  }

  /**
   * Which symbol takes how many bits (3.2.7), each in four bits: to pack these as well saves some hundred bits
   * of a block.
   */
  private void writeLengths(HuffmanCode code) {
    int lengthsInUse = 16;
    int all = 19;
    write(SYMBOLS - FIRST_LENGTH, 5);
    write(0, 5); // One distance: 1, the byte before.
    write(all - 4, 4);
    write(0, 3 * (all - lengthsInUse)); // Nothing is repeated.
    for (int symbol = 0; symbol < lengthsInUse; symbol++) {
      write(4, 3);
    }
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      writeLength(code.length(symbol));
    }
    writeLength(1);
  }

  private void writeLength(int length) {
    write(Integer.reverse(length) >>> (Integer.SIZE - 4), 4);
  }

  /** By token, what is written for it, and above that of how many bits it is. */
  private static int[] bitsOfTokens(HuffmanCode code) {
    var bits = new int[RUN + LONGEST_RUN + 1];
    for (int token = 0; token < RUN; token++) {
      bits[token] = code.code(token) | (code.length(token) << LENGTH_AT);
    }
    for (int run = SHORTEST_RUN; run <= LONGEST_RUN; run++) {
      int symbol = LENGTH_SYMBOL[run];
      int rest = run - FIRST_OF_SYMBOL[symbol];
      int length = code.length(symbol) + EXTRA_BITS[symbol] + 1; // The last is the distance: 0.
      bits[RUN + run] = code.code(symbol) | (rest << code.length(symbol)) | (length << LENGTH_AT);
    }
    return bits;
  }

  /** In variables of its own: it is done for every byte. */
  private void writeTokens(int[] bitsOfTokens) {
    long waiting = bits;
    int count = bitCount;
    int at = size;
    for (int token = 0; token < tokenCount; token++) {
      int next = bitsOfTokens[tokens[token]];
      waiting |= (long) (next & BITS) << count;
      count += next >>> LENGTH_AT;
      if (count >= Integer.SIZE) {
        INTS.set(out, at, (int) waiting);
        at += Integer.BYTES;
        waiting >>>= Integer.SIZE;
        count -= Integer.SIZE;
      }
    }
    bits = waiting;
    bitCount = count;
    size = at;
  }

  private void write(long value, int count) {
    bits |= value << bitCount;
    bitCount += count;
    if (bitCount >= Integer.SIZE) {
      INTS.set(out, size, (int) bits);
      size += Integer.BYTES;
      bits >>>= Integer.SIZE;
      bitCount -= Integer.SIZE;
    }
  }

  private void reserve(long bytes) {
    long needed = size + bytes + 2 * Long.BYTES;
    if (needed > out.length) {
      out = Arrays.copyOf(out, Math.toIntExact(Math.max(needed, out.length + (out.length >> 1))));
    }
  }
}

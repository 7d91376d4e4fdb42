package dev.billstep.backup;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what passes through a stream. */
final class Hashes {

  private Hashes() {}

  static DigestOutputStream of(OutputStream out) {
    return new DigestOutputStream(out, sha256());
  }

  static DigestInputStream of(InputStream in) {
    return new DigestInputStream(in, sha256());
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has it", e);
    }
  }
}

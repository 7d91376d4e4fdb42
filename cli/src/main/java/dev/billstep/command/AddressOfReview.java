package dev.billstep.command;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where something is served: a host or address of this machine and a port. */
final class AddressOfReview implements ITypeConverter<InetSocketAddress> {

  private static final int LAST_PORT = 65_535;

  private AddressOfReview() {}

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    var port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > LAST_PORT) {
      throw new TypeConversionException(
        "'%s' is not of the form HOST:PORT, such as 0.0.0.0:8080".formatted(text)
      );
    }
    var address = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new TypeConversionException("There is no host '%s'".formatted(address.getHostName()));
    }
    return address;
  }
}

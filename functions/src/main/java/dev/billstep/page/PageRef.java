package dev.billstep.page;

import java.net.URI;
import java.util.Optional;

/**
 * A page of a job, by reference.
 *
 * @param number from 1
 * @param sha256 of the image's bytes, in hex
 * @param image where the PNG is
 * @param words where the page's own text layer is ({@link Word}s), for a page that has one
 */
public record PageRef(int number, String sha256, URI image, Optional<URI> words) {}

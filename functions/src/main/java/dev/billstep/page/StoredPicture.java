package dev.billstep.page;

import java.net.URI;

/**
 * A picture that was made of a page's pixels as the page was split.
 *
 * @param of what it was made as
 * @param at where it is, named by its own content
 */
public record StoredPicture(Picture of, URI at) {}

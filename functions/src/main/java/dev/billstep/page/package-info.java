/** Pages: what an upload is split into, and where their images and records are kept. */
@NullMarked
package dev.billstep.page;

import org.jspecify.annotations.NullMarked;

/** Tells what a page is, by what it calls itself and by what only such a page has. */
@NullMarked
package dev.billstep.offline.classes;

import org.jspecify.annotations.NullMarked;

/** Values told by their form alone: dates, amounts, GSTINs, numbers of documents, vehicles. */
@NullMarked
package dev.billstep.offline.forms;

import org.jspecify.annotations.NullMarked;

/** Adapters: page images, records and uploads in S3 or in a folder. */
@NullMarked
package dev.billstep.storage;

import org.jspecify.annotations.NullMarked;

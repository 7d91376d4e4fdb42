/**
 * What the database is, as files: schema, functions, policies, doc types, default settings; how far
 * the migrations are from them, and the migration that closes the distance. Touches the package
 * above.
 */
@NullMarked
package dev.billstep.database.definition;

import org.jspecify.annotations.NullMarked;

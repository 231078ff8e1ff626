/**
 * Bytes: put, open, delete, sweep; a local directory first.
 */
@NullMarked
package io.regie.core.storage;

import org.jspecify.annotations.NullMarked;

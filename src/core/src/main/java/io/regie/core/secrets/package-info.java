/**
 * Keeps what must be stored and must not be read in the database or its backups: credentials of sources, secret
 * parameters of jobs.
 */
@NullMarked
package io.regie.core.secrets;

import org.jspecify.annotations.NullMarked;

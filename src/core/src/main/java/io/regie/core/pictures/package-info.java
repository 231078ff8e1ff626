/**
 * Pictures that people send, drawn again by a worker so that they are safe to show. Owns how they come in, are sized and
 * stored; features own the rows that name them and decide who may have them.
 */
@NullMarked
package io.regie.core.pictures;

import org.jspecify.annotations.NullMarked;
